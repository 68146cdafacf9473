/// What `bpc plot` is asked to do.
struct PlotArguments: RunsProgram, Equatable, Sendable {
  /// What is said about the program and the run; of the values of names some are the ranges of what is
  /// plotted over.
  let program: ProgramArguments
  /// The names whose curves are drawn, or none for the program's results.
  let of: [String]
  /// Whether derivatives are drawn, too.
  let hasGradient: Bool
  /// In how many points the program is run along each axis, or nil for what suits the picture.
  let pointCount: Int?
  /// The range of the values that are shown, as it was typed, or nil for all.
  let range: String?
  /// The form of the picture.
  let format: PlotFormat
  /// Where it goes.
  let output: OutputDestination

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    program = try ProgramArguments(arguments)
    of = arguments.names("of")
    hasGradient = arguments.has("with-gradient")
    pointCount = arguments.count("points")
    range = arguments.value("range")
    format = try PlotFormat.forms.form(arguments) ?? .text
    output = OutputDestination(argument: arguments.value("output"))
  }
}

/// The form of a plot.
enum PlotFormat: String, CaseIterable, Sendable {
  /// Dots for a terminal.
  case text
  /// A picture.
  case svg

  /// The forms of files.
  static let forms = FileForms<PlotFormat>(endings: [("svg", .svg), ("txt", .text)])
}
