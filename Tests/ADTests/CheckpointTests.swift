import BPAD
import BPIR
import BPInterp
import TestSupport
import Testing

/// A gradient that keeps snapshots has the bits of the one that keeps all, and takes as few turns again
/// as there can be.
struct CheckpointTests {
  private static let programs: [String] = [
    "x = a; for i in 0..<n { x = sin(x)*b + a }; x",
    "x = a; y = b; for i in 0..<n { x, y = y*cos(x), x + 0.5*y }; x*y",
    // The bound of the inner loop depends on the turn.
    "x = a; for i in 0..<n { for j in 0..<i % 4 { x = sin(x + b) + 0.1*j } }; x",
    // Turns that only the run tells, within and without.
    "x = a; i = 0; while i < n and x < 40.5 { x = x*1.01 + 0.01*sin(x)*b; i = i + 1 }; x*x",
    """
    x = a
    for i in 0..<n { y = x; while y > 0.25 { y = y*0.5*b }; x = y + sin(x) }
    x
    """,
    // Integers and conditions are carried.
    """
    x = a; k = 1; up = true
    for i in 0..<n {
      if up { x = x*b } else { x = x + 0.1*k }
      k = (3*k + i) % 7
      up = x < 0.5 or k == 3
    }
    x
    """,
    // An array is carried, and changed in place.
    """
    v = [a, b, 1.0]
    for i in 0..<n { v[i % 3] = sin(v[(i + 1) % 3])*b; v = v + 0.1*sum(v*v) }
    sum(v)
    """,
    // Two loops, of which the second reads what the first one ends with.
    """
    x = a; y = b
    for i in 0..<n { x = x*cos(x) + 0.5; y = y + x*a }
    for i in 0..<n + 2 { y = sin(y) + x*b }
    y
    """,
    "x = a; for i in 0..<n { if x > 2.5 { break }; if x < 0.1 { continue }; x = x*b + 0.3 }; x",
  ]

  private static let header = "param a = 0.7; param b = 0.9; input n: int = 3\n"

  private func gradient(of text: String) throws -> Function {
    let program = TestProgram(CheckpointTests.header + text)
    #expect(program.diagnostics.isEmpty, "\(program.diagnostics)")
    let function = try #require(program.main)
    return BPAD.gradient(of: function, withRespectTo: Array(function.parameters[..<2])).function
      .finished()
  }

  @Test(arguments: programs)
  func theBits(_ text: String) throws {
    let whole = try gradient(of: text)
    let machine = Machine(compile(whole))
    for bytes in [0, 60, 100, 200, 400, 4000] {
      let (function, loops) = checkpointed(whole, within: bytes)
      #expect(function.problems() == [])
      #expect(loops.count >= 1)
      let bounded = Machine(compile(function.finished()))
      for turns in Array(0...12) + [29, 100] {
        let arguments = [0.7, 0.9, Double(turns)]
        try machine.run(arguments)
        try bounded.run(arguments)
        let same = zip(machine.results, bounded.results).allSatisfy {
          $0.bitPattern == $1.bitPattern
        }
        #expect(
          same, "\(machine.results) \(bounded.results) \(turns) \(loops)\n\(bounded.program)")
        let most = loops.reduce(0) { $0 + $1.bytes }
        #expect(bounded.counts.snapshotBytes <= most)
      }
    }
  }

  @Test(arguments: [(1, 10), (2, 100), (3, 1000), (5, 999), (40, 39), (200, 100)])
  func turnsAgain(_ snapshots: Int, _ turns: Int) throws {
    let whole = try gradient(of: CheckpointTests.programs[0])
    let bytes = 16 * (snapshots + 1) + 8 * 4
    let (function, loops) = checkpointed(whole, within: bytes)
    let count = try #require(loops.first?.snapshots)
    let machine = Machine(compile(function))
    try machine.run([0.7, 0.9, Double(turns)])
    let forward = turnsForward(turns: turns, snapshots: count).count
    #expect(machine.counts.turnsAgain == forward - (turns - 1))
    #expect(machine.counts.turns == forward + 1 + turns)
    #expect(machine.counts.stackBytes == 0)
  }

  @Test func littleMemory() throws {
    let whole = try gradient(of: CheckpointTests.programs[0])
    let function = checkpointed(whole, within: 10_000).function
    let program = compile(function)
    let own = 8 * program.slotCount
    let small = Machine(program, limits: RunLimits(memory: own + 8000))
    #expect(throws: Trap.self) { try small.run([0.7, 0.9, 10_000]) }
    try small.run([0.7, 0.9, 100])
    let large = Machine(program, limits: RunLimits(memory: own + 10_000))
    for turns in [3.0, 10_000, 2] { try large.run([0.7, 0.9, turns]) }
  }

  @Test func turnsAreLimited() throws {
    let whole = try gradient(of: CheckpointTests.programs[0])
    let program = compile(checkpointed(whole, within: 100).function)
    for most in [0, 1, 10, 100, 149, 150] {
      let machine = Machine(program, limits: RunLimits(maxTurns: most))
      #expect(throws: Trap.self) { try machine.run([0.7, 0.9, 100]) }
      #expect(machine.counts.turns == most)
    }
  }

  @Test func float32() throws {
    let whole = try gradient(of: CheckpointTests.programs[1])
    let machine = Machine(compile(whole), precision: .float32)
    let bounded = Machine(compile(checkpointed(whole, within: 200).function), precision: .float32)
    for turns in [0.0, 1, 2, 77] {
      try machine.run([0.7, 0.9, turns])
      try bounded.run([0.7, 0.9, turns])
      #expect(machine.results == bounded.results)
    }
  }
}
