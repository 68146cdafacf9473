/// A graph as a picture.
struct GraphSVG {
  let graph: Graph
  let layout: LayeredLayout
  let sizes: [LayeredLayout.Size]

  private static let margin = 10.0
  private static let characterWidth = 7.85
  static let lineHeight = 17.0
  /// The most characters of a line in a node.
  private static let longestLine = 44
  /// The most characters of a number or an array.
  static let longestNumber = 34

  /// Lays out `graph`.
  ///
  /// - Parameters:
  ///   - isLive: whether nodes have room for other numbers than theirs.
  ///   - digits: how many digits these have.
  init(_ graph: Graph, isLive: Bool = false, digits: Int = GraphArguments.defaultDigits) {
    self.graph = graph
    sizes = graph.nodes.map { node in
      let lines = GraphSVG.lines(node).map(\.count)
      let room = isLive ? GraphSVG.room(node, digits) : 0
      return LayeredLayout.Size(
        width: Double(max(room, lines.max() ?? 0)) * GraphSVG.characterWidth + 16,
        height: Double(lines.count) * GraphSVG.lineHeight + 10)
    }
    let edges = graph.edges.map {
      $0.isBackward ? (from: $0.to, to: $0.from) : (from: $0.from, to: $0.to)
    }
    let whole = Set(graph.edges.indices.filter { graph.edges[$0].isBackward })
    layout = LayeredLayout(sizes, edges, whole: whole)
  }

  /// The lines of a node.
  static func lines(_ node: Graph.Node) -> [String] {
    let gradient = node.gradient.map { ["grad \($0.rounded.shortened(to: longestNumber))"] } ?? []
    let value = node.value.rounded.shortened(to: longestNumber)
    return [node.title.shortened(to: longestLine), "data \(value)"] + gradient
  }

  /// How many characters the numbers of a node may have, with their labels.
  private static func room(_ node: Graph.Node, _ digits: Int) -> Int {
    // A sign, a point and an exponent.
    let number = min(digits, 17) + 7
    let text = node.value.text
    guard text.first == "[" else { return number + 5 }
    let count = text.utf8.count { $0 == UInt8(ascii: ",") } + 1
    let brackets = text.utf8.count { $0 == UInt8(ascii: "[") }
    return min(count * (number + 2) + brackets, longestNumber) + 5
  }

  /// How the picture looks: light and dark, on a screen and in print.
  static let style = """
    svg.graph{color:#1f2328}
    svg.graph .data{fill:#116329}
    svg.graph .grad{fill:#c01c28}
    @media (prefers-color-scheme:dark){svg.graph{color:#e6edf3}
    svg.graph .data{fill:#56d364}
    svg.graph .grad{fill:#ff8a80}}
    @media print{svg.graph{color:#000}
    svg.graph .data{fill:#116329}
    svg.graph .grad{fill:#c01c28}}
    """

  /// The picture as a file.
  func file(title: String) -> String {
    picture(
      title: title, attributes: " xmlns=\"http://www.w3.org/2000/svg\"",
      style: "\(PicturePage.style)\n\(GraphSVG.style)")
  }

  /// The picture as part of a page that has the style.
  func figure(title: String) -> String { picture(title: title, attributes: "", style: nil) }

  private func picture(title: String, attributes: String, style: String?) -> String {
    let width = layout.size.width + 2 * GraphSVG.margin
    let height = layout.size.height + 2 * GraphSVG.margin
    let box = "\(-GraphSVG.margin) \(-GraphSVG.margin) \(width.short) \(height.short)"
    let head = """
      <svg\(attributes) class="graph" role="img" viewBox="\(box)" width="\(width.short)" \
      height="\(height.short)" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" \
      font-size="13" color="#1f2328" aria-labelledby="graph-title graph-description">
      <title id="graph-title">The graph of \(title.xml)</title>
      <desc id="graph-description">\(description.xml)</desc>

      """
    let rules = style.map { "<style>\n\($0)\n</style>\n\(page)\n" } ?? ""
    return head + rules + marker + graph.edges.indices.map(edge).joined()
      + graph.nodes.indices.map(node).joined() + "</svg>\n"
  }

  private var page: String {
    PicturePage.background(x: -GraphSVG.margin, y: -GraphSVG.margin)
  }

  private var description: String {
    "What is computed of what, from left to right, with each value (data) and the derivative of "
      + "\(graph.objective) by it (grad)."
  }

  private var marker: String {
    """
    <defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" \
    orient="auto-start-reverse"><path d="M0 0.5 8 4 0 7.5z" fill="currentColor"/></marker></defs>

    """
  }
}
