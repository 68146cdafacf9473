extension OptionDescription {
  /// One row of data.
  static let row = OptionDescription(
    name: "row", help: "Which row of the data is shown; else the first.",
    value: Value(name: "number", kind: .count), needs: ["data", "params"])

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

  /// How long numbers are.
  static let digits = OptionDescription(
    name: "digits", help: "How many digits numbers have in the boxes of SVG and HTML.",
    value: Value(name: "count", kind: .count, defaultText: "\(GraphArguments.defaultDigits)"))

  /// The form of a graph.
  static let graphFormat = OptionDescription(
    name: "format", help: "The form of the picture, if the file's name does not tell it.",
    value: .words("format", GraphFormat.allCases))

  /// What is plotted.
  static let plotted = OptionDescription(
    name: "of", help: "The names to plot, separated by commas, if they are not the results.",
    value: Value(name: "names", kind: .names), isRepeatable: true)

  /// Derivatives beside values.
  static let withGradient = OptionDescription(
    name: "with-gradient", help: "Plot the derivatives, too.")

  /// How many points.
  static let points = OptionDescription(
    name: "points", help: "In how many points of each range the program is run.",
    value: Value(name: "count", kind: .count))

  /// What is shown of the values.
  static let range = OptionDescription(
    name: "range", help: "The values that are shown, such as -2..2; else all.",
    value: Value(name: "range", kind: .text))

  /// The form of a plot.
  static let plotFormat = OptionDescription(
    name: "format", help: "The form of the plot, if the file's name does not tell it.",
    value: .words("format", PlotFormat.allCases))
}
