import BPInterp

/// What `bpc eval` is asked to do.
struct EvalArguments: Equatable, Sendable {
  /// The program.
  let source: SourceArgument
  /// The values of its free names.
  let bindings: [Binding]
  /// The form of the result.
  let format: OutputFormat
  /// The files that values come from.
  let data: DataArguments
  /// Where the results go.
  let output: OutputDestination
  /// How many bits numbers have.
  let precision: Precision
  /// What a run may take.
  let limits: LimitArguments
  /// Whether every named value is printed.
  let printsAll: Bool
  /// Whether unstable spellings are replaced.
  let rewrites: Bool
  /// Whether a word is said about what is not finite.
  let blames: Bool
  /// How much is said.
  let verbosity: Verbosity
  /// When colors are used.
  let color: ColorChoice

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    source = try SourceArgument(arguments)
    bindings = arguments.bindings
    format = arguments.word("format") ?? .text
    printsAll = arguments.has("all")
    data = DataArguments(arguments)
    output = OutputDestination(argument: arguments.value("output"))
    precision = arguments.word("precision") ?? .float64
    limits = LimitArguments(arguments)
    rewrites = !arguments.has("no-rewrite")
    blames = !arguments.has("no-blame")
    verbosity = Verbosity(arguments)
    color = arguments.word("color") ?? .auto
  }
}
