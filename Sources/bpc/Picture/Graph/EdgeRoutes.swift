/// The ways of edges through the layers.
struct EdgeRoutes {
  let order: LayerOrder
  let columns: Columns
  let sizes: [LayeredLayout.Size]
  let heights: [Double]

  /// The distance between the ends of two edges at a node, at most.
  private static let portDistance = 12.0

  /// Returns the way of each edge; those that end at one node end side by side.
  func ways(_ edges: [(from: Int, to: Int)]) -> [[LayeredLayout.Point]] {
    let layers = layerOfNodes
    var ways = edges.map { passage($0, layers) }
    let incoming = Dictionary(grouping: edges.indices) { edges[$0].to }
    for node in sizes.indices {
      let ends = (incoming[node] ?? []).sorted {
        (ways[$0].last?.y ?? 0, $0) < (ways[$1].last?.y ?? 0, $1)
      }
      let room = min(EdgeRoutes.portDistance, 0.7 * sizes[node].height / Double(max(1, ends.count)))
      for (index, edge) in ends.enumerated() {
        let shift = (Double(index) - Double(ends.count - 1) / 2) * room
        let x = columns.middle(layers[node]) - sizes[node].width / 2
        ways[edge].append(LayeredLayout.Point(x: x, y: heights[node] + shift))
      }
    }
    return ways
  }

  private var layerOfNodes: [Int] {
    var layers = [Int](repeating: 0, count: heights.count)
    for (layer, row) in order.rows.enumerated() { for vertex in row { layers[vertex] = layer } }
    return layers
  }

  /// Returns the way of an edge up to the layer of its target.
  private func passage(
    _ edge: (from: Int, to: Int), _ layers: [Int]
  ) -> [LayeredLayout.Point] {
    let start = columns.middle(layers[edge.from]) + sizes[edge.from].width / 2
    var way = [LayeredLayout.Point(x: start, y: heights[edge.from])]
    for passage in order.passages[edge.from].prefix(layers[edge.to] - layers[edge.from] - 1) {
      let layer = layers[passage]
      way.append(LayeredLayout.Point(x: columns.left[layer], y: heights[passage]))
      way.append(LayeredLayout.Point(x: columns.right[layer], y: heights[passage]))
    }
    return way
  }
}
