import BPAD
import BPIR
import BPInterp
import BPLexer

/// The way that a run takes through a program, without calls; of conditionals and loops stands there what
/// runs of them, as far as somebody wanted to see it.
package struct RunPath {
  /// What computes results of the program.
  package var function: Function { unfolding.function }
  /// The program, nothing of which is simplified or shared.
  let compiler: Compiler
  let bindings: Bindings
  let source: Source
  var unfolding: Unfolding
  /// Where the leaves are declared or first used.
  private let leaves: [String: Span]

  /// The most operations that a way may have to be shown step by step.
  package static let longest = 100_000

  /// Starts with the way in which conditionals and loops stand as they are.
  ///
  /// - Parameters:
  ///   - module: a program that `compiler.plain` made.
  ///   - results: values of the program that the code results in.
  package init(
    _ module: Module, results: [Value], _ bindings: Bindings, _ compiler: Compiler,
    _ source: Source
  ) throws(ProgramFailure) {
    self.compiler = compiler.plain
    self.bindings = bindings
    self.source = source
    leaves = Dictionary(module.leaves.map { ($0.name, $0.span) }, uniquingKeysWith: { $1 })
    var module = module
    module.main.results = results
    let sizes = bindings.sizes.mapValues { Dimension($0) }
    var function = module.inlined(self.compiler.sharing, simplifying: false)
      .rewritten(simplifying: false, sharing: false, sizes: sizes) { _, _ in nil }
    // Turns whose sizes differ are taken apart once the numbers that say so are folded.
    if function.hasTurnSizes { function = function.simplified() }
    if let problem = function.impossibleShape { throw .diagnostics([problem], in: source) }
    unfolding = Unfolding(function)
    resolve()
  }

  /// Returns where a leaf is declared or first used.
  func span(of leaf: Value) -> Span {
    let index = function.parameters.firstIndex(of: leaf)
    return index.flatMap { leaves[function.parameterNames[$0]] } ?? .none
  }

  /// Makes derivative number `index` of `objective` what the way computes, and the objective.
  package mutating func differentiate(_ objective: inout Objective, by index: Int) {
    let count = objective.names.count
    let gradient = chainRule(
      of: function, withRespectTo: Array(function.results.suffix(count))
    ).gradient
    var function = gradient.function
    function.results = [function.results[1 + index]] + gradient.independents
    unfolding = Unfolding(function.withoutDeadCode())
    objective.outputNames = [derivativeName(of: objective.name, by: objective.names[index])]
  }

  /// Writes derivatives that the program asks for as what computes them.
  mutating func resolve() {
    guard function.contains(.derivative), !function.hasTurnSizes else { return }
    let resolved = resolvingDerivatives(of: function).function.withoutDeadCode()
    unfolding = Unfolding(resolved)
  }

  /// Returns what runs of the constructs in the body.
  func decisions() throws(ProgramFailure) -> [Int] {
    guard !unfolding.decisions.isEmpty else { return [] }
    var deciding = function
    deciding.results = unfolding.decisions
    // Turns whose sizes differ are taken apart once the numbers that say so are folded.
    let machine = compiler.machine(
      deciding.hasTurnSizes ? compiler.resolved(deciding.simplified()) : deciding)
    try machine.run(bindings.values, source)
    return deciding.results.indices.map { Int(exactly: machine.result($0)) ?? 0 }
  }
}

extension Compiler {
  /// The compiler that leaves programs as they are written: nothing is simplified or shared.
  package var plain: Compiler {
    var compiler = self
    compiler.options.simplifies = false
    compiler.sharing.smallestProgram = .max
    return compiler
  }
}
