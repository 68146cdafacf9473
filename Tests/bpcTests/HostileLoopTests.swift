import BPIR
import BPLexer
import BackpropCompiler
import Testing

@testable import bpc

/// Loops that no person would write are lowered in little time all the same.
struct HostileLoopTests {
  /// What is wrong with a program, or with what is made of it.
  private final class Answer { var problems: [String] = [] }

  private func problems(_ text: String) -> [String] {
    let answer = Answer()
    _ = withLargeStack {
      let compilation = Compiler().compile(Source(name: "hostile.bp", text: text))
      answer.problems =
        compilation.module?.problems ?? compilation.diagnostics.map { "\($0.code) \($0.message)" }
      return 0
    }
    return answer.problems
  }

  @Test func loopsNestDeeply() {
    let depth = 500
    let text =
      "x = 1\n" + String(repeating: "for i in 0..<1 {\n", count: depth) + "x = x + 1\n"
      + String(repeating: "}\n", count: depth) + "x"
    #expect(problems(text) == [])
  }

  /// Each of them is lowered again when the types of what it carries turn out to be others.
  @Test func widenedLoopsNestDeeply() {
    let depth = 100
    let heads = (0..<depth).map { "s\($0) = 0\nfor i in 0..<1 {\n" }.joined()
    let ends = (0..<depth).reversed().map { "s\($0) = s\($0) + v\n}\n" }.joined()
    #expect(problems("param v: [3] = 1\n" + heads + ends + "s0") == [])
  }

  @Test func conditionsNestInConditions() {
    let depth = 60
    let text =
      "param x = 3\n" + String(repeating: "while (if x > 1 {\n", count: depth)
      + String(repeating: "x > 1 } else { false }) { x = x / 2 }\n", count: depth) + "x"
    _ = problems(text)
  }

  @Test func calledFunctionsWithWidenedLoops() {
    let count = 60
    let functions = (0..<count).map { index in
      "f\(index)(a) = { s = 0; for i in 0..<2 { s = s + "
        + (index == 0 ? "v" : "f\(index - 1)(a)") + " }; s }\n"
    }
    #expect(problems("param v: [3] = 1\n" + functions.joined() + "f\(count - 1)(1)") == [])
  }

  @Test func chainsOfNamesSettle() {
    let count = 60
    let starts = (0..<count).map { "s\($0) = 0\n" }.joined()
    let turns = (1..<count).reversed().map { "s\($0) = s\($0) + s\($0 - 1)\n" }.joined()
    let text =
      "param v: [3] = 1\n" + starts + "for i in 0..<2 {\n" + turns + "s0 = s0 + v\n}\n"
      + "s\(count - 1)"
    #expect(problems(text) == [])
  }

  @Test func shapesThatGrowEnd() {
    #expect(problems("s = 0\nfor i in 0..<2 { s = [s] }\ns").count == 1)
    #expect(problems("a = 0\nb = 0\nfor i in 0..<2 { a, b = [b], [a] }\na").count >= 1)
  }
}
