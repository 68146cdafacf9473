import BPAD
import BPIR
import BPInterp
import Foundation
import TestSupport
import Testing

/// Oracles that need no expectation, fed by random programs with nested control flow.
struct RandomFlowProgramTests {
  /// How many programs are drawn; `make fuzz` asks for 20,000.
  static let count =
    Int(ProcessInfo.processInfo.environment["BPC_RANDOM_FLOW_PROGRAMS"] ?? "") ?? 40
  /// The first seed.
  static let seed = UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 1

  @Test func oraclesAgree() {
    var skipped = 0
    var failures = 0
    var haveCalls = 0
    var drawn: [String: Int] = [:]
    for index in 0..<RandomFlowProgramTests.count {
      let seed = RandomFlowProgramTests.seed &+ UInt64(index)
      let program = RandomFlowProgram(seed: seed, size: 3 + (Int(seed) - 1) % 20)
      for construct in program.drawn { drawn[construct, default: 0] += 1 }
      fflush(nil)
      // In every other one the calls stay.
      let oracle = FlowOracle(program, seed % 2 == 0 ? .all : CallSharing())
      if oracle?.main.contains(.call) == true { haveCalls += 1 }
      switch oracle?.verdict() ?? .wrong("it does not compile") {
      case .agrees: break
      case .notFinite: skipped += 1
      case .wrong(let what):
        Issue.record(
          "seed \(seed), size \(3 + (Int(seed) - 1) % 20): \(what)\n\(program.bindings)\n\(program.text)"
        )
        failures += 1
        if failures == 5 { return }
      }
    }
    #expect(skipped * 100 <= RandomFlowProgramTests.count, "\(skipped) programs were not finite")
    #expect(haveCalls * 10 >= RandomFlowProgramTests.count, "\(haveCalls) programs had calls")
    for construct in RandomFlowProgram.constructs {
      let least = RandomFlowProgramTests.count / 20
      #expect(drawn[construct, default: 0] >= least, "\(construct) was drawn too rarely")
    }
    print("\(RandomFlowProgramTests.count) random programs that flow, \(skipped) not finite")
  }
}
