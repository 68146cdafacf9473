import Testing

@testable import bpc

/// The help of the commands.
struct CommandHelpTests {
  /// The help of the tool.
  @Test func helpOfTheTool() {
    #expect(
      printed("--help") == """
        OVERVIEW: A compiler for differentiable expressions.

        Without arguments, bpc starts an interactive session on a terminal and runs a
        script from a pipe. 'bpc model.bp' is short for 'bpc eval model.bp'.

        USAGE: bpc <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          eval                    Evaluate a program and print its result.
          grad                    Differentiate a program and print its gradient.
          explain                 Show the chain rule step by step, with numbers.
          graph                   Draw what is computed of what, with values and
                                  derivatives.
          plot                    Plot values over a variable, or the levels of one over
                                  two.
          train                   Move parameters to where the result is small.
          check                   Report the errors of programs without running them.
          repl                    Start an interactive session.
          help                    Explain a command, an error code or a part of the
                                  language.

          See 'bpc help <subcommand>' for detailed help.

        """)
  }

  /// The help of a command, with a label that is too long for its column.
  @Test func helpOfEval() {
    #expect(
      printed("eval --help") == """
        OVERVIEW: Evaluate a program and print its result.

        USAGE: bpc eval [<options>] [<file>] [<name=value> ...]

        ARGUMENTS:
          <file>                  The program's file, or '-' for standard input.
          <name=value>            A value for a name of the program.

        OPTIONS:
          -e, --expression <expression>
                                  An expression to use in place of a file.
          --data <file>           A CSV or JSON file that has values of the program's
                                  names.
          --params <file>         A JSON file of parameters, which count more than
                                  --data.
          --format <format>       The form of the result. (values: text, json, csv, npy;
                                  default: text)
          --all                   Print every named value, not only the result, and
                                  large arrays whole.
          -o, --output <file>     The file to write to, or '-' for standard output.
          --precision <precision> The numbers that the program computes with. (values:
                                  float64, float32; default: float64)
          --max-steps <count>     The most turns that the loops of a run take together.
                                  (default: 1000000000)
          --memory <size>         The most bytes that a run holds, such as 64M; else
                                  half of what there is.
          --no-rewrite            Keep numerically unstable spellings as they are
                                  written.
          --no-blame              Say nothing about where NaN and infinities come from.
          -v, --verbose           Report what is done.
          -q, --quiet             Print only results and errors.
          --color <color>         When to use color. (values: auto, always, never;
                                  default: auto)
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }

  /// A command with many options shows a short synopsis.
  @Test func usageOfManyOptions() {
    let usage = "\nUSAGE: bpc grad [<options>] [<file>] [<name=value> ...]\n"
    #expect(printed("grad --help").contains(usage))
    #expect(printed("help --help").contains("\nUSAGE: bpc help [<topic>]\n"))
  }

  /// Help is given wherever it is asked for, even after mistakes.
  @Test(arguments: [
    "help eval", "eval -h", "eval a --help", "--help eval", "eval --frmat x --help",
    "eval a b -h c", "eval -e --help", "eval -vqh",
  ])
  func requests(_ line: String) {
    #expect(printed(line) == printed("eval --help"))
  }

  /// After two dashes, help is a file.
  @Test func noRequest() {
    #expect(eval("eval -- --help")?.source == .input(.file("--help")))
  }

  /// The version stands alone.
  @Test(arguments: ["--version", "eval --version", "grad a --version x", "--version eval"])
  func version(_ line: String) {
    #expect(printed(line) == "0.1.0\n")
  }

  /// No line of the options is longer than the width, as far as that is reasonable.
  @Test(arguments: [-1, 0, 10, 46, 60, 80, 100, 200, .max])
  func widths(_ width: Int) {
    guard case .print(let text) = parseArguments(["grad", "-h"], isTerminal: true, width: width)
    else {
      Issue.record("no help")
      return
    }
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("USAGE: ") }
    #expect(lines.allSatisfy { $0.count <= max(46, width) })
    #expect(lines.count > 20)
  }

  /// Text is wrapped at blanks only, and empty lines stay.
  @Test func wrapping() {
    #expect(wrap("one two three", width: 7) == "one two\nthree")
    #expect(wrap("one two three", width: 6) == "one\ntwo\nthree")
    #expect(wrap("incomprehensible words", width: 4) == "incomprehensible\nwords")
    #expect(wrap("a\n\nb c", width: 4, indentation: 2) == "  a\n\n  b\n  c")
    #expect(wrap("", width: 4, indentation: 2) == "")
  }
}
