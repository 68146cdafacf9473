import BPAD
import BPIR
import Foundation
import TestSupport
import Testing

/// Oracles that need no expectation, fed by random programs.
struct RandomProgramTests {
  /// How many programs are drawn; `make fuzz` asks for 100,000.
  static let count = Int(ProcessInfo.processInfo.environment["BPC_RANDOM_PROGRAMS"] ?? "") ?? 1500
  /// The first seed.
  static let seed = UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 1

  /// What the oracles found about one program.
  enum Verdict: Equatable {
    case agrees
    case notFinite
    case wrong(String)
  }

  @Test func derivativesAgree() {
    var skipped = 0
    var drawn: [String: Int] = [:]
    for index in 0..<RandomProgramTests.count {
      let program = RandomProgram(
        seed: RandomProgramTests.seed &+ UInt64(index), size: 4 + index % 30)
      for operation in program.drawn { drawn[operation, default: 0] += 1 }
      switch RandomProgramTests.verdict(program) {
      case .agrees: break
      case .notFinite: skipped += 1
      case .wrong(let what):
        Issue.record("seed \(RandomProgramTests.seed &+ UInt64(index)): \(what)\n\(program.text)")
        return
      }
    }
    #expect(skipped * 100 <= RandomProgramTests.count, "\(skipped) programs were not finite")
    let least = RandomProgramTests.count / 20
    for operation in RandomProgram.operations {
      #expect(drawn[operation, default: 0] >= least, "\(operation) was drawn too rarely")
    }
    print("\(RandomProgramTests.count) random programs, \(skipped) of them not finite")
  }

  @Test func wrongRuleIsCaught() {
    // Each program is compared with itself after one of its operations is exchanged for its slope's
    // double: the gradients must differ somewhere.
    var caught = 0
    for seed in 0..<50 as Range<UInt64> {
      let program = RandomProgram(seed: seed, size: 10)
      guard let main = TestProgram(program.text).main else { continue }
      let right = gradient(of: main, withRespectTo: main.parameters).function
      let wrong = right.rewritten(simplifying: false) { rewriter, instruction in
        guard instruction.op == .cos || instruction.op == .sechSquared else { return nil }
        let value = rewriter.builder.append(instruction.op, rewriter.mappedOperands(instruction))
        return [rewriter.builder.append(.multiply, value, rewriter.builder.constant(1 + 1e-9))]
      }
      let forward = tangents(of: main, outputs: [0], inDirectionsOf: main.parameters)
      let a = wrong.run(program.point).dropFirst()
      let b = forward.run(program.point).suffix(main.parameters.count)
      if zip(a, b).contains(where: { abs($0 - $1) > 1e-12 * max(1e-3, $1.magnitude) }) {
        caught += 1
      }
    }
    #expect(caught >= 40)
  }

  static func verdict(_ program: RandomProgram) -> Verdict {
    let compiled = TestProgram(program.text)
    guard let module = compiled.module, let main = compiled.main else {
      return .wrong("it does not compile: \(compiled.diagnostics)")
    }
    if let problem = (module.problems + main.problems()).first { return .wrong(problem) }
    var plain = LoweringOptions()
    plain.simplifies = false
    guard let plainMain = TestProgram(program.text, plain).module?.inlined(simplifying: false)
    else {
      return .wrong("it does not compile without simplification")
    }
    return compare(main, plainMain, program.point)
  }

  private static func compare(
    _ main: Function, _ plainMain: Function, _ point: [Double]
  ) -> Verdict {
    var magnitudes = DifferentiationOptions()
    magnitudes.takesMagnitudes = true
    var unsimplified = DifferentiationOptions()
    unsimplified.simplifies = false
    let reverse = gradient(of: main, withRespectTo: main.parameters).function
    let forward = tangents(of: main, outputs: [0], inDirectionsOf: main.parameters)
    let plain = gradient(
      of: plainMain, withRespectTo: plainMain.parameters, unsimplified
    ).function
    let scale = gradient(of: main, withRespectTo: main.parameters, magnitudes).function
    for function in [reverse, forward, plain, scale, reverse.finished()] {
      if let problem = function.problems().first { return .wrong(problem) }
    }
    let r = reverse.run(point)
    let s = scale.run(point).map(\.magnitude)
    guard (r + s).allSatisfy(\.isFinite) else { return .notFinite }
    let f = forward.run(point)
    let p = plain.runPlainly(point)
    if abs(r[0] - p[0]) > 1e-12 * max(1, r[0].magnitude) {
      return .wrong("value \(r[0]), without simplification \(p[0])")
    }
    for index in 1..<r.count {
      let bound = 1e-12 * s[index]
      if !(abs(r[index] - f[index]) <= bound) {
        return .wrong("derivative \(index): reverse \(r[index]), forward \(f[index])")
      }
      if !(abs(r[index] - p[index]) <= bound) {
        return .wrong("derivative \(index): \(r[index]), without simplification \(p[index])")
      }
    }
    return .agrees
  }
}
