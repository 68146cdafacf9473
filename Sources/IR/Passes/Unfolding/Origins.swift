/// Where values of an unfolded function come from: values are numbered in the order in which they are made,
/// so that those of a turn stand side by side.
struct Origins {
  struct Origin: Equatable {
    /// The turns that were taken apart, the outermost loop's first.
    var turns: [Int] = []
    /// For a piece of a loop the number of its first turn.
    var firstTurn: Int?
  }

  private var starts: [(position: Int, origin: Origin)] = []

  /// Takes note that values from `position` on come from `origin`.
  mutating func begin(_ origin: Origin, at position: Int) {
    if (starts.last?.origin ?? Origin()) != origin { starts.append((position, origin)) }
  }

  subscript(value: Value) -> Origin {
    var range = 0..<starts.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range =
        starts[middle].position <= value.position
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound == 0 ? Origin() : starts[range.lowerBound - 1].origin
  }
}
