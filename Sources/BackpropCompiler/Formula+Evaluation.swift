import BPAD
import BPIR
import BPInterp
import BPLexer

extension Formula {
  /// Returns the value of each part of the result.
  ///
  /// - Parameter arguments: what the inputs are; those with a default may be left out. A single number
  ///   stands for each element of an array.
  /// - Throws: a `FormulaError` where something is missing or does not fit, or the run ends early.
  public func values(_ arguments: [String: Numbers]) throws(FormulaError) -> [Numbers] {
    try formulating { () throws(ProgramFailure) in
      let bindings = try bindings(arguments)
      let machine = try Evaluation(module, all: false)
        .machine(bindings, compiler, compilation.source)
      try machine.run(bindings.values, compilation.source)
      return results.indices.map { Numbers(machine.tensor($0)) }
    }
  }

  /// Returns the value of a formula whose result has one part, or of the first part.
  ///
  /// - Throws: a `FormulaError` where something is missing or does not fit, or the run ends early.
  public func value(_ arguments: [String: Numbers]) throws(FormulaError) -> Numbers {
    try values(arguments)[0]
  }

  /// Returns the value and its derivatives.
  ///
  /// - Parameters:
  ///   - arguments: what the inputs are; those with a default may be left out.
  ///   - output: the name of what is differentiated, a number; nil for the result.
  ///   - names: the names that it is differentiated with respect to; none for all inputs that
  ///     `isDifferentiated`.
  /// - Throws: a `FormulaError` where something is missing or does not fit, or the run ends early.
  public func valueAndGradient(
    _ arguments: [String: Numbers], of output: String? = nil, withRespectTo names: [String] = []
  ) throws(FormulaError) -> (value: Double, gradient: [String: Numbers]) {
    let evaluator = try GradientEvaluator(
      self, of: output, withRespectTo: names, forArgumentsLike: arguments)
    return try evaluator.valueAndGradient(arguments)
  }

  /// Returns the value, its derivatives, and for each pair of names its second derivatives: first the
  /// dimensions of the one, then those of the other.
  ///
  /// - Throws: a `FormulaError` where something is missing or does not fit, or the run ends early.
  public func hessian(
    _ arguments: [String: Numbers], of output: String? = nil, withRespectTo names: [String] = []
  ) throws(FormulaError) -> (
    value: Double, gradient: [String: Numbers], hessian: [String: [String: Numbers]]
  ) {
    let derivatives = try derivatives(arguments, output, names, .hessian)
    var hessian: [String: [String: Numbers]] = [:]
    for (name, row) in zip(derivatives.names, derivatives.hessian ?? []) {
      hessian[name] = named(derivatives.names, row)
    }
    return (
      derivatives.value.values[0], named(derivatives.names, derivatives.gradient), hessian
    )
  }

  /// Returns the value of a result that may be an array, and its derivatives: first the dimensions of
  /// the result, then those of the name.
  ///
  /// - Throws: a `FormulaError` where something is missing or does not fit, or the run ends early.
  public func jacobian(
    _ arguments: [String: Numbers], of output: String? = nil, withRespectTo names: [String] = []
  ) throws(FormulaError) -> (value: Numbers, jacobian: [String: Numbers]) {
    let derivatives = try derivatives(arguments, output, names, .jacobian)
    return (
      Numbers(derivatives.value), named(derivatives.names, derivatives.gradient)
    )
  }

  /// Returns a Swift file with the value and its gradient, in an enum called `namespace`.
  ///
  /// - Throws: a `FormulaError` where there is nothing to differentiate.
  public func swift(
    namespace: String, of output: String? = nil, withRespectTo names: [String] = []
  ) throws(FormulaError) -> String {
    try formulating { () throws(ProgramFailure) in
      try differentiation(output, names, .gradient).checkedForSwift()
        .swift(
          SwiftStyle(
            namespace: SwiftModel.namespace(forFile: namespace),
            scalar: compiler.precision == .float32 ? .float : .double)
        ).text
    }
  }

  // MARK: - Parts

  private func derivatives(
    _ arguments: [String: Numbers], _ output: String?, _ names: [String],
    _ order: Differentiation.Order
  ) throws(FormulaError) -> Derivatives {
    try formulating { () throws(ProgramFailure) in
      let bindings = try bindings(arguments)
      return try DerivativeRun(differentiation(output, names, order), bindings)
        .derivatives(bindings)
    }
  }

  func differentiation(
    _ output: String?, _ names: [String], _ order: Differentiation.Order
  ) throws(ProgramFailure) -> Differentiation {
    let formula = marking(names)
    let objective = try Objective(
      formula.module, of: output, wrt: names, isArray: order == .jacobian)
    return Differentiation(
      formula.compilation, formula.module, objective, compiler, order: order)
  }

  /// Returns the module in which values of `names` are told apart from what they are made of.
  private func marking(_ names: [String]) -> (compilation: Compiler.Compilation, module: Module) {
    guard names.contains(where: { name in !module.leaves.contains { $0.name == name } }) else {
      return (compilation, module)
    }
    var compiler = compiler
    compiler.options.marked = Set(names)
    let marked = compiler.compile(compilation.source)
    return marked.module.map { (marked, $0) } ?? (compilation, module)
  }

  func bindings(_ arguments: [String: Numbers]) throws(ProgramFailure) -> Bindings {
    var binder = Binder(module, compilation.source, compiler)
    let leaves = Set(module.leaves.map(\.name))
    // The first by name, so that it is always the same.
    if let unknown = arguments.keys.filter({ !leaves.contains($0) }).min() {
      throw binder.unknown(unknown)
    }
    try binder.bind(arguments.mapValues(\.tensor))
    return try binder.bindings()
  }
}

/// Returns `tensors` by their names.
func named(_ names: [String], _ tensors: [Tensor]) -> [String: Numbers] {
  Dictionary(zip(names, tensors.map { Numbers($0) })) { first, _ in first }
}
