import TestSupport
import Testing

@testable import bpc

/// Arguments that nobody should give, and somebody will.
struct HostileArgumentsTests {
  /// A hundred thousand arguments of one kind are read in no time.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: ["x", "--x", "-", "--", "-vq", "", "x=1", "--wrt=a", "-e", "=", "--format=json"])
  func manyArguments(_ argument: String) {
    let arguments = ["grad", "m.bp"] + Array(repeating: argument, count: 100_000)
    switch parseArguments(arguments, isTerminal: true) {
    case .run(.grad(let found)): #expect(found.wrt.count == 100_000)
    case .usageError(let text): #expect(argument != "--wrt=a" && text.utf8.count < 1000)
    case let other: Issue.record("\(other)")
    }
  }

  /// A hundred thousand bindings arrive in order.
  @Test(.timeLimit(.minutes(1))) func manyBindings() throws {
    let arguments = (0..<100_000).map { "x\($0)=\(-$0)" }
    let parsed = parseArguments(["eval", "m.bp"] + arguments, isTerminal: true)
    guard case .run(.eval(let found)) = parsed else {
      Issue.record("the arguments are not understood")
      return
    }
    #expect(found.bindings.map { "\($0.name)=\($0.text)" } == arguments)
  }

  /// A long argument is read in no time.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("--", false), ("-", true), ("", false), ("x=", true), ("--wrt=", true),
      ("--format=", false), ("-e", false), ("-o", true),
    ])
  func longArguments(_ start: String, _ isRight: Bool) {
    let argument = start + String(repeating: "v", count: 1_000_000)
    if case .run = parseArguments(["grad", "m.bp", argument], isTerminal: true) {
      #expect(isRight)
    } else {
      #expect(!isRight)
    }
  }

  /// Bytes that are no UTF-8, as the process hands them on, are a name like any other.
  @Test func invalidUTF8() {
    let broken = String(decoding: [0x2D, 0xFF, 0xFE], as: UTF8.self)
    #expect(usageError(["eval", "a", broken]) == "Error: Unknown option '-\u{FFFD}'")
    let file = String(decoding: [0xFF, 0x2E], as: UTF8.self)
    guard case .run(.eval(let found)) = parseArguments([file], isTerminal: true) else {
      Issue.record("the file is not understood")
      return
    }
    #expect(found.source == .input(.file(file)))
  }

  /// A mark that joins the character before it is no way around the dashes and equals signs.
  @Test func combiningMarks() {
    #expect(usageError(["eval", "-\u{301}"]) == "Error: Unknown option '-\u{301}'")
    #expect(usageError(["eval", "--\u{301}all"]) == "Error: Unknown option '--\u{301}all'")
    let value = "--format=\u{301}json"
    let error = usageError(["eval", "a", value])
    #expect(error.hasPrefix("Error: The value '\u{301}json' is invalid"))
  }

  /// Whatever the pieces are, there is an answer, and errors have their form.
  @Test func randomArguments() {
    var generator = SeededGenerator(seed: 11)
    let pieces = [
      "-", "--", "=", "eval", "grad", "help", "check", "format", "json", "e", "o", "q", "v", "x",
      "1", ".", "/", ",", " ", "\u{301}", "\u{FFFD}", "\u{0}", "\r\n", "🙂", "wrt", "show", "ir",
    ]
    var kinds: Set<Int> = []
    for _ in 0..<20_000 {
      let arguments = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        (0..<Int.random(in: 0...4, using: &generator))
          .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      }
      switch parseArguments(arguments, isTerminal: Bool.random(using: &generator)) {
      case .run: kinds.insert(0)
      case .print(let text):
        kinds.insert(1)
        #expect(text.last == "\n")
      case .usageError(let text):
        kinds.insert(2)
        #expect(text.hasPrefix("Error: ") && text.hasSuffix(" for more information.\n"))
        #expect(text.contains("\nUsage: bpc "))
      }
    }
    #expect(kinds == [0, 1, 2])
  }
}
