/// The ways of edges through the layers.
struct EdgeRoutes {
  let order: LayerOrder
  let columns: Columns
  let sizes: [LayeredLayout.Size]
  let heights: [Double]

  /// The distance between the ends of two edges at a node, at most.
  private static let portDistance = 12.0

  /// Returns the way of each edge; those that end at one node end side by side. Of those that start at one
  /// node each begins where the one before it left their common way.
  func ways(_ edges: [(from: Int, to: Int)], _ whole: Set<Int>) -> [[LayeredLayout.Point]] {
    let layers = layerOfNodes
    var ways = passages(edges, layers, whole)
    let incoming = Dictionary(grouping: edges.indices) { edges[$0].to }
    for node in sizes.indices {
      let ends = (incoming[node] ?? []).sorted {
        (ways[$0].last?.y ?? 0, $0) < (ways[$1].last?.y ?? 0, $1)
      }
      let room = min(EdgeRoutes.portDistance, 0.7 * sizes[node].height / Double(max(1, ends.count)))
      for (index, edge) in ends.enumerated() {
        let shift = (Double(index) - Double(ends.count - 1) / 2) * room
        let x = columns.middle(layers[node]) - sizes[node].width / 2
        for x in [columns.left[layers[node]], x] {
          ways[edge].append(LayeredLayout.Point(x: x, y: heights[node] + shift))
        }
      }
    }
    return ways
  }

  private var layerOfNodes: [Int] {
    var layers = [Int](repeating: 0, count: heights.count)
    for (layer, row) in order.rows.enumerated() { for vertex in row { layers[vertex] = layer } }
    return layers
  }

  /// Returns the ways of edges up to the layers of their targets.
  private func passages(
    _ edges: [(from: Int, to: Int)], _ layers: [Int], _ whole: Set<Int>
  ) -> [[LayeredLayout.Point]] {
    var ways = [[LayeredLayout.Point]](repeating: [], count: edges.count)
    var covered = [Int](repeating: 0, count: sizes.count)
    for edge in edges.indices.sorted(by: { (layers[edges[$0].to], $0) < (layers[edges[$1].to], $1) }
    ) {
      let (from, to) = edges[edge]
      let count = min(layers[to] - layers[from] - 1, order.passages[from].count)
      let start = whole.contains(edge) ? 0 : covered[from]
      ways[edge] = passage(from, start..<max(start, count), layers)
      covered[from] = max(covered[from], count)
    }
    return ways
  }

  /// Returns the way from a node, or from where one of its edges left the common way, through layers.
  private func passage(
    _ from: Int, _ range: Range<Int>, _ layers: [Int]
  ) -> [LayeredLayout.Point] {
    var start = columns.middle(layers[from]) + sizes[from].width / 2
    var last = from
    if range.lowerBound > 0 {
      last = order.passages[from][range.lowerBound - 1]
      start = columns.right[layers[last]]
    }
    var way = [start, columns.right[layers[last]]].map {
      LayeredLayout.Point(x: $0, y: heights[last])
    }
    for passage in order.passages[from][range] {
      let layer = layers[passage]
      way.append(LayeredLayout.Point(x: columns.left[layer], y: heights[passage]))
      way.append(LayeredLayout.Point(x: columns.right[layer], y: heights[passage]))
    }
    return way
  }
}
