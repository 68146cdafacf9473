/// A network of edges with capacities, and the cheapest way to cut the source off from the sink.
///
/// By blocking flows in layered networks (Dinic: Algorithm for solution of a problem of maximum flow in
/// networks with power estimation, 1970).
struct MinimumCut {
  /// The node that flow comes from.
  let source = 0
  /// The node that flow goes to.
  let sink = 1
  /// The capacity of an edge that is never cut.
  static let unlimited = 1 << 60

  private struct Edge {
    let target: Int
    var capacity: Int
  }

  private var edges: [Edge] = []
  /// For each node its edges; the edge back is the one with the last bit flipped.
  private var outgoing: [[Int]] = [[], []]
  private var layers: [Int] = []
  private var next: [Int] = []

  /// Adds a node and returns it.
  mutating func addNode() -> Int {
    outgoing.append([])
    return outgoing.count - 1
  }

  /// Adds an edge.
  mutating func addEdge(from start: Int, to end: Int, capacity: Int) {
    outgoing[start].append(edges.count)
    edges.append(Edge(target: end, capacity: capacity))
    outgoing[end].append(edges.count)
    edges.append(Edge(target: start, capacity: 0))
  }

  /// Returns for each node whether it stays with the source; of all cheapest cuts the one that leaves
  /// the fewest there.
  mutating func cut() -> [Bool] {
    while findLayers() {
      next = Array(repeating: 0, count: outgoing.count)
      while pushAlongPath() {}
    }
    return layers.map { $0 >= 0 }
  }

  /// Numbers the nodes by their distance from the source, and returns whether the sink has one.
  private mutating func findLayers() -> Bool {
    layers = Array(repeating: -1, count: outgoing.count)
    layers[source] = 0
    var queue = [source]
    var index = 0
    while index < queue.count {
      let node = queue[index]
      index += 1
      for edge in outgoing[node] where edges[edge].capacity > 0 && layers[edges[edge].target] < 0 {
        layers[edges[edge].target] = layers[node] + 1
        queue.append(edges[edge].target)
      }
    }
    return layers[sink] >= 0
  }

  /// Sends what fits along one path through the layers, and returns whether there was one.
  private mutating func pushAlongPath() -> Bool {
    var path: [Int] = []
    var node = source
    while node != sink {
      if let edge = nextEdge(node) {
        path.append(edge)
        node = edges[edge].target
      } else {
        guard let last = path.popLast() else { return false }
        node = edges[last ^ 1].target
        next[node] += 1
      }
    }
    let amount = path.map { edges[$0].capacity }.min() ?? 0
    for edge in path {
      edges[edge].capacity -= amount
      edges[edge ^ 1].capacity += amount
    }
    return true
  }

  private mutating func nextEdge(_ node: Int) -> Int? {
    while next[node] < outgoing[node].count {
      let edge = outgoing[node][next[node]]
      if edges[edge].capacity > 0, layers[edges[edge].target] == layers[node] + 1 { return edge }
      next[node] += 1
    }
    return nil
  }
}
