import Testing

@testable import bpc

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What is known about the terminal.
struct ColorChoiceTests {
  /// The decision for each choice, stream and environment.
  @Test(arguments: [
    (ColorChoice.auto, true, [:], true),
    (.auto, false, [:], false),
    (.auto, true, ["TERM": "xterm"], true),
    (.auto, true, ["TERM": "dumb"], false),
    (.auto, true, ["NO_COLOR": "1"], false),
    (.auto, true, ["NO_COLOR": ""], true),
    (.auto, false, ["FORCE_COLOR": "1"], true),
    (.auto, false, ["FORCE_COLOR": "0"], false),
    (.auto, false, ["FORCE_COLOR": ""], false),
    (.auto, false, ["CLICOLOR_FORCE": "1"], true),
    (.auto, false, ["CLICOLOR_FORCE": "0"], false),
    (.auto, true, ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
    (.auto, false, ["TERM": "dumb", "FORCE_COLOR": "1"], true),
    (.always, false, ["NO_COLOR": "1", "TERM": "dumb"], true),
    (.never, true, ["FORCE_COLOR": "1"], false),
  ])
  func decision(
    _ choice: ColorChoice, _ isTerminal: Bool, _ environment: [String: String], _ expected: Bool
  ) {
    #expect(choice.usesColor(isTerminal: isTerminal) { environment[$0] } == expected)
  }

  /// The width of something that is no terminal comes from the environment.
  @Test(arguments: [
    (nil, 80), ("120", 120), ("1", 1), ("0", 80), ("-5", 80), ("", 80), ("wide", 80),
    ("99999999999999999999", 80),
  ])
  func widthWithoutTerminal(_ columns: String?, _ expected: Int) {
    let width = terminalWidth(of: -1) { $0 == "COLUMNS" ? columns : "7" }
    #expect(width == expected)
  }

  #if os(Linux)
    /// The width of a terminal is its own, and it is known to be one.
    @Test func widthOfTerminal() throws {
      let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      try #require(terminal >= 0)
      defer { close(terminal) }
      var size = winsize(ws_row: 40, ws_col: 123, ws_xpixel: 0, ws_ypixel: 0)
      try #require(ioctl(terminal, numericCast(TIOCSWINSZ), &size) == 0)
      #expect(terminalWidth(of: terminal) { _ in "99" } == 123)
      #expect(isTerminal(terminal))
      #expect(ColorChoice.always.usesColor(on: terminal))
      #expect(!ColorChoice.never.usesColor(on: terminal))
    }
  #endif

  /// A file is no terminal.
  @Test func files() {
    let directory = TemporaryDirectory()
    let descriptor = open(directory.file("file"), O_RDONLY)
    defer { close(descriptor) }
    #expect(!isTerminal(descriptor))
    #expect(!isTerminal(-1))
  }

  /// Variables of the environment are found, and others are not.
  @Test func environment() {
    #expect(environmentVariable("PATH")?.isEmpty == false)
    #expect(environmentVariable("BPC_NO_SUCH_VARIABLE") == nil)
  }
}
