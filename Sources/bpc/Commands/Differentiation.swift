import BPAD
import BPIR
import BPInterp
import BPLexer

/// A program with what is differentiated in it.
struct Differentiation {
  let compilation: Compiler.Compilation
  let module: Module
  let objective: Objective
  let compiler: Compiler
  /// Which derivatives are wanted.
  let order: Order
  let problem: Compiler.Problem

  /// Which derivatives are wanted.
  enum Order {
    /// The first derivatives of a number.
    case gradient
    /// The second derivatives, too.
    case hessian
    /// The first derivatives of an array.
    case jacobian
  }

  init(
    _ compilation: Compiler.Compilation, _ module: Module, _ objective: Objective,
    _ compiler: Compiler, order: Order
  ) {
    self.compilation = compilation
    self.module = module
    self.objective = objective
    self.compiler = compiler
    self.order = order
    problem = compiler.problem(
      module, output: objective.output, independents: objective.independents)
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
  func specialized(
    to bindings: Bindings, _ reporter: Reporter
  ) throws(CommandFailure) -> Differentiation {
    let function = compiler.specialized(problem.function, to: bindings.sizes)
    if let diagnostic = function.impossibleShape {
      reporter.report([diagnostic], in: compilation.source)
      throw .reported
    }
    return Differentiation(
      self,
      Compiler.Problem(function: function, independents: Array(function.results[1...])))
  }

  /// The value alone.
  var value: Function {
    var function = problem.function
    function.results = [function.results[0]]
    return function.simplified()
  }

  /// Whether all that is differentiated, and by what, are numbers.
  var isScalar: Bool {
    problem.function.results.allSatisfy { problem.function.type(of: $0).isScalar }
  }

  /// The value with its first derivatives and, of numbers, the second ones where they are wanted.
  var gradient: Gradient {
    order == .hessian && isScalar ? compiler.hessian(problem) : compiler.gradient(problem)
  }

  /// Returns the Swift file.
  func swift(namespace: String, access: SwiftAccess = .internal) -> SwiftModel {
    SwiftModel(
      namespace: namespace, sourceName: sourceName, version: CommandTable.version,
      access: access, source: compilation.source, statements: module.statements,
      result: objective.name, leaves: module.leaves, defaultElements: module.defaultElements,
      independents: objective.names, value: value.finished(),
      gradient: compiler.gradient(problem).function.finished(),
      hessian: order == .hessian && isScalar
        ? compiler.hessian(problem).function.finished() : nil)
  }

  private var sourceName: String {
    compilation.source.name.split(separator: "/").last.map(String.init) ?? compilation.source.name
  }
}
