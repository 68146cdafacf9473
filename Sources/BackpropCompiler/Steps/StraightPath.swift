import BPAD
import BPIR
import BPInterp
import BPLexer

extension Compiler {
  /// The most operations that a run may have to be shown step by step.
  package static let longestPath = 100_000

  /// The compiler that leaves programs as they are written: nothing is simplified or shared.
  package var plain: Compiler {
    var compiler = self
    compiler.options.simplifies = false
    compiler.sharing.smallestProgram = .max
    return compiler
  }

  /// text → what a run for `bindings` does of it as straight code, without calls, conditionals and loops;
  /// nothing is simplified or shared
  ///
  /// - Parameter results: values of the program that the code results in.
  package func straightPath(
    _ module: Module, results: [Value], _ bindings: Bindings, _ source: Source
  ) throws(ProgramFailure) -> Function {
    var module = module
    module.main.results = results
    let sizes = bindings.sizes.mapValues { Dimension($0) }
    var function = module.inlined(sharing, simplifying: false)
      .rewritten(simplifying: false, sharing: false, sizes: sizes) { _, _ in nil }
    // Turns whose sizes differ are taken apart once the numbers that say so are folded.
    if function.hasTurnSizes { function = function.simplified() }
    if let problem = function.impossibleShape { throw .diagnostics([problem], in: source) }
    function = plainlyResolved(function)
    while true {
      let decided = try decisions(of: function, bindings, source)
      guard function.straightSize(decided) <= Compiler.longestPath else {
        throw .tooManySteps(function.straightSize(decided))
      }
      guard !decided.isEmpty else { return plainlyResolved(function).withoutFurtherMarks() }
      function = function.straightened(decided)
    }
  }

  private func plainlyResolved(_ function: Function) -> Function {
    guard function.contains(.derivative), !function.hasTurnSizes else { return function }
    return resolvingDerivatives(of: function).function.withoutDeadCode()
  }

  /// Returns what runs of the constructs in the body of `function`.
  private func decisions(
    of function: Function, _ bindings: Bindings, _ source: Source
  ) throws(ProgramFailure) -> [Int] {
    guard !function.decisions.isEmpty else { return [] }
    var deciding = function
    deciding.results = function.decisions
    // Turns whose sizes differ are taken apart once the numbers that say so are folded.
    let machine = machine(deciding.hasTurnSizes ? resolved(deciding.simplified()) : deciding)
    try machine.run(bindings.values, source)
    return function.decisions.indices.map { Int(exactly: machine.result($0)) ?? 0 }
  }
}

extension Function {
  /// Returns the function without dead code, and without the marks that are no results.
  fileprivate func withoutFurtherMarks() -> Function {
    let kept = Set(results)
    return rewritten(simplifying: false, sharing: false) { rewriter, instruction in
      guard instruction.op == .mark, !kept.contains(instruction.result) else { return nil }
      return rewriter.mappedOperands(instruction)
    }
  }
}

extension ProgramFailure {
  /// Returns the failure of a run that is too long to be shown.
  fileprivate static func tooManySteps(_ count: Int) -> ProgramFailure {
    .run(
      "the run has \(count) operations, and at most \(Compiler.longestPath) are shown step by step",
      advice: "let its loops take fewer turns")
  }
}
