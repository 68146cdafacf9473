import Testing

@testable import bpc

/// What is said about an argument that is there but wrong, or missing, with what it is for.
struct UsageErrorHelpTests {
  /// The errors that repeat the help of the argument.
  @Test(arguments: [
    (
      "eval", "Missing expected argument '<file>'",
      """
      <file>  The program's file, or '-' for standard input.
             An expression in its place follows -e.
      """
    ),
    (
      "sigmoid(1)", "Unknown subcommand 'sigmoid(1)'",
      "An expression follows -e: bpc -e 'sigmoid(1)'"
    ),
    (
      "grad a b = 1", "3 unexpected arguments: 'b', '=', '1'",
      "A value is bound without blanks around '=', as in a=1."
    ),
    (
      "grad a b= 1", "Unexpected argument '1'",
      "A value is bound without blanks around '=', as in a=1."
    ),
    ("grad a b:1", "Unexpected argument 'b:1'", "A value is bound with '=': b=1"),
    (
      "train a --epochs -1",
      "The value '-1' is invalid for '--epochs <count>'. "
        + "Please provide a whole number from 0 on, such as 100 or 1e4.",
      "--epochs <count>  How often to go through the data, with what was resumed; else 1000."
    ),
    (
      "plot a --points 0",
      "The value '0' is invalid for '--points <count>'. "
        + "Please provide a whole number from 1 on, such as 100 or 1e4.",
      "--points <count>  In how many points of each range the program is run."
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
      "grad a --wrt a,,b",
      "The value 'a,,b' is invalid for '--wrt <names>'. "
        + "Please provide names with commas between them, such as 'a,b'.",
      "--wrt <names>  The names to differentiate with respect to, separated by commas."
    ),
    (
      "help evl", "Unknown topic 'evl'. Did you mean 'eval'?",
      "<topic>  A command, an error code like BP0012, a function like sigmoid, 'functions', 'operations', "
        + "or a part of the language: statements, names, numbers, operators, conditionals, loops, arrays, "
        + "indices, definitions, derivatives, data."
    ),
    (
      "help BP123", "Unknown topic 'BP123'",
      "<topic>  A command, an error code like BP0012, a function like sigmoid, 'functions', 'operations', "
        + "or a part of the language: statements, names, numbers, operators, conditionals, loops, arrays, "
        + "indices, definitions, derivatives, data."
    ),
  ])
  func messageWithHelp(_ line: String, _ message: String, _ help: String) {
    #expect(usageError(line) == "Error: \(message)\nHelp:  \(help)")
  }
}
