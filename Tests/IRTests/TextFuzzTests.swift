import BPAD
import BPIR
import BPLexer
import Foundation
import TestSupport
import Testing

/// Damaged texts of the IR: each is read without a crash, and what is accepted is sound.
struct TextFuzzTests {
  /// How many damaged texts are read.
  static let count = Int(ProcessInfo.processInfo.environment["BPC_DAMAGED_TEXTS"] ?? "") ?? 2000
  /// The seed of the damages.
  static let seed = UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 1

  @Test func damagedTexts() {
    var generator = SeededGenerator(seed: TextFuzzTests.seed)
    let texts = TextFuzzTests.texts()
    var accepted = 0
    for index in 0..<TextFuzzTests.count {
      var bytes = Array(texts[index % texts.count].utf8)
      for _ in 0...Int.random(in: 0..<3, using: &generator) { damage(&bytes, &generator) }
      let (functions, diagnostics) = readModule(Source(name: "test.ir", bytes: bytes))
      let problems = problems(functions)
      #expect(problems == [], "\(String(decoding: bytes, as: UTF8.self))")
      #expect(diagnostics.count <= 1)
      if diagnostics.isEmpty { accepted += 1 }
    }
    #expect(accepted * 50 > TextFuzzTests.count, "only \(accepted) damaged texts were accepted")
    #expect(accepted * 2 < TextFuzzTests.count, "\(accepted) damaged texts were accepted")
  }

  /// Returns what is wrong with functions that were read, and with their texts.
  private func problems(_ functions: [Function]) -> [String] {
    let signatures = functions.map { function in
      (function.parameters.map(function.type), function.results.map(function.type))
    }
    let problems = functions.enumerated().flatMap { index, function in
      function.problems(calls: Array(signatures[..<index]))
    }
    let names = functions.map(\.name)
    let text = functions.map { $0.text(calling: names) }.joined(separator: "\n")
    guard !functions.isEmpty else { return problems }
    let again = readModule(Source(name: "again.ir", text: text))
    let textAgain = again.functions.map { $0.text(calling: names) }.joined(separator: "\n")
    return problems + again.diagnostics.map(\.message)
      + (text == textAgain ? [] : ["\(text)became\n\(textAgain)"])
  }

  /// Returns modules, optimised programs and gradients.
  private static func texts() -> [String] {
    var texts: [String] = []
    for seed in 1...20 as ClosedRange<UInt64> {
      let compiled = TestProgram(RandomProgram(seed: seed, size: 4 + Int(seed % 8)).text)
      guard let module = compiled.module, let main = compiled.main else { continue }
      texts.append(module.text)
      texts.append(main.text())
      texts.append(gradient(of: main, withRespectTo: main.parameters).function.text())
    }
    let integers = "input k: int\nparam x\nn = k*2 - 1\nf = if n < 3 { x^k } else { real(n) }"
    texts.append(TestProgram(integers).module?.text ?? "")
    return texts
  }

  // MARK: - Damages

  private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    if Bool.random(using: &generator) {
      damageCharacter(&bytes, &generator)
    } else {
      damageLine(&bytes, &generator)
    }
  }

  private func damageCharacter(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let index = Int.random(in: bytes.indices, using: &generator)
    let alphabet = Array("%0123456789.,=@{}()\"\\ \n-einfty\u{E9}".utf8) + [0, 0xFF]
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes.remove(at: index)
    case 1: bytes.insert(bytes[index], at: index)
    case 2: bytes[index] = bytes.randomElement(using: &generator) ?? 0
    default: bytes[index] = alphabet.randomElement(using: &generator) ?? 0
    }
  }

  private func damageLine(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let index = Int.random(in: lines.indices, using: &generator)
    let other = Int.random(in: lines.indices, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: lines.remove(at: index)
    case 1: lines.insert(lines[index], at: other)
    case 2: lines.swapAt(index, other)
    default: lines[index] = lines[other]
    }
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}
