/// The order of what stands in the layers of a graph: nodes, and the edges that pass through.
struct LayerOrder {
  /// The layers, each from top to bottom. Numbers from the count of nodes on are edges on their way.
  private(set) var rows: [[Int]]
  /// What each of them leads to in the next layer.
  private(set) var next: [[Int]]
  /// What leads to it from the layer before.
  private(set) var previous: [[Int]]
  /// For a node the numbers with which its edges pass through the layers after it.
  private(set) var passages: [[Int]]
  private let nodeCount: Int
  private var positions: [Int] = []

  /// The most passages that are laid out; beyond it edges go straight.
  private static let mostPassages = 40_000

  /// Puts nodes into their layers in the order of their numbers. The edges of a node share one way as far
  /// as they go.
  init(_ layers: [Int], _ edges: [(from: Int, to: Int)]) {
    nodeCount = layers.count
    rows = Array(repeating: [], count: (layers.max() ?? -1) + 1)
    next = Array(repeating: [], count: nodeCount)
    previous = next
    passages = next
    for (node, layer) in layers.enumerated() { rows[layer].append(node) }
    for edge in edges { connect(edge, layers) }
    positions = Array(repeating: 0, count: next.count)
    number()
  }

  private mutating func connect(_ edge: (from: Int, to: Int), _ layers: [Int]) {
    let length = layers[edge.to] - layers[edge.from] - 1
    while passages[edge.from].count < length, next.count < LayerOrder.mostPassages + nodeCount {
      let passage = next.count
      let layer = layers[edge.from] + passages[edge.from].count + 1
      next.append([])
      previous.append([])
      link(passages[edge.from].last ?? edge.from, passage)
      passages[edge.from].append(passage)
      rows[layer].append(passage)
    }
    guard passages[edge.from].count >= length else { return }
    link(length == 0 ? edge.from : passages[edge.from][length - 1], edge.to)
  }

  private mutating func link(_ a: Int, _ b: Int) {
    next[a].append(b)
    previous[b].append(a)
  }

  private mutating func number() {
    for row in rows { for (position, vertex) in row.enumerated() { positions[vertex] = position } }
  }

  /// Whether `vertex` is a node, and no edge on its way.
  func isNode(_ vertex: Int) -> Bool { vertex < nodeCount }

  /// Returns how high `vertex` is.
  func height(_ vertex: Int, _ sizes: [LayeredLayout.Size]) -> Double {
    isNode(vertex) ? sizes[vertex].height : LayeredLayout.Gap.way
  }
}

// MARK: - Crossings

extension LayerOrder {
  /// How often what takes all layers in turn is repeated: less often in large graphs.
  var sweepCount: Int { max(4, min(16, 100_000 / (next.count + 1))) }

  /// Orders the layers by the barycentres of what they are connected with, forward and backward in turn,
  /// and keeps the order with the fewest crossings.
  mutating func reduceCrossings() {
    var best = (order: self, count: crossingCount)
    var sweepsInVain = 0
    for sweep in 0..<sweepCount where best.count > 0 && sweepsInVain < 4 {
      let isForward = sweep % 2 == 0
      let numbers = Array(rows.indices)
      for row in isForward ? numbers : numbers.reversed() {
        sort(row, by: isForward ? previous : next)
      }
      let count = crossingCount
      sweepsInVain = count < best.count ? 0 : sweepsInVain + 1
      if count < best.count { best = (self, count) }
    }
    self = best.order
  }

  /// Orders a layer by the mean position of what each of it is connected with; what is not connected
  /// keeps its place.
  private mutating func sort(_ row: Int, by neighbours: [[Int]]) {
    let keys = rows[row].map { vertex in
      let near = neighbours[vertex]
      guard !near.isEmpty else { return Double(positions[vertex]) }
      return Double(near.reduce(0) { $0 + positions[$1] }) / Double(near.count)
    }
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    rows[row] = order.map { rows[row][$0] }
    for (position, vertex) in rows[row].enumerated() { positions[vertex] = position }
  }

  /// How many pairs of edges between neighbouring layers cross.
  var crossingCount: Int {
    rows.reduce(0) { count, row in
      let targets = row.flatMap { vertex in next[vertex].map { positions[$0] }.sorted() }
      return count + inversions(targets)
    }
  }

  /// Returns how many pairs of `numbers` are in the wrong order, with a tree of counts (Barth, Jünger,
  /// Mutzel: Simple and Efficient Bilayer Cross Counting, 2002).
  private func inversions(_ numbers: [Int]) -> Int {
    var counts = [Int](repeating: 0, count: (numbers.max() ?? 0) + 2)
    var inversions = 0
    for (seen, number) in numbers.enumerated() {
      var notAbove = 0
      var index = number + 1
      while index > 0 {
        notAbove += counts[index]
        index &= index - 1
      }
      inversions += seen - notAbove
      index = number + 1
      while index < counts.count {
        counts[index] += 1
        index += index & -index
      }
    }
    return inversions
  }
}
