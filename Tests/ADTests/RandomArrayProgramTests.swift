import BPAD
import BPIR
import Foundation
import TestSupport
import Testing

/// Oracles that need no expectation, fed by random programs of arrays.
struct RandomArrayProgramTests {
  /// How many programs are drawn.
  static let count =
    Int(ProcessInfo.processInfo.environment["BPC_RANDOM_ARRAY_PROGRAMS"] ?? "") ?? 300
  /// The first seed.
  static let seed = UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 1

  @Test func derivativesAgree() {
    let (skipped, drawn) = check(1, of: 1) { $0.verdict($1) }
    #expect(
      skipped * 100 <= RandomArrayProgramTests.count, "\(skipped) programs were not finite")
    for operation in RandomArrayProgram.operations {
      #expect(
        drawn[operation, default: 0] >= RandomArrayProgramTests.count / 100,
        "\(operation) was drawn too rarely")
    }
    print("\(RandomArrayProgramTests.count) random array programs, \(skipped) not finite")
  }

  @Test func secondDerivativesAgree() {
    let (skipped, _) = check(2, of: 12) { oracle, _ in oracle.secondDerivativesVerdict() }
    #expect(skipped * 10 <= RandomArrayProgramTests.count / 12)
  }

  @Test func differencesAgree() {
    let (skipped, _) = check(3, of: 8) { oracle, _ in oracle.differencesVerdict() }
    // A program with a jump or a kink near the point has no difference to compare with.
    #expect(skipped * 4 <= RandomArrayProgramTests.count / 8, "\(skipped) were not smooth")
  }

  @Test func machinesForgetTheirRuns() {
    _ = check(4, of: 8) { oracle, _ in oracle.repeatedRunVerdict() }
  }

  @Test(arguments: [Op.broadcast, .sum, .multiply])
  func wrongRuleIsCaught(_ op: Op) {
    // Each program is compared with itself after one kind of operation gives a little more.
    var caught = 0
    var met = 0
    for seed in 900_000..<900_030 as Range<UInt64> {
      guard let oracle = ArrayOracle(RandomArrayProgram(seed: seed, size: 6)) else { continue }
      let right = ArrayOracle.gradient(oracle.main)
      let first = oracle.main.instructions.count
      let wrong = right.rewritten(simplifying: false) { rewriter, instruction in
        guard instruction.op == op, instruction.result.position > first else { return nil }
        let attribute = rewriter.old.attribute(of: instruction)
        let operands = rewriter.mappedOperands(instruction)
        let value =
          op.isArrayOperation
          ? rewriter.builder.append(op, operands, attribute) : rewriter.builder.append(op, operands)
        guard rewriter.builder.function.type(of: value).isReal else { return [value] }
        let factor = rewriter.builder.constant(
          1 + 1e-9, rewriter.builder.function.type(of: value))
        return [rewriter.builder.append(.multiply, value, factor)]
      }
      guard right.instructions.contains(where: { $0.op == op && $0.result.position > first })
      else { continue }
      met += 1
      if oracle.disagrees(wrong) { caught += 1 }
    }
    #expect(met >= 10 && caught * 2 >= met, "\(caught) of \(met)")
  }

  /// Draws programs, one of `part`, and records what `verdict` finds wrong.
  private func check(
    _ stream: UInt64, of part: Int, _ verdict: (ArrayOracle, Int) -> ArrayOracle.Verdict
  ) -> (skipped: Int, drawn: [String: Int]) {
    var skipped = 0
    var drawn: [String: Int] = [:]
    for index in 0..<RandomArrayProgramTests.count / part {
      let seed = RandomArrayProgramTests.seed &+ UInt64(index) &+ stream &* 1_000_000
      let program = RandomArrayProgram(seed: seed, size: 2 + index % 6)
      for operation in program.drawn { drawn[operation, default: 0] += 1 }
      switch ArrayOracle(program).map({ verdict($0, index) }) ?? .wrong("it does not compile") {
      case .agrees: break
      case .notFinite: skipped += 1
      case .wrong(let what):
        Issue.record("seed \(seed), size \(2 + index % 6): \(what)\n\(program.text)")
      }
    }
    return (skipped, drawn)
  }
}
