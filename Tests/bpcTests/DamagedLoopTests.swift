import BPIR
import BPLexer
import BackpropCompiler
import Foundation
import TestSupport
import Testing

@testable import bpc

/// Damaged programs with loops: every one gets an answer, and what is accepted is well-formed.
struct DamagedLoopTests {
  /// How many are tried; BPC_DAMAGED_PROGRAMS asks for more.
  private static let count =
    Int(ProcessInfo.processInfo.environment["BPC_DAMAGED_PROGRAMS"] ?? "") ?? 1500
  private static let seed =
    UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 1

  private static let words = [
    "for i in 0..<3 {", "for j in i...0 by -1 {", "while x > 1 {", "}", "break", "continue",
    "return x", "if x > 1 {", "} else {", "x = x + 1", "s = s + v", "v[i] = x", "t = i", "x = t",
    "s = grad(x^2, x)", "x = f'(x)", "x = f(v)", "s = 0", "x = true", "v = v[0..<2]", ";", "by",
    "f'(a) = a", "f(a) = { ", "(a, b)", "x, s = s, x", "while true {", "n", "0..<n", "'", "[i]",
  ]

  @Test func damagedLoopsGetAnAnswer() throws {
    let texts = try GoldenFile.all
      .map { String(decoding: try Data(contentsOf: $0.program), as: UTF8.self) }
      .filter { $0.utf8.count < 3000 && ($0.contains("for ") || $0.contains("while ")) }
    var generator = SeededGenerator(seed: DamagedLoopTests.seed)
    var accepted = 0
    for _ in 0..<DamagedLoopTests.count {
      let text = damaged(texts, &generator)
      let compilation = Compiler().compile(Source(name: "damaged.bp", text: text))
      _ = DiagnosticRendering(source: compilation.source).render(compilation.diagnostics)
      guard let module = compilation.module else {
        #expect(compilation.diagnostics.haveErrors, "\(text)")
        continue
      }
      accepted += 1
      #expect(module.problems == [], "\(text)")
      expectToBeReadAgain(module, text)
    }
    #expect(accepted > DamagedLoopTests.count / 20)
  }

  private func expectToBeReadAgain(_ module: Module, _ program: String) {
    let text = module.text
    let (functions, diagnostics) = readModule(Source(name: "damaged.ir", text: text))
    #expect(diagnostics.isEmpty, "\(program)\n\(diagnostics)")
    guard diagnostics.isEmpty else { return }
    var again = module
    again.functions = functions
    #expect(again.text == text, "\(program)")
  }

  /// Returns a text with a few lines or words deleted, doubled, exchanged or put in.
  private func damaged(_ texts: [String], _ generator: inout SeededGenerator) -> String {
    var lines = lines(texts.randomElement(using: &generator) ?? "")
    let others = self.lines(texts.randomElement(using: &generator) ?? "")
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...lines.count, using: &generator)
      let end = min(lines.count, place + Int.random(in: 0...2, using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: lines.removeSubrange(place..<end)
      case 1: lines.insert(contentsOf: Array(lines[place..<end]), at: place)
      case 2: lines.insert(others.randomElement(using: &generator) ?? "", at: place)
      default:
        lines.insert(DamagedLoopTests.words.randomElement(using: &generator) ?? "", at: place)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func lines(_ text: String) -> [String] {
    text.replacing("{ ", with: "{\n").replacing(" }", with: "\n}").replacing("; ", with: "\n")
      .split(separator: "\n").map(String.init)
  }
}
