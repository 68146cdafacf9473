import BPLexer
import BPParser
import TestSupport
import Testing

/// Parsing never fails and never hangs, whatever the bytes.
struct RobustnessTests {
  private func diagnostics(_ bytes: [UInt8]) -> [Diagnostic] {
    parse(Source(name: "test.bp", bytes: bytes)).diagnostics
  }

  @Test func randomBytesGiveATree() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<200, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = diagnostics(bytes)
    }
  }

  @Test func randomTokensGiveATree() {
    let words = [
      "a", "b", "(", ")", "{", "}", "=", "==", ",", ";", "\n", "if", "else", "return", "param",
      "input", "+", "-", "*", "^", "1", "2.5", "f(x) =", "not", "and", "<", ":", "'", "[", "]",
      "for", "for i in 0..<3 {", "in", "while", "while a < 1 {", "break", "continue", "f'(x) =",
      "f'(", "f''(2)", ".", ".T", "..<", "...", "by", "x[", "[1, 2]", "input x: int [n, 4]",
    ]
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<40, using: &generator)
      let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
        .joined(separator: " ")
      let (tree, diagnostics) = parse(Source(name: "test.bp", text: text))
      #expect(tree.isComplete == !diagnostics.haveErrors)
      _ = DiagnosticRendering(source: tree.source).render(diagnostics)
      guard tree.isComplete else { continue }
      let printed = tree.description
      let again = parse(Source(name: "test.bp", text: printed)).tree
      #expect(again.isComplete && again.description == printed, "\(text)")
    }
  }

  @Test func longChainsAreNoRecursion() {
    let count = 200_000
    for text in [
      "f = a" + String(repeating: " + a", count: count),
      "f = " + String(repeating: "-", count: count) + "a",
      "f = " + String(repeating: "a^", count: count) + "a",
      "f = " + String(repeating: "not ", count: count) + "c",
    ] {
      #expect(diagnostics(Array(text.utf8)).isEmpty)
    }
  }

  @Test func aMillionPostfixesAreNoRecursion() {
    for (postfix, count) in [(".T", 1_000_000), ("[0]", 100_000), ("[:][0..<1]", 50_000)] {
      let text = "f = a" + String(repeating: postfix, count: count)
      let (tree, diagnostics) = parse(Source(name: "test.bp", text: text))
      #expect(diagnostics.isEmpty)
      #expect(tree.description.utf8.count == text.utf8.count + 1)
    }
  }

  @Test func aMillionClosingBracketsAreOneMistake() {
    #expect(diagnostics(Array(repeating: UInt8(ascii: ")"), count: 1_000_000)).count == 1)
  }

  @Test func anEmptyTextIsATree() {
    #expect(diagnostics([]).isEmpty)
    #expect(diagnostics(Array("\u{FEFF}".utf8)).isEmpty)
  }
}
