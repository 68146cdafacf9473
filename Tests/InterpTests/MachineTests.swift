import BPIR
import BPInterp
import TestSupport
import Testing

/// Programs and the machine that runs them.
struct MachineTests {
  private func program(_ text: String) throws -> Program {
    compile(try #require(TestProgram(text).main).finished())
  }

  @Test func aMachineRunsAnyNumberOfTimes() throws {
    let machine = Machine(try program("f = if a > 0 { sqrt(a) } else { a*b }"))
    for _ in 0..<3 {
      try machine.run([4, 2])
      #expect(machine.result(0) == 2)
      try machine.run([-4, 2])
      #expect(machine.result(0) == -8)
    }
  }

  @Test func slotsAreUsedAgain() throws {
    let chain = (0..<1000).map { _ in "a = sin(a) + 1" }.joined(separator: "\n")
    let program = try program("input a\n\(chain)\n")
    #expect(program.code.count == 2000)
    #expect(program.slotCount < 10)
  }

  @Test func integersBeyondTheirRangeEndTheRun() throws {
    let machine = Machine(try program("input n: int\nf = n*n\n"))
    try machine.run([3])
    #expect(machine.result(0) == 9)
    do throws(Trap) {
      try machine.run([1e10])
      Issue.record("the run did not end")
    } catch {
      #expect(error.reason == .integer(1e20))
    }
    try machine.run([4])
    #expect(machine.result(0) == 16)
  }

  @Test func theListingNamesEveryInstruction() throws {
    let text = try program("f = if a > 0 { exp(a) } else { a }").description
    for piece in ["parameters 1", "jump", "unless", "= exp", "return r"] {
      #expect(text.contains(piece), "\(text)")
    }
  }
}
