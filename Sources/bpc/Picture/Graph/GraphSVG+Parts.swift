extension GraphSVG {
  func edge(_ index: Int) -> String {
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

  func node(_ index: Int) -> String {
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
