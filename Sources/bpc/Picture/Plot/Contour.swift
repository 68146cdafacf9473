/// The lines along which a value over two variables is the same.
struct Contour {
  /// The levels from low to high.
  private(set) var levels: [Level] = []
  private let xs: [Double]
  private let ys: [Double]
  private let values: [Double]

  /// A level with its lines.
  struct Level {
    /// The number.
    let label: String
    /// The lines, each a chain of points.
    let lines: [[(x: Double, y: Double)]]
  }

  /// Finds the lines of some ten round levels of the first curve of `plot`.
  init(_ plot: Plot) {
    xs = plot.variables[0].values
    ys = plot.variables[1].values
    values = plot.curves.first?.values ?? []
    guard xs.count > 1, ys.count > 1, values.count == xs.count * ys.count else { return }
    for (label, level) in ContourLevels(values, plot.shown).levels {
      levels.append(Level(label: label, lines: chained(segments(level))))
    }
  }

  // MARK: - Marching squares

  /// An end of a segment: an edge of the grid, and where on it.
  private struct End {
    let edge: Int
    let point: (x: Double, y: Double)
  }

  /// Returns where `level` crosses the squares of the grid (Lorensen and Cline 1987, in two dimensions).
  private func segments(_ level: Double) -> [(End, End)] {
    var segments: [(End, End)] = []
    for row in 0..<ys.count - 1 {
      for column in 0..<xs.count - 1 {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { (column + $0.0, row + $0.1) }
        let heights = corners.map { values[$0.1 * xs.count + $0.0] }
        guard heights.allSatisfy(\.isFinite) else { continue }
        let ends = (0..<4).compactMap { side in
          end(corners[side], corners[(side + 1) % 4], level)
        }
        if ends.count == 2 { segments.append((ends[0], ends[1])) }
        guard ends.count == 4 else { continue }
        // A saddle: the middle says which corners belong together.
        let isMiddleAbove = heights.reduce(0, +) / 4 >= level
        let turn = (heights[0] >= level) == isMiddleAbove ? 0 : 1
        segments.append((ends[turn], ends[turn + 1]))
        segments.append((ends[turn + 2], ends[(turn + 3) % 4]))
      }
    }
    return segments
  }

  /// Returns where `level` lies between two corners; nil where it does not.
  private func end(_ a: (Int, Int), _ b: (Int, Int), _ level: Double) -> End? {
    let (first, second) = (a.1 * xs.count + a.0, b.1 * xs.count + b.0)
    let (low, high) = (min(first, second), max(first, second))
    let (u, v) = (values[low], values[high])
    guard (u >= level) != (v >= level) else { return nil }
    let part = (level - u) / (v - u)
    let (x, y) = (xs[low % xs.count], ys[low / xs.count])
    let point = (
      x: x + part * (xs[high % xs.count] - x), y: y + part * (ys[high / xs.count] - y)
    )
    return End(edge: 2 * low + (high == low + 1 ? 0 : 1), point: point)
  }

  /// Returns the segments joined to lines.
  private func chained(_ segments: [(End, End)]) -> [[(x: Double, y: Double)]] {
    var atEdge: [Int: [Int]] = [:]
    for (index, segment) in segments.enumerated() {
      atEdge[segment.0.edge, default: []].append(index)
      atEdge[segment.1.edge, default: []].append(index)
    }
    var isUsed = [Bool](repeating: false, count: segments.count)
    var lines: [[(x: Double, y: Double)]] = []
    // Lines that end at the border first, then closed ones.
    let border = segments.indices.filter { index in
      [segments[index].0, segments[index].1].contains { atEdge[$0.edge]?.count == 1 }
    }
    for start in border + Array(segments.indices) where !isUsed[start] {
      isUsed[start] = true
      let isTurned = atEdge[segments[start].1.edge]?.count == 1
      let (first, second) = isTurned ? (segments[start].1, segments[start].0) : segments[start]
      var line = [first.point, second.point]
      var edge = second.edge
      while let next = atEdge[edge]?.first(where: { !isUsed[$0] }) {
        isUsed[next] = true
        let end = segments[next].0.edge == edge ? segments[next].1 : segments[next].0
        line.append(end.point)
        edge = end.edge
      }
      lines.append(line)
    }
    return lines
  }
}
