/// What `bpc graph` is asked to do.
struct GraphArguments: Equatable, Sendable {
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
  /// How much of the graph one node stands for.
  let collapse: GraphCollapse
  /// The most nodes that are drawn one by one.
  let maxNodes: Int
  /// The form of the picture.
  let format: GraphFormat
  /// Where it goes.
  let output: OutputDestination
  /// What a run may take.
  let limits: LimitArguments
  /// Whether unstable spellings are replaced.
  let rewrites: Bool
  /// Whether a word is said about what is not finite.
  let blames: Bool
  /// How much is said.
  let verbosity: Verbosity
  /// When colors are used.
  let color: ColorChoice

  /// How many nodes are drawn one by one unless something else is asked for.
  static let defaultMaxNodes = 200

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    source = try SourceArgument(arguments)
    bindings = arguments.bindings
    data = DataArguments(arguments)
    of = arguments.value("of")
    wrt = arguments.names("wrt")
    collapse = arguments.word("collapse") ?? .auto
    maxNodes = arguments.value("max-nodes").flatMap(Int.init) ?? GraphArguments.defaultMaxNodes
    let file = arguments.value("output")
    format = arguments.word("format") ?? file.flatMap(GraphFormat.init(path:)) ?? .text
    output = OutputDestination(argument: file)
    limits = LimitArguments(arguments)
    rewrites = !arguments.has("no-rewrite")
    blames = !arguments.has("no-blame")
    verbosity = Verbosity(arguments)
    color = arguments.word("color") ?? .auto
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

  /// Chooses the form by the extension of a file; nil where it tells nothing.
  init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: ".") else { return nil }
    let forms: [String: GraphFormat] = [
      "svg": .svg, "html": .html, "htm": .html, "dot": .dot, "gv": .dot, "mmd": .mermaid,
      "mermaid": .mermaid, "txt": .text,
    ]
    guard let form = forms[name[name.index(after: point)...].lowercased()] else { return nil }
    self = form
  }
}
