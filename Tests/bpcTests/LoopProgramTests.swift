import Testing

/// Small programs of loops, branches, jumps, element assignment and derivatives in the language.
struct LoopProgramTests {
  /// Value, gradient and second derivatives are those that 150 digits give.
  @Test(arguments: try ReferenceRun.read("loops.json"))
  func matchesTheReference(_ run: ReferenceRun) throws {
    try run.expectDerivatives()
  }

  /// Forward mode gives what reverse mode gives. At kinks differences of values give something else.
  @Test(arguments: try ReferenceRun.read("loops.json"))
  func modesAgree(_ run: ReferenceRun) throws {
    let outcome = try Tool.run(["grad", "-e", run.program ?? "", "--check"] + run.arguments)
    #expect(outcome.output.contains("forward"), "\(outcome.errors)")
    #expect(!outcome.output.contains("modes differ"), "\(outcome.output)")
  }
}
