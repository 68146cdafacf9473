/// A graph as a picture.
struct GraphSVG {
  private let graph: Graph
  private let layout: LayeredLayout
  private let sizes: [LayeredLayout.Size]

  private static let margin = 10.0
  private static let characterWidth = 7.85
  private static let lineHeight = 17.0
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
  private static func lines(_ node: Graph.Node) -> [String] {
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

  // MARK: - Parts

  private func edge(_ index: Int) -> String {
    let edge = graph.edges[index]
    let title =
      edge.partials.isEmpty ? "" : "<title>\(edge.partials.joined(separator: "\n").xml)</title>"
    let end = edge.isBackward ? "marker-start" : "marker-end"
    let dashes = edge.isBackward ? " stroke-dasharray=\"5 4\"" : ""
    return """
      <path class="edge" id="e\(index)" d="\(path(layout.ways[index]))" fill="none" stroke="currentColor" \
      stroke-opacity="0.55" stroke-width="1.2"\(dashes) \(end)="url(#arrow)">\(title)</path>

      """
  }

  /// Returns the line through `way`: straight in the layers, curved between them.
  private func path(_ way: [LayeredLayout.Point]) -> String {
    guard let start = way.first else { return "" }
    var text = "M\(start.x.short) \(start.y.short)"
    for (number, (a, b)) in zip(way, way.dropFirst()).enumerated() {
      // So short a line, once its ends are rounded, would turn the arrow.
      if number % 2 == 0, b.x - a.x < 1 { continue }
      let middle = ((a.x + b.x) / 2).short
      text +=
        number % 2 == 0
        ? "H\(b.x.short)"
        : "C\(middle) \(a.y.short) \(middle) \(b.y.short) \(b.x.short) \(b.y.short)"
    }
    return text
  }

  private func node(_ index: Int) -> String {
    let (node, size, center) = (graph.nodes[index], sizes[index], layout.centers[index])
    let (left, top) = (center.x - size.width / 2, center.y - size.height / 2)
    let dashes = node.kind == .leaf ? " stroke-dasharray=\"4 3\"" : ""
    let thickness = node.kind == .result ? "2.2" : "1.2"
    let rectangle = """
      <rect x="\(left.short)" y="\(top.short)" width="\(size.width.short)" height="\(size.height.short)" \
      rx="\(node.kind == .leaf ? 12 : 4)" fill="none" stroke="currentColor" \
      stroke-width="\(thickness)"\(dashes) pointer-events="all"/>
      """
    return "<g class=\"node \(node.kind.rawValue)\" id=\"n\(index)\">"
      + "<title>\(node.details.xml)</title>\(rectangle)"
      + texts(node, x: center.x, top: top) + "</g>\n"
  }

  private func texts(_ node: Graph.Node, x: Double, top: Double) -> String {
    let classes = ["name", "data", "grad"]
    let colors = ["currentColor", "#116329", "#c01c28"]
    return GraphSVG.lines(node).enumerated().map { number, line in
      let y = top + 17.5 + Double(number) * GraphSVG.lineHeight
      let label = number == 0 ? "" : line.prefix(5)
      let text = number == 0 ? line[...] : line.dropFirst(5)
      return """
        <text x="\(x.short)" y="\(y.short)" text-anchor="middle" fill="\(colors[number])" \
        class="\(classes[number])">\(label)<tspan>\(String(text).xml)</tspan></text>
        """
    }.joined()
  }
}

extension Graph.Node {
  /// What the box says, with all digits.
  fileprivate var details: String {
    "\(title)\ndata \(value.text)" + (gradient.map { "\ngrad \($0.text)" } ?? "")
  }
}

extension Double {
  /// The number with at most one digit after the point, for pictures.
  var short: String {
    let tenths = (10 * self).rounded()
    guard tenths.magnitude < 1e15 else { return "0" }
    let whole = Int(tenths)
    let sign = whole < 0 ? "-" : ""
    let rest = whole.magnitude % 10
    return "\(sign)\(whole.magnitude / 10)" + (rest == 0 ? "" : ".\(rest)")
  }
}

extension String {
  /// The text in XML, without what no document may have.
  var xml: String {
    guard utf8.contains(where: \.needsCare) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\n", "\t": text.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension UInt8 {
  /// Whether the byte may be part of what XML writes in another way.
  fileprivate var needsCare: Bool {
    switch self {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), 0xEF: true
    default: self < 0x20
    }
  }
}
