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

  /// Returns where `vertex` is best. Long edges count more, so that they are straight, and what is given counts
  /// less than what is computed, so that a row of operations does not climb past its operands.
  private func wish(_ vertex: Int, _ neighbours: [[Int]]) -> Double {
    let near = neighbours[vertex]
    guard !near.isEmpty else { return heights[vertex] }
    var (sum, weight) = (0.0, 0.0)
    for other in near {
      let isNear = order.isNode(vertex) || order.isNode(other)
      let share = !isNear ? 8.0 : order.previous[other].isEmpty ? 0.1 : 1
      sum += share * heights[other]
      weight += share
    }
    return sum / weight
  }

  /// Puts a layer as near to `wishes` as its order and the distances allow, by least squares: pools of
  /// those that touch each other move together.
  private mutating func place(_ row: [Int], wishes: [Double]) {
    var offsets: [Double] = []
    for (index, vertex) in row.enumerated() {
      let before = index == 0 ? 0 : offsets[index - 1] + distance(row[index - 1], vertex)
      offsets.append(before)
    }
    var pools: [(mean: Double, count: Int)] = []
    for (wish, offset) in zip(wishes, offsets) {
      pools.append((wish - offset, 1))
      while pools.count > 1, pools[pools.count - 2].mean >= pools[pools.count - 1].mean {
        let (a, b) = (pools[pools.count - 2], pools.removeLast())
        let count = a.count + b.count
        let mean = (a.mean * Double(a.count) + b.mean * Double(b.count)) / Double(count)
        pools[pools.count - 1] = (mean, count)
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
