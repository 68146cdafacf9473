import Testing

@testable import bpc

/// What is said about arguments that make no sense.
struct UsageErrorTests {
  /// The whole text of an error, as swift-argument-parser lays it out.
  @Test func layout() {
    #expect(
      parse("check")
        == .usageError(
          """
          Error: Missing expected argument '<file> ...'
          Help:  <file>  A program's file, or '-' for standard input.
          Usage: bpc check <file> ... [--verbose] [--quiet] [--color <color>]
            See 'bpc check --help' for more information.

          """))
  }

  /// An error before any command shows the usage of the tool.
  @Test func layoutWithoutCommand() {
    #expect(
      parse("evl a")
        == .usageError(
          """
          Error: Unknown subcommand 'evl'. Did you mean 'eval'?
          Usage: bpc <subcommand>
            See 'bpc --help' for more information.

          """))
  }

  /// The errors that have one line.
  @Test(arguments: [
    ("eval a b", "Unexpected argument 'b'"),
    ("eval a b c", "2 unexpected arguments: 'b', 'c'"),
    ("eval a -1", "Unexpected argument '-1'"),
    ("repl x=1", "Unexpected argument 'x=1'"),
    ("eval a --frmat json", "Unknown option '--frmat'. Did you mean '--format'?"),
    ("eval a --frmat=json", "Unknown option '--frmat'. Did you mean '--format'?"),
    ("--frmat json", "Unknown option '--frmat'. Did you mean '--format'?"),
    ("--helpp", "Unknown option '--helpp'. Did you mean '--help'?"),
    ("eval a --zzzzzz", "Unknown option '--zzzzzz'"),
    ("eval a --nox-qqqq", "Unknown option '--nox-qqqq'"),
    ("eval a -z", "Unknown option '-z'"),
    ("eval a -qz", "Unknown option '-z'"),
    ("eval a -all", "Unknown option '-all'. Did you mean '--all'?"),
    ("-format=json", "Unknown option '-format=json'. Did you mean '--format'?"),
    ("eval a --all=x", "The option '--all' does not take any value, but 'x' was specified."),
    ("eval -q=1 a", "The option '-q' does not take any value, but '1' was specified."),
    (
      "eval a --format json --format json",
      "The option '--format <format>' was given more than once."
    ),
    ("eval -e x -ey", "The option '-e <expression>' was given more than once."),
    ("eval a x=1 y=2 x=1", "The value of 'x' was given more than once."),
    ("eval a -vq", "The options '--verbose' and '--quiet' exclude each other."),
    (
      "grad a --emit-ir --emit-swift",
      "The options '--emit-swift' and '--emit-ir' exclude each other."
    ),
    ("grad a --emit-ir --check", "The options '--emit-ir' and '--check' exclude each other."),
    (
      "grad a --emit-swift --format text",
      "The options '--emit-swift' and '--format <format>' exclude each other."
    ),
    ("grad a --name M", "The option '--name <name>' needs '--emit-swift' or '--show <stage>'."),
    ("grad a --folder .", "The option '--folder <folder>' needs '--emit-swift'."),
    ("grad a --beside b.bp", "The option '--beside <file>' needs '--folder <folder>'."),
    (
      "eval -e x y",
      "The argument 'y' and the option '--expression <expression>' exclude each other."
    ),
    ("nonsense", "Unknown subcommand 'nonsense'"),
    ("train a --lr 1", "Unknown option '--lr'. Did you mean '--rate'?"),
    ("train a --learning-rate=1", "Unknown option '--learning-rate'. Did you mean '--rate'?"),
    ("explain a --lr 1", "Unknown option '--lr'. Did you mean '--rate'?"),
    ("train a --optimizer adam", "Unknown option '--optimizer'. Did you mean '--method'?"),
    ("train a --iterations 9", "Unknown option '--iterations'. Did you mean '--epochs'?"),
    ("train a --steps 9", "Unknown option '--steps'. Did you mean '--epochs'?"),
    ("eval a --output-file b", "Unknown option '--output-file'. Did you mean '--output'?"),
    (
      "explain a --rate -1", "The value of '--rate' is above 0; a step up is one with '--maximize'."
    ),
    ("explain a --rate 0", "The value of '--rate' is above 0; a step up is one with '--maximize'."),
    (
      "train a --epochs 9007199254740993",
      "The value of '--epochs' is at most 2^53, 9007199254740992: a training counts in numbers of "
        + "Float64, which has every whole number only up to there."
    ),
  ])
  func message(_ line: String, _ message: String) {
    #expect(usageError(line) == "Error: \(message)")
  }

  /// Of many mistakes, the first is reported.
  @Test func firstMistake() {
    #expect(usageError("eval a --one --two b c") == "Error: Unknown option '--one'")
  }

  /// A text cannot steer the terminal, and an empty one is shown as such.
  @Test func strangeTexts() {
    #expect(usageError(["\u{1B}[31m\n"]) == "Error: Unknown subcommand '\\u{1B}[31m\\u{A}'")
    #expect(usageError([""]) == "Error: Unknown subcommand ''")
    #expect(usageError(["eval", ""]).hasPrefix("Error: The value '' is invalid for '<file>'"))
    #expect(usageError(["grad", "a", "-o", ""]).hasPrefix("Error: The value '' is invalid"))
  }
}
