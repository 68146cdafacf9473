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
    let width = xs.count
    for row in 0..<ys.count - 1 {
      for place in row * width..<(row + 1) * width - 1 {
        var aboveCount = values[place] >= level ? 1 : 0
        if values[place + 1] >= level { aboveCount += 1 }
        if values[place + width] >= level { aboveCount += 1 }
        if values[place + width + 1] >= level { aboveCount += 1 }
        // Most squares are quickly passed.
        if 1...3 ~= aboveCount { addSegments(ofSquare: place, level, to: &segments) }
      }
    }
    return segments
  }

  private func addSegments(
    ofSquare place: Int, _ level: Double, to segments: inout [(End, End)]
  ) {
    let corners = [place, place + 1, place + xs.count + 1, place + xs.count]
    let heights = corners.map { values[$0] }
    guard heights.allSatisfy(\.isFinite) else { return }
    let ends = (0..<4).compactMap { end(corners[$0], corners[($0 + 1) % 4], level) }
    if ends.count == 2 { segments.append((ends[0], ends[1])) }
    guard ends.count == 4 else { return }
    // A saddle: the middle says which corners belong together.
    let isMiddleAbove = heights.reduce(0, +) / 4 >= level
    let turn = (heights[0] >= level) == isMiddleAbove ? 0 : 1
    segments.append((ends[turn], ends[turn + 1]))
    segments.append((ends[turn + 2], ends[(turn + 3) % 4]))
  }

  /// Returns where `level` lies between two corners; nil where it does not.
  private func end(_ first: Int, _ second: Int, _ level: Double) -> End? {
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
    // An edge lies between two squares, so that two segments end there at most.
    var atEdge: [Int: (first: Int, second: Int?)] = [:]
    for (index, segment) in segments.enumerated() {
      for edge in [segment.0.edge, segment.1.edge] {
        if let known = atEdge[edge] {
          atEdge[edge] = (known.first, index)
        } else {
          atEdge[edge] = (index, nil)
        }
      }
    }
    func isBorder(_ end: End) -> Bool { atEdge[end.edge]?.second == nil }
    var isUsed = [Bool](repeating: false, count: segments.count)
    var lines: [[(x: Double, y: Double)]] = []
    // Lines that end at the border first, then closed ones.
    let border = segments.indices.filter { index in
      isBorder(segments[index].0) || isBorder(segments[index].1)
    }
    for start in border + Array(segments.indices) where !isUsed[start] {
      isUsed[start] = true
      let isTurned = isBorder(segments[start].1)
      let (first, second) = isTurned ? (segments[start].1, segments[start].0) : segments[start]
      var line = [first.point, second.point]
      var edge = second.edge
      while let (one, other) = atEdge[edge],
        let next = !isUsed[one] ? one : other, !isUsed[next]
      {
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
