/// What `bpc graph` is asked to do.
struct GraphArguments: RunsProgram, Equatable, Sendable {
  /// What is said about the program and the run.
  let program: ProgramArguments
  /// The name that is differentiated, or nil for the program's result.
  let of: String?
  /// The names that it is differentiated with respect to, or none for all.
  let wrt: [String]
  /// The number of the row of the data that is shown, or nil for the first.
  let row: Int?
  /// How much of the graph one node stands for.
  let collapse: GraphCollapse
  /// The most nodes that are drawn one by one.
  let maxNodes: Int
  /// How many digits numbers have in boxes of pictures.
  let digits: Int
  /// The form of the picture.
  let format: GraphFormat
  /// Where it goes.
  let output: OutputDestination

  /// How many nodes are drawn one by one unless something else is asked for.
  static let defaultMaxNodes = 200
  /// How many digits boxes show unless something else is asked for.
  static let defaultDigits = 6

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    program = try ProgramArguments(arguments)
    of = arguments.value("of")
    wrt = arguments.names("wrt")
    row = arguments.count("row")
    collapse = arguments.word("collapse") ?? .auto
    maxNodes = arguments.count("max-nodes") ?? GraphArguments.defaultMaxNodes
    digits = arguments.count("digits") ?? GraphArguments.defaultDigits
    format = try GraphFormat.forms.form(arguments) ?? .text
    output = OutputDestination(argument: arguments.value("output"))
  }
}

/// The form of a picture of a graph.
enum GraphFormat: String, CaseIterable, Sendable {
  /// A list for a terminal.
  case text
  /// A picture.
  case svg
  /// A page that moves.
  case html
  /// For Graphviz.
  case dot
  /// For Mermaid.
  case mermaid

  /// The forms of files.
  static let forms = FileForms<GraphFormat>(endings: [
    ("svg", .svg), ("html", .html), ("dot", .dot), ("mmd", .mermaid), ("txt", .text),
    ("htm", .html),
    ("gv", .dot), ("mermaid", .mermaid),
  ])
}
