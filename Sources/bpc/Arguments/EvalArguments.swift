import BPInterp

/// What `bpc eval` is asked to do.
struct EvalArguments: RunsProgram, Equatable, Sendable {
  /// What is said about the program and the run.
  let program: ProgramArguments
  /// The form of the result.
  let format: OutputFormat
  /// Where the results go.
  let output: OutputDestination
  /// How many bits numbers have.
  let precision: Precision
  /// Whether every named value is printed.
  let printsAll: Bool

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    program = try ProgramArguments(arguments)
    format = arguments.word("format") ?? .text
    printsAll = arguments.has("all")
    output = OutputDestination(argument: arguments.value("output"))
    precision = arguments.word("precision") ?? .float64
  }
}
