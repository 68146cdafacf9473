extension Graph {
  /// The graph as a list of its nodes for a terminal, each with its value and derivative.
  var text: String {
    let rows = nodes.map { node in
      let count = node.operationCount > 1 ? "  (\(node.operationCount) operations)" : ""
      return [
        node.title.shortened(to: 60) + count, node.value.text.shortened(to: 40),
        (node.gradient?.text ?? "").shortened(to: 40),
      ]
    }
    let table = [["", "data", "grad"]] + rows
    let widths = (0..<3).map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : blanks + cell
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  /// The graph for Graphviz, with records and operations as micrograd draws them.
  func dot(title: String) -> String {
    var text = "digraph \(title.dotString) {\n  rankdir=LR;\n  node [fontname=\"monospace\"];\n"
    for (index, node) in nodes.enumerated() {
      let cells =
        [node.name, "data \(node.value.text)"] + (node.gradient.map { ["grad \($0.text)"] } ?? [])
      let label = cells.map(\.dotField).joined(separator: " | ")
      text += "  n\(index) [shape=record, label=\"{ \(label) }\"];\n"
      guard !node.expression.isEmpty else { continue }
      text += "  op\(index) [label=\(node.expression.dotString)];\n  op\(index) -> n\(index);\n"
    }
    for edge in edges {
      let tip = edge.partials.joined(separator: "\n")
      let tooltip = tip.isEmpty ? "" : " [tooltip=\(tip.dotString)]"
      let target = nodes[edge.to].expression.isEmpty ? "n" : "op"
      text += "  n\(edge.from) -> \(target)\(edge.to)\(tooltip);\n"
    }
    return text + "}\n"
  }

  /// The most edges that hosts of Mermaid draw unless they are told otherwise.
  static let mermaidEdges = 500
  /// The longest text that they take.
  static let mermaidCharacters = 50_000

  /// The graph for Mermaid, which many hosts draw in Markdown.
  var mermaid: String {
    var text = "flowchart LR\n"
    for (index, node) in nodes.enumerated() {
      let lines =
        [node.title, "data \(node.value.text)"] + (node.gradient.map { ["grad \($0.text)"] } ?? [])
      let label = lines.map(\.mermaid).joined(separator: "<br/>")
      let (open, close) = node.kind == .leaf ? ("([", "])") : ("[", "]")
      text += "  n\(index)\(open)\"\(label)\"\(close)\n"
    }
    for edge in edges { text += "  n\(edge.from) --> n\(edge.to)\n" }
    return text
  }
}

extension String {
  /// The text between quotes for Graphviz.
  fileprivate var dotString: String {
    "\""
      + reduce(into: "") { text, character in
        text +=
          character == "\"" || character == "\\"
          ? "\\\(character)" : character == "\n" ? "\\n" : "\(character)"
      } + "\""
  }

  /// The text in a field of a record.
  fileprivate var dotField: String {
    reduce(into: "") { text, character in
      text += "\"\\{}|<>".contains(character) ? "\\\(character)" : "\(character)"
    }
  }

  /// The text in a label of Mermaid, which has codes for what means something to it.
  fileprivate var mermaid: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if "\"#&<>;`\\".unicodeScalars.contains(scalar) {
        text += "#\(scalar.value);"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}
