import BPInterp
import BackpropCompiler

/// What `bpc explain` is asked to do.
struct ExplainArguments: RunsProgram, Equatable, Sendable {
  /// What is said about the program and the run.
  let program: ProgramArguments
  /// The name that is differentiated, or nil for the program's result.
  let of: String?
  /// The names that it is differentiated with respect to, or none for all.
  let wrt: [String]
  /// The number of the row of the data that is shown, or nil for the first.
  let row: Int?
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
  /// Whether kinks are listed.
  let traces: Bool

  /// The form of a page for people.
  enum PageFormat: String, CaseIterable, Sendable {
    /// For a terminal.
    case text
    /// For a page in Markdown.
    case markdown
    /// For a paper.
    case latex

    /// The forms of files.
    static let forms = FileForms<PageFormat>(endings: [
      ("md", .markdown), ("tex", .latex), ("txt", .text), ("markdown", .markdown),
      ("latex", .latex),
    ])
  }

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    program = try ProgramArguments(arguments)
    of = arguments.value("of")
    wrt = arguments.names("wrt")
    row = arguments.count("row")
    rate = arguments.value("rate").flatMap(Double.init)
    if let rate, rate <= 0 {
      throw UsageError(
        message: "The value of '--rate' is above 0; a step up is one with '--maximize'.")
    }
    maximizes = arguments.has("maximize")
    elements = arguments.values("element")
    format = try PageFormat.forms.form(arguments) ?? .text
    output = OutputDestination(argument: arguments.value("output"))
    precision = arguments.word("precision") ?? .float64
    traces = arguments.has("trace")
  }
}
