import Testing

/// Programs that no person would write get a clean answer all the same.
struct HostileProgramTests {
  private func run(_ text: String, _ arguments: [String] = ["grad", "-", "a=2"]) throws
    -> Tool.Outcome
  {
    try Tool.run(arguments, input: Array(text.utf8))
  }

  private func nested(_ open: String, _ close: String, _ depth: Int) -> String {
    "f = " + String(repeating: open, count: depth) + "a" + String(repeating: close, count: depth)
  }

  @Test func bracketsNestTenThousandDeep() throws {
    let deep = try run(nested("(", ")", 9_990))
    #expect(deep == .init(status: 0, output: "f = 2\ndf/da = 1\n", errors: ""))
    let tooDeep = try run(nested("(", ")", 100_000))
    #expect(tooDeep.status == 1)
    #expect(tooDeep.errors.contains("nested more than 10000 deep [BP0008]"))
  }

  @Test func arraysAndIndicesNestTenThousandDeep() throws {
    for (open, close) in [("[", "]"), ("x[", "]"), ("-[a, -", "]"), ("f(x[0..<", "])")] {
      let tooDeep = try run(nested(open, close, 100_000))
      #expect(tooDeep.status == 1)
      #expect(tooDeep.errors.contains("nested more than 10000 deep [BP0008]"))
      #expect(try !run(nested(open, close, 4_990)).errors.contains("[BP0008]"))
      let unclosed = try run(nested(open, "", 100_000))
      #expect(unclosed.status == 1)
    }
  }

  /// Looking for the end of an unreadable statement does not start over at each of them.
  @Test func unreadableElementsTakeLinearTime() throws {
    for text in ["x[);", "x[0] = (\n", "x[1:", "x[0], "] {
      let outcome = try run(String(repeating: text, count: 10_000))
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("<stdin>:1:"))
    }
  }

  @Test func callsAndConditionalsNestDeeply() throws {
    #expect(try run(nested("cos(", ")", 3_000)).status == 0)
    let arms = try run(nested("if a > 0 { ", " } else { 1 }", 3_000))
    #expect(arms.output == "f = 2\ndf/da = 1\n")
    let chain =
      "f = if a < 0 { 0 }" + (1..<2000).map { " else if a < \($0) { a*\($0) }" }.joined()
      + " else { a }"
    #expect(try run(chain).output == "f = 6\ndf/da = 3\n")
  }

  @Test func oneLineOfTwoMillionBytes() throws {
    let outcome = try run("f = " + String(repeating: "x", count: 2_000_000))
    #expect(outcome.status == 1)
    let unreadable = try run("f = " + String(repeating: "+ ", count: 1_000_000))
    #expect(unreadable.status == 1)
    #expect(unreadable.errors.utf8.count < 2000)
  }

  @Test func bytesThatAreNoText() throws {
    for bytes in [[0xFF, 0xFE], [0x61, 0x00, 0x62], Array(0...255)] as [[UInt8]] {
      let outcome = try Tool.run(["eval", "-"], input: bytes)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("<stdin>:1:"))
    }
    let empty = try Tool.run(["eval", "-"], input: [])
    #expect(empty.status == 1)
    #expect(empty.errors.contains("the program has no result"))
  }

  private func doubling(_ leaf: String, _ tail: String) -> String {
    "f0(x) = \(leaf)\n"
      + (1..<60).map { "f\($0)(x) = f\($0 - 1)(x)*f\($0 - 1)(x+1)\n" }.joined() + tail
  }

  @Test func callsThatMultiplyAreRefused() throws {
    let outcome = try run(doubling("x*x", "param a: [3]\nsum(f59(a))\n"))
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("[BP0026]"))
  }

  @Test func callsThatMultiplyEnd() throws {
    let text = doubling("x*x", "f59(a)\n")
    for command in [["eval"], ["grad"]] {
      let outcome = try Tool.run(
        command + ["-", "a=1.5", "--max-steps", "100000"], input: Array(text.utf8))
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("the run took 100000 turns of loops and calls of functions"))
    }
  }

  @Test func aThousandMistakesAreCutShort() throws {
    let outcome = try run(String(repeating: "f = sgmoid(a)\n", count: 1000))
    #expect(outcome.errors.contains("… and 900 more"))
  }
}
