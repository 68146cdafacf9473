import Testing

/// Small programs of loops, branches, jumps, element assignment and derivatives in the language: value,
/// gradient and second derivatives are those that 150 digits give.
struct LoopProgramTests {
  @Test(arguments: try ReferenceRun.read("loops.json"))
  func matchesTheReference(_ run: ReferenceRun) throws {
    try run.expectDerivatives()
  }
}
