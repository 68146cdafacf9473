import BPLexer

extension Graph {
  /// Returns the graph with one node for each line of the source, which takes the place of the nodes of its
  /// operations; what is given stays.
  func collapsed(_ source: Source) -> Graph {
    var lines = LineCollapse(graph: self, source: source)
    // What is given comes first, wherever it is made.
    for (place, node) in nodes.enumerated() where node.line == nil { lines.add(node, place) }
    for (place, node) in nodes.enumerated() where node.line != nil { lines.add(node, place) }
    for edge in edges { lines.add(edge) }
    return lines.collapsed
  }
}

/// A walk that puts the operations of each line together.
private struct LineCollapse {
  let graph: Graph
  let source: Source
  var collapsed: Graph
  /// The node that stands for each node of the graph.
  private var places: [Int] = []
  private var lines: [Int: Int] = [:]
  private var seen: Set<[Int]> = []

  init(graph: Graph, source: Source) {
    self.graph = graph
    self.source = source
    places = graph.nodes.map { _ in 0 }
    collapsed = Graph()
    collapsed.objective = graph.objective
  }

  /// Adds a node, to that of its line where there is one. What stands is the last value.
  mutating func add(_ node: Graph.Node, _ place: Int) {
    guard let line = node.line else { return append(node, place) }
    guard let known = lines[line] else {
      lines[line] = collapsed.nodes.count
      var node = node
      let text = source.text(source.span(ofLine: line)).trimmed
      node.name = "\(line): \(text)"
      node.expression = ""
      return append(node, place)
    }
    places[place] = known
    collapsed.nodes[known].operationCount += 1
    collapsed.nodes[known].value = node.value
    collapsed.nodes[known].gradient = node.gradient
    collapsed.nodes[known].source = node.source
    if node.kind == .result { collapsed.nodes[known].kind = .result }
  }

  private mutating func append(_ node: Graph.Node, _ place: Int) {
    places[place] = collapsed.nodes.count
    collapsed.nodes.append(node)
  }

  /// Adds an edge, unless it stays in its line or is there already.
  mutating func add(_ edge: Graph.Edge) {
    let (from, to) = (places[edge.from], places[edge.to])
    guard from != to, seen.insert([from, to]).inserted else { return }
    collapsed.edges.append(Graph.Edge(from: from, to: to, isBackward: from > to))
  }
}

extension String {
  /// The text, or its beginning where it is longer than `count` characters.
  func shortened(to count: Int) -> String {
    utf8.count <= count || self.count <= count ? self : String(prefix(count - 1)) + "…"
  }
}
