import BPIR
import BPInterp
import Synchronization
import TestSupport
import Testing

/// What ends loops that go on too long.
struct LoopLimitTests {
  private static let endless = """
    function main(%0 x: real) {
      %1, %2 = loop true, 9007199254740992, %0 (%3: int, %4: real) {
        %5 = sin %4
        yield true, %5
      }
      return %1
    }

    """

  private static let nested = """
    function main(%0 n: int) {
      %1, %2 = loop true, %0, 0.0 (%3: int, %4: real) {
        %5, %6 = loop true, %0, %4 (%7: int, %8: real) {
          %9 = add %8, 1.0
          yield true, %9
        }
        yield true, %5
      }
      return %1
    }

    """

  @Test(arguments: [1, 100, 256, 257, 10_000])
  func endlessLoops(_ turns: Int) throws {
    let machine = Machine(
      try program(ofText: LoopLimitTests.endless), limits: RunLimits(maxTurns: turns))
    #expect(trap(machine, [Tensor(1)])?.reason == .turns(turns))
    #expect(machine.counts.turns == turns)
  }

  @Test(arguments: [(109, true), (110, false), (111, false)])
  func turnsOfAllLoopsCount(_ turns: Int, _ ends: Bool) throws {
    let machine = Machine(
      try program(ofText: LoopLimitTests.nested), limits: RunLimits(maxTurns: turns))
    for _ in 0..<3 {
      #expect((trap(machine, [Tensor(10)])?.reason != nil) == ends)
      #expect(machine.counts.turns == min(turns, 110))
    }
  }

  @Test func interruption() throws {
    let looks = Mutex(0)
    let limits = RunLimits(isInterrupted: {
      looks.withLock {
        $0 += 1
        return $0 > 100
      }
    })
    let machine = Machine(try program(ofText: LoopLimitTests.endless), limits: limits)
    #expect(trap(machine, [Tensor(1)])?.reason == .interrupted)
    // It is asked once before the run.
    #expect(machine.counts.turns == 99 * 256)
  }

  /// Runs without loops ask before they begin, and before each step that takes long.
  @Test(arguments: [0, 1, 2])
  func interruptionWithoutLoops(_ answers: Int) throws {
    let looks = Mutex(0)
    let limits = RunLimits(isInterrupted: {
      looks.withLock {
        $0 += 1
        return $0 > answers
      }
    })
    let text = "input x: [40000]; y = exp(x); sum(y) + sum(y^2)"
    let machine = Machine(
      compile(try #require(TestProgram(text).main).finished()), limits: limits)
    #expect(trap(machine, [x])?.reason == .interrupted)
    #expect(looks.withLock { $0 } == answers + 1)
  }

  private let x = Tensor(shape: [40_000], values: Array(repeating: 0.5, count: 40_000))

  private static let idle = endless.replacing("    %5 = sin %4\n", with: "")
    .replacing("yield true, %5", with: "yield true, %4")

  /// Float32 does not count beyond 2^24: where nothing reads the number, the run goes on to its limit,
  /// and otherwise it ends.
  @Test(arguments: [
    ("return %1", Trap.Reason.turns(16_777_300)), ("return %1, %2", .turnNumber),
  ])
  func turnsBeyondFloat32(_ ending: String, _ reason: Trap.Reason) throws {
    let text = LoopLimitTests.idle.replacing("return %1", with: ending)
    let machine = Machine(
      try program(ofText: text), precision: .float32, limits: RunLimits(maxTurns: 16_777_300))
    #expect(trap(machine, [Tensor(1)])?.reason == reason)
  }

  @Test func countedTurnsInFloat32() throws {
    let many = LoopLimitTests.idle.replacing("9007199254740992", with: "20000000")
    let machine = Machine(try program(ofText: many), precision: .float32)
    #expect(trap(machine, [Tensor(1)])?.reason == .turnNumber)
    let counted = Machine(
      try program(ofText: LoopLimitTests.endless.replacing("9007199254740992", with: "1000000")),
      precision: .float32)
    #expect(trap(counted, [Tensor(1)])?.reason == nil)
    #expect(counted.counts.turns == 1_000_000)
  }
}
