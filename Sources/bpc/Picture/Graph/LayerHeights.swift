/// The heights at which the layers' nodes and edges stand: near what they are connected with, in their
/// order and without overlap.
struct LayerHeights {
  /// The middles.
  private(set) var heights: [Double]
  private let order: LayerOrder
  private let extents: [Double]

  /// Finds the heights: sweeps forward and backward in turn draw each layer to its neighbours.
  init(_ order: LayerOrder, _ sizes: [LayeredLayout.Size]) {
    self.order = order
    extents = order.next.indices.map { order.height($0, sizes) }
    heights = Array(repeating: 0, count: order.next.count)
    for row in order.rows { place(row, wishes: row.map { _ in 0 }) }
    for sweep in 0..<order.sweepCount {
      let isForward = sweep % 2 == 0
      for row in isForward ? order.rows : order.rows.reversed() {
        place(row, wishes: row.map { wish($0, isForward ? order.previous : order.next) })
      }
    }
    let top = heights.indices.map { heights[$0] - extents[$0] / 2 }.min() ?? 0
    heights = heights.map { $0 - top }
  }

  /// Returns where `vertex` is best; long edges count more, so that they are straight.
  private func wish(_ vertex: Int, _ neighbours: [[Int]]) -> Double {
    let near = neighbours[vertex]
    guard !near.isEmpty else { return heights[vertex] }
    var (sum, total) = (0.0, 0.0)
    for other in near {
      let isNear = order.isNode(vertex) || order.isNode(other)
      let share = isNear ? weight(other) : 8
      sum += share * heights[other]
      total += share
    }
    return sum / total
  }

  /// Returns how much the place of `vertex` counts: little where it is given, so that operations stand in a row
  /// beside which their operands find room.
  private func weight(_ vertex: Int) -> Double { order.previous[vertex].isEmpty ? 0.1 : 1 }

  /// Puts a layer as near to `wishes` as its order and the distances allow, by least squares: pools of
  /// those that touch each other move together.
  private mutating func place(_ row: [Int], wishes: [Double]) {
    var offsets: [Double] = []
    for (index, vertex) in row.enumerated() {
      let before = index == 0 ? 0 : offsets[index - 1] + distance(row[index - 1], vertex)
      offsets.append(before)
    }
    var pools: [(mean: Double, weight: Double, count: Int)] = []
    for (index, vertex) in row.enumerated() {
      pools.append((wishes[index] - offsets[index], weight(vertex), 1))
      while pools.count > 1, pools[pools.count - 2].mean >= pools[pools.count - 1].mean {
        let (a, b) = (pools[pools.count - 2], pools.removeLast())
        let weight = a.weight + b.weight
        let mean = (a.mean * a.weight + b.mean * b.weight) / weight
        pools[pools.count - 1] = (mean, weight, a.count + b.count)
      }
    }
    var index = 0
    for pool in pools {
      for _ in 0..<pool.count {
        heights[row[index]] = pool.mean + offsets[index]
        index += 1
      }
    }
  }

  private func distance(_ a: Int, _ b: Int) -> Double {
    (extents[a] + extents[b]) / 2 + LayeredLayout.Gap.nodes
  }
}
