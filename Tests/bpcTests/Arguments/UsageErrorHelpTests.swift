import Testing

@testable import bpc

/// What is said about an argument that is there but wrong, or missing, with what it is for.
struct UsageErrorHelpTests {
  /// The errors that repeat the help of the argument.
  @Test(arguments: [
    (
      "eval", "Missing expected argument '<file>'",
      "<file>  The program's file, or '-' for standard input."
    ),
    (
      "eval a --format", "Missing value for '--format <format>'",
      "--format <format>  The form of the result."
    ),
    (
      "eval a --format=", "Missing value for '--format <format>'",
      "--format <format>  The form of the result."
    ),
    (
      "eval a --format --all", "Missing value for '--format <format>'",
      "--format <format>  The form of the result."
    ),
    (
      "grad a -o", "Missing value for '-o <file>'",
      "-o <file>  The file to write to, or '-' for standard output."
    ),
    (
      "eval -e -x", "Missing value for '-e <expression>'",
      """
      -e <expression>  An expression to use in place of a file.
             A value that starts with '-' is written after '--expression='.
      """
    ),
    (
      "eval a --format xml",
      "The value 'xml' is invalid for '--format <format>'. "
        + "Please provide one of 'text', 'json', 'csv' or 'npy'.",
      "--format <format>  The form of the result."
    ),
    (
      "grad a --format jsn",
      "The value 'jsn' is invalid for '--format <format>'. Did you mean 'json'? "
        + "Please provide one of 'text', 'json' or 'csv'.",
      "--format <format>  The form of the result."
    ),
    (
      "grad a --show foo",
      """
      The value 'foo' is invalid for '--show <stage>'. Please provide one of the following:
        - tokens
        - syntax
        - ir
        - optimized
        - gradient
        - bytecode
        - swift
        - cost
      """, "--show <stage>  A stage of the compilation to print."
    ),
    (
      "grad a --wrt a,,b", "The value 'a,,b' is invalid for '--wrt <names>'",
      "--wrt <names>  The names to differentiate with respect to, separated by commas."
    ),
    (
      "help evl", "Unknown topic 'evl'. Did you mean 'eval'?",
      "<topic>  A command, an error code like BP0012, 'functions' or 'operations'."
    ),
    (
      "help BP123", "Unknown topic 'BP123'",
      "<topic>  A command, an error code like BP0012, 'functions' or 'operations'."
    ),
  ])
  func messageWithHelp(_ line: String, _ message: String, _ help: String) {
    #expect(usageError(line) == "Error: \(message)\nHelp:  \(help)")
  }
}
