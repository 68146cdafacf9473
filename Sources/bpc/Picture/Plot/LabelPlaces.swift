/// The places of labels on lines, none of which covers another.
struct LabelPlaces {
  private let width: Double
  private let height: Double
  private var taken: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []

  /// Where along a line a label may stand, the best place first.
  private static let parts = [0.5, 0.375, 0.625, 0.25, 0.75, 0.125, 0.875]

  /// Starts without labels, in a picture of `width` by `height` from its upper left corner on.
  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// Returns the middle of the first place along `line` where a label of `size` is free; nil where none is.
  mutating func place(
    along line: [(x: Double, y: Double)], _ size: (width: Double, height: Double)
  ) -> (x: Double, y: Double)? {
    guard !line.isEmpty else { return nil }
    for part in LabelPlaces.parts {
      let (x, y) = line[Int(part * Double(line.count - 1))]
      let across = x - size.width / 2...x + size.width / 2
      let up = y - size.height / 2...y + size.height / 2
      let isInside =
        across.lowerBound >= 0 && across.upperBound <= width && up.lowerBound >= 0
        && up.upperBound <= height
      let isFree = !taken.contains { $0.x.overlaps(across) && $0.y.overlaps(up) }
      guard isInside, isFree else { continue }
      taken.append((across, up))
      return (x, y)
    }
    return nil
  }
}
