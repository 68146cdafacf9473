import BPInterp
import BackpropCompiler

/// What `bpc explain` is asked to do.
struct ExplainArguments: Equatable, Sendable {
  /// The program.
  let source: SourceArgument
  /// The values of its free names.
  let bindings: [Binding]
  /// The files that values come from.
  let data: DataArguments
  /// The name that is differentiated, or nil for the program's result.
  let of: String?
  /// The names that it is differentiated with respect to, or none for all.
  let wrt: [String]
  /// How far the step goes that follows from the derivatives, if one is wanted.
  let rate: Double?
  /// Whether that step goes up.
  let maximizes: Bool
  /// The elements of arrays whose numbers are shown, as they were typed.
  let elements: [String]
  /// The form of the page.
  let format: PageFormat
  /// Where it goes.
  let output: OutputDestination
  /// How many bits numbers have.
  let precision: Precision
  /// What a run may take.
  let limits: LimitArguments
  /// Whether unstable spellings are replaced.
  let rewrites: Bool
  /// Whether a word is said about what is not finite.
  let blames: Bool
  /// Whether kinks are listed.
  let traces: Bool
  /// How much is said.
  let verbosity: Verbosity
  /// When colors are used.
  let color: ColorChoice

  /// The form of a page for people.
  enum PageFormat: String, CaseIterable, Sendable {
    /// For a terminal.
    case text
    /// For a page in Markdown.
    case markdown
    /// For a paper.
    case latex
  }

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    source = try SourceArgument(arguments)
    bindings = arguments.bindings
    data = DataArguments(arguments)
    of = arguments.value("of")
    wrt = arguments.names("wrt")
    rate = arguments.value("rate").flatMap(Double.init)
    maximizes = arguments.has("maximize")
    elements = arguments.values("element")
    format = arguments.word("format") ?? .text
    output = OutputDestination(argument: arguments.value("output"))
    precision = arguments.word("precision") ?? .float64
    limits = LimitArguments(arguments)
    rewrites = !arguments.has("no-rewrite")
    blames = !arguments.has("no-blame")
    traces = arguments.has("trace")
    verbosity = Verbosity(arguments)
    color = arguments.word("color") ?? .auto
  }
}
