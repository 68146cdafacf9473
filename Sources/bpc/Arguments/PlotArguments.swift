/// What `bpc plot` is asked to do.
struct PlotArguments: Equatable, Sendable {
  /// The program.
  let source: SourceArgument
  /// The values of its free names, and the ranges of those that are plotted over.
  let bindings: [Binding]
  /// The files that values come from.
  let data: DataArguments
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
  /// What a run may take.
  let limits: LimitArguments
  /// Whether unstable spellings are replaced.
  let rewrites: Bool
  /// How much is said.
  let verbosity: Verbosity
  /// When colors are used.
  let color: ColorChoice

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    source = try SourceArgument(arguments)
    bindings = arguments.bindings
    data = DataArguments(arguments)
    of = arguments.names("of")
    hasGradient = arguments.has("with-gradient")
    pointCount = arguments.value("points").flatMap(Int.init)
    range = arguments.value("range")
    let file = arguments.value("output")
    let isPicture = file.map { $0.lowercased().hasSuffix(".svg") } ?? false
    format = arguments.word("format") ?? (isPicture ? .svg : .text)
    output = OutputDestination(argument: file)
    limits = LimitArguments(arguments)
    rewrites = !arguments.has("no-rewrite")
    verbosity = Verbosity(arguments)
    color = arguments.word("color") ?? .auto
  }
}

/// The form of a plot.
enum PlotFormat: String, CaseIterable, Sendable {
  /// Dots for a terminal.
  case text
  /// A picture.
  case svg
}
