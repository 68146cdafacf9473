import BPAD
import BPIR
import BPInterp
import BPLexer

/// A program with what is differentiated in it.
package struct Differentiation {
  package let compilation: Compiler.Compilation
  package let module: Module
  package let objective: Objective
  package let compiler: Compiler
  /// Which derivatives are wanted.
  package let order: Order
  package let problem: Compiler.Problem

  /// Which derivatives are wanted.
  package enum Order {
    /// The first derivatives of a number.
    case gradient
    /// The second derivatives, too.
    case hessian
    /// The first derivatives of an array.
    case jacobian
  }

  package init(
    _ compilation: Compiler.Compilation, _ module: Module, _ objective: Objective,
    _ compiler: Compiler, order: Order
  ) {
    self.compilation = compilation
    self.module = module
    self.objective = objective
    self.compiler = compiler
    self.order = order
    problem = compiler.problem(
      module, outputs: objective.outputs, independents: objective.independents)
  }

  private init(_ other: Differentiation, _ problem: Compiler.Problem) {
    compilation = other.compilation
    module = other.module
    objective = other.objective
    compiler = other.compiler
    order = other.order
    self.problem = problem
  }

  /// Returns the same for arrays of the sizes of `bindings`.
  package func specialized(
    to bindings: Bindings
  ) throws(ProgramFailure) -> Differentiation {
    let function = compiler.specialized(problem.function, to: bindings.sizes)
    if let diagnostic = function.impossibleShape {
      throw .diagnostics([diagnostic], in: compilation.source)
    }
    return Differentiation(
      self, Compiler.Problem(function: function, outputCount: problem.outputCount))
  }

  /// The value alone, or the values of all that is differentiated.
  package var value: Function {
    var function = problem.function
    function.results = Array(function.results[..<problem.outputCount])
    return function.simplified()
  }

  /// Whether all that is differentiated, and by what, are numbers.
  package var isScalar: Bool {
    problem.function.results.allSatisfy { problem.function.type(of: $0).isScalar }
  }

  /// The value with its first derivatives and, of numbers, the second ones where they are wanted.
  package var gradient: Gradient {
    order == .hessian && isScalar ? compiler.hessian(problem) : compiler.gradient(problem)
  }

  /// Returns the same where Swift can be emitted for it.
  package func checkedForSwift(hasRows: Bool = false) throws(ProgramFailure) -> Differentiation {
    if hasRows, problem.function.hasArrayValues {
      throw .run("functions over rows are for programs of numbers, and this one has arrays")
    }
    if problem.function.hasOpenReshape {
      throw .run(
        "a reshape fits only for some sizes of the data, which emitted Swift does not check")
    }
    if problem.function.hasTurnSizes {
      throw .run(
        "a size differs from turn to turn of a loop, and emitted Swift takes no such loop apart")
    }
    return self
  }

  /// Returns the Swift file.
  ///
  /// - Parameter defaults: What parameters are unless they are given, by the numbers of their leaves; for the
  ///   others what the program says.
  package func swift(_ style: SwiftStyle, defaults: [Int: Tensor] = [:]) -> SwiftModel {
    let isJacobian = order == .jacobian
    let gradient = isJacobian ? nil : compiler.gradient(problem)
    let derivatives = gradient?.function ?? compiler.jacobian(problem, objective.fields)
    let (leaves, elements) = leaves(defaults)
    return SwiftModel(
      namespace: style.namespace, sourceName: sourceName, version: Compiler.version,
      access: style.access, source: compilation.source, statements: module.statements,
      result: objective.name, rows: isJacobian ? objective.rows : [], leaves: leaves,
      defaultElements: elements,
      independents: objective.names, value: value.finished(),
      gradient: derivatives.finished(),
      hessian: order == .hessian && isScalar
        ? compiler.hessian(problem).function.finished() : nil,
      product: order == .hessian ? gradient.map { product($0).finished() } : nil,
      scalar: style.scalar, hasRows: style.hasRows)
  }

  /// Returns the leaves, and the elements of those that are arrays by default, with other defaults for some.
  private func leaves(_ defaults: [Int: Tensor]) -> ([Leaf], [[Double]?]) {
    var leaves = module.leaves
    var elements = module.defaultElements
    for index in leaves.indices {
      guard let tensor = defaults[index] else { continue }
      leaves[index] = leaves[index].withDefault(tensor.values)
      elements[index] = leaves[index].type.isScalar ? nil : tensor.values
    }
    return (leaves, elements)
  }

  /// The derivative along a direction alone.
  package var directionalDerivative: Function {
    var derivative = compiler.derivativeAlongDirection(problem)
    derivative.results.removeFirst()
    return derivative
  }

  /// The value, and the product of the second derivatives with a direction.
  private func product(_ gradient: Gradient) -> Function {
    var product = compiler.hessianVectorProduct(gradient)
    product.results = [product.results[0]] + product.results.suffix(gradient.independents.count)
    return product
  }

  private var sourceName: String {
    compilation.source.name.split(separator: "/").last.map(String.init) ?? compilation.source.name
  }
}
