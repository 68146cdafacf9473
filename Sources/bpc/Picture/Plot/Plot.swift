/// Curves over a variable, or the levels of a value over two.
struct Plot {
  /// What is plotted over: one variable, or two.
  let variables: [Variable]
  /// What is plotted: several curves, or one surface.
  let curves: [Curve]
  /// The range of values that is shown.
  let shown: ClosedRange<Double>

  /// What runs along an axis.
  struct Variable {
    /// Its name.
    let name: String
    /// Its values.
    let values: [Double]
  }

  /// Values over the variables.
  struct Curve {
    /// What it is called.
    let name: String
    /// The values; for two variables those of the first run faster.
    let values: [Double]
    /// Its color: the number of the curve, which its derivative has, too.
    var ink = 0
    /// Whether it is a derivative.
    var isDerivative = false
  }

  /// The most that a terminal's and a picture's coordinates are computed with.
  private static let largest = 1e300

  /// Plots `curves`, all of their values or those in `range`.
  init(_ variables: [Variable], _ curves: [Curve], range: ClosedRange<Double>?) {
    self.variables = variables
    self.curves = curves
    let finite = curves.flatMap(\.values).filter { $0.magnitude < Plot.largest }
    shown = range ?? (finite.min() ?? 0)...(finite.max() ?? 0)
  }

  /// Returns the parts of a curve that have values, cut where it leaves what is shown and at poles.
  func parts(_ curve: Curve) -> [[(x: Double, y: Double)]] {
    var parts: [[(x: Double, y: Double)]] = []
    var last: (x: Double, y: Double)?
    for (index, (x, y)) in zip(variables[0].values, curve.values).enumerated() {
      if curve.hasPole(before: index) { last = nil }
      defer { last = y.magnitude < Plot.largest ? (x, y) : nil }
      guard y.magnitude < Plot.largest else { continue }
      guard let (start, end) = clipped(last ?? (x, y), (x, y)) else { continue }
      if let tail = parts.last?.last, tail == start, last != nil {
        parts[parts.count - 1].append(end)
      } else {
        parts.append(start == end ? [end] : [start, end])
      }
    }
    return parts
  }

  /// Returns the part of a line that is shown.
  private func clipped(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)
  ) -> (start: (x: Double, y: Double), end: (x: Double, y: Double))? {
    func limited(
      _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)
    ) -> (x: Double, y: Double) {
      let y = min(max(a.y, shown.lowerBound), shown.upperBound)
      return y == a.y ? a : (a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), y)
    }
    let (low, high) = (min(a.y, b.y), max(a.y, b.y))
    guard high >= shown.lowerBound, low <= shown.upperBound else { return nil }
    // From below all that is shown to above it: a pole, as far as one can tell.
    if low < shown.lowerBound, high > shown.upperBound { return nil }
    return (limited(a, b), limited(b, a))
  }
}

extension Plot.Curve {
  /// Whether the curve jumps from one infinity to the other between two points: the sign changes, and on
  /// both sides the values grow ever faster toward there.
  fileprivate func hasPole(before index: Int) -> Bool {
    guard index >= 2, index + 1 < values.count, (values[index - 1] < 0) != (values[index] < 0)
    else { return false }
    return growsFaster(from: index - 1, by: -1) && growsFaster(from: index, by: 1)
  }

  /// Whether a point is farther from 0 than the next ones in a direction, and ever more so.
  private func growsFaster(from index: Int, by step: Int) -> Bool {
    let places = [index, index + step, index + 2 * step].filter(values.indices.contains)
    let sizes = places.map { values[$0].magnitude }
    guard sizes.count > 1, sizes[0] > sizes[1] else { return false }
    return sizes.count < 3 || sizes[0] - sizes[1] > (sizes[1] - sizes[2]).magnitude
  }
}
