import BPIR
import BPLexer
import BackpropCompiler
import Foundation
import TestSupport
import Testing

@testable import bpc

/// Damaged programs: every one gets an answer, and what is accepted can be differentiated.
struct MutationTests {
  /// How many are tried; BPC_DAMAGED_PROGRAMS asks for more.
  private static let count =
    Int(ProcessInfo.processInfo.environment["BPC_DAMAGED_PROGRAMS"] ?? "") ?? 1500
  private static let seed =
    UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 1

  @Test func damagedProgramsGetAnAnswer() throws {
    let texts = try GoldenFile.all.map { [UInt8](try Data(contentsOf: $0.program)) }
      .filter { $0.count < 3000 }
    var generator = SeededGenerator(seed: MutationTests.seed)
    var accepted = 0
    for _ in 0..<MutationTests.count {
      let text = damaged(texts, &generator)
      let source = Source(name: "damaged.bp", bytes: text)
      var compiler = Compiler()
      // A damaged loop may have no end.
      compiler.limits.maxTurns = 10_000
      let compilation = compiler.compile(source)
      _ = DiagnosticRendering(source: source).render(compilation.diagnostics)
      _ = compilation.tree.description
      #expect(compilation.module != nil || compilation.diagnostics.haveErrors)
      guard let module = compilation.module,
        let objective = try? Objective(module, of: nil, wrt: [])
      else { continue }
      accepted += 1
      #expect(module.problems == [])
      let differentiation = Differentiation(
        compilation, module, objective, compiler, order: .gradient)
      let function = differentiation.gradient.function
      #expect(function.problems() == [])
      #expect(function.finished().problems() == [])
      if differentiation.isScalar {
        _ = differentiation.swift(SwiftStyle(namespace: "Damaged")).text
      }
      guard let bindings = try? sample(module, source) else { continue }
      _ = try? DerivativeRun(differentiation, bindings).derivatives(bindings)
    }
    #expect(accepted > MutationTests.count / 20)
  }

  /// Returns bindings of the leaves to 2, and of the sizes.
  private func sample(_ module: Module, _ source: Source) throws(CommandFailure) -> Bindings {
    var binder = Binder(module, source, Compiler())
    try binder.bind(
      (module.leaves.map(\.name) + module.symbols).compactMap { Binding("\($0)=2") })
    return try commanding { () throws(ProgramFailure) in try binder.bindings() }
  }

  /// Returns a text with a few bytes or words deleted, doubled, exchanged or taken from another.
  private func damaged(_ texts: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8] {
    var text = texts.randomElement(using: &generator) ?? []
    let other = texts.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...text.count, using: &generator)
      let end = min(text.count, place + Int.random(in: 0...8, using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: text.removeSubrange(place..<end)
      case 1: text.insert(contentsOf: Array(text[place..<end]), at: place)
      case 2:
        text.insert(Array("(){}[]:.T=+*,;\n".utf8).randomElement(using: &generator) ?? 0, at: place)
      default:
        let start = Int.random(in: 0...other.count, using: &generator)
        let piece = other[start..<min(other.count, start + 12)]
        text.replaceSubrange(place..<end, with: piece)
      }
    }
    return text
  }
}
