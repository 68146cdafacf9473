import BPAD
import BPIR
import BPInterp
import BPLexer
import BPParser

/// The whole pipeline on one screen: each stage is a value made of the one before.
package struct Compiler: Sendable {
  /// How programs are lowered.
  package var options = LoweringOptions()
  /// Which functions calls share.
  package var sharing = CallSharing()
  /// How many bits the numbers of a run have.
  package var precision = Precision.float64
  /// What a run may take.
  package var limits = RunLimits()
  /// Within how many bytes a run shall stay, by taking turns of loops again, where somebody said so.
  package var bound: Int?

  /// A program as far as it could be compiled.
  package struct Compilation: Sendable {
    package let source: Source
    package let tree: SyntaxTree
    package let diagnostics: [Diagnostic]
    package let rewritings: [Rewriting]
    /// The program in SSA form; nil when it has mistakes.
    package let module: Module?
  }

  /// What is differentiated, ready for reverse mode.
  package struct Problem: Sendable {
    /// A function without open derivatives; its first results are what is differentiated.
    package let function: Function
    /// How many these are.
    package let outputCount: Int
    /// What it is differentiated with respect to.
    package var independents: [Value] { Array(function.results[outputCount...]) }
  }

  /// The version of the compiler.
  package static let version = "0.1.0"

  /// Creates a compiler with what holds unless told otherwise.
  package init() {}

  /// text → tokens → tree → SSA
  package func compile(_ source: Source) -> Compilation {
    let (tree, mistakes) = parse(source)
    let lowered = lower(tree, options)
    var diagnostics = mistakes + lowered.diagnostics
    var module = mistakes.haveErrors ? nil : lowered.module
    if let size = module?.expandedSize(sharing), size > Module.largestExpansion {
      diagnostics.append(.programTooLarge(size))
      module = nil
    }
    diagnostics += module.map(derivativeDiagnostics) ?? []
    if diagnostics.haveErrors { module = nil }
    return Compilation(
      source: source, tree: tree, diagnostics: diagnostics, rewritings: lowered.rewritings,
      module: module)
  }

  /// What there is to say about the derivatives that a program asks for.
  private func derivativeDiagnostics(_ module: Module) -> [Diagnostic] {
    guard module.functions.contains(where: { $0.contains(.derivative) }) else { return [] }
    let function = module.inlined(sharing)
    return function.hasTurnSizes ? [] : resolvingDerivatives(of: function).diagnostics
  }

  /// SSA → SSA with the calls that share functions and without open derivatives that gives `results`, simplified
  package func optimized(_ module: Module, results: [Value]) -> Function {
    var module = module
    module.main.results = results
    let function = module.inlined(sharing).withoutDeadCode()
    // Turns that are known are taken apart once the numbers that say so are folded.
    return resolved(function.hasTurnSizes ? function.simplified() : function)
  }

  /// SSA → the same with the derivatives that it asks for, once no size differs from turn to turn
  func resolved(_ function: Function) -> Function {
    guard function.contains(.derivative), !function.hasTurnSizes else { return function }
    return resolvingDerivatives(of: function).function.withoutDeadCode()
  }

  /// SSA → SSA for arrays of certain sizes
  package func specialized(_ function: Function, to sizes: [String: Int]) -> Function {
    resolved(function.specialized(to: sizes))
  }

  /// SSA → what is differentiated; the independents are kept alive as further results
  package func problem(_ module: Module, outputs: [Value], independents: [Value]) -> Problem {
    Problem(
      function: optimized(module, results: outputs + independents), outputCount: outputs.count)
  }

  /// SSA → adjoint SSA
  package func gradient(_ problem: Problem) -> Gradient {
    BPAD.gradient(of: problem.function, withRespectTo: problem.independents)
  }

  /// SSA → the values of what is differentiated, which has `names`, with a row of derivatives for each
  package func jacobian(_ problem: Problem, _ names: [String]) -> Function {
    BPAD.jacobian(
      of: problem.function, outputs: names.enumerated().map { (index: $0, name: $1) },
      withRespectTo: problem.independents)
  }

  /// SSA → adjoint SSA with second derivatives
  package func hessian(_ problem: Problem) -> Gradient {
    BPAD.hessian(of: problem.function, withRespectTo: problem.independents)
  }

  /// SSA → the value and its derivative along a direction, whose parts are further parameters
  package func derivativeAlongDirection(_ problem: Problem) -> Function {
    var product = jacobianVectorProduct(
      of: problem.function, outputs: [0], inDirectionOf: problem.independents)
    product.results = [product.results[0], product.results[product.results.count - 1]]
    return product
  }

  /// adjoint SSA → the same with the derivatives of the derivatives along a direction after them
  package func hessianVectorProduct(_ gradient: Gradient) -> Function {
    jacobianVectorProduct(
      of: gradient.function, outputs: Array(1..<gradient.independents.count + 1),
      inDirectionOf: gradient.independents)
  }

  /// SSA of any kind, for arrays of known sizes → a machine that runs it
  package func machine(_ function: Function) -> Machine {
    Machine(program(function), precision: precision, limits: limits)
  }

  /// SSA of any kind, for arrays of known sizes → bytecode
  package func program(_ function: Function) -> Program { bounded(function).program }
}
