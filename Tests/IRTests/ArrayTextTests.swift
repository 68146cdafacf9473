import BPAD
import BPIR
import BPInterp
import BPLexer
import TestSupport
import Testing

/// Reading the text of functions of arrays, and printing it again, changes nothing.
struct ArrayTextTests {
  @Test func randomPrograms() {
    for seed in 1...40 as ClosedRange<UInt64> {
      let program = RandomArrayProgram(seed: 7_000_000 + seed, size: 2 + Int(seed % 8))
      let compiled = TestProgram(program.text)
      guard let module = compiled.module, let main = compiled.main else {
        Issue.record("seed \(seed) does not compile: \(compiled.diagnostics.map(\.message))")
        continue
      }
      let arguments = module.leaves.compactMap { leaf in
        program.leaves.first { $0.name == leaf.name }?.value
      }
      let known = derived(main.specialized(to: program.sizes))
      let found =
        mistakes(module) + derived(main).flatMap { mistakes($0, program.sizes, arguments) }
        + known.flatMap { mistakes($0, [:], arguments) }
      if let mistake = found.first { Issue.record("seed \(seed): \(mistake)\n\(program.text)") }
    }
  }

  /// Returns what the compiler makes of `main`.
  private func derived(_ main: Function) -> [Function] {
    let reals = main.parameters.filter { main.type(of: $0).isReal }
    let first = gradient(of: main, withRespectTo: reals).function
    return [main, main.finished(), main.finishedPlainly(), first, first.finished()]
  }

  private func mistakes(_ module: Module) -> [String] {
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: module.text))
    guard diagnostics.isEmpty, functions.count == module.functions.count else {
      return ["\(diagnostics.map(\.message))\n\(module.text)"]
    }
    var again = module
    again.functions = functions
    return again.problems
      + (again.text == module.text ? [] : ["\(module.text)became\n\(again.text)"])
  }

  private func mistakes(
    _ function: Function, _ sizes: [String: Int], _ arguments: [Tensor]
  ) -> [String] {
    let text = function.text()
    let (read, diagnostics) = readModule(Source(name: "test.ir", text: text))
    guard diagnostics.isEmpty, let again = read.first else {
      return ["\(diagnostics.map(\.message))\n\(text)"]
    }
    var mistakes = again.problems()
    if again.text() != text { mistakes.append("\(text)became\n\(again.text())") }
    let (a, b) = (bits(function, sizes, arguments), bits(again, sizes, arguments))
    if a == nil || a != b { mistakes.append("the results differ, or the run ends early\n\(text)") }
    return mistakes
  }

  private func bits(
    _ function: Function, _ sizes: [String: Int], _ arguments: [Tensor]
  ) -> [UInt64]? {
    function.specialized(to: sizes).run(arguments)?.flatMap { $0.values.map(\.bitPattern) }
  }
}
