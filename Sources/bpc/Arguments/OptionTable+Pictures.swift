extension OptionDescription {
  /// How much one node stands for.
  static let collapse = OptionDescription(
    name: "collapse",
    help: "Whether a node is an operation or a line of the program; auto: a line in large graphs.",
    value: .words("what", GraphCollapse.allCases))

  /// When a graph is large.
  static let maxNodes = OptionDescription(
    name: "max-nodes", help: "The most nodes that are drawn one by one.",
    value: Value(
      name: "count", kind: .count, defaultText: "\(GraphArguments.defaultMaxNodes)"))

  /// The form of a graph.
  static let graphFormat = OptionDescription(
    name: "format", help: "The form of the picture, if the file's name does not tell it.",
    value: .words("format", GraphFormat.allCases))
}
