/// Which places of the workspace are taken. Sizes may be symbols, so a place that was given back is
/// taken again only by what has the same size or, among numbers, a smaller one.
struct SwiftPlaces {
  /// How many places there are.
  private(set) var size = Dimension(0)
  private var free: [(start: Dimension, count: Dimension)] = []

  /// A part of the workspace.
  struct Place {
    /// Where its first element stands.
    let start: Dimension
    /// How many elements it has room for.
    let count: Dimension
  }

  /// Returns where `count` elements may stand.
  mutating func take(_ count: Dimension) -> Place {
    if let index = fitting(count) {
      let place = free.remove(at: index)
      return Place(start: place.start, count: place.count)
    }
    let start = size
    size = size + count
    return Place(start: start, count: count)
  }

  /// Gives back a place.
  mutating func giveBack(_ place: Place) { free.append((place.start, place.count)) }

  private func fitting(_ count: Dimension) -> Int? {
    if let same = free.lastIndex(where: { $0.count == count }) { return same }
    guard let needed = count.number else { return nil }
    let large = free.indices.filter { free[$0].count.number.map { $0 >= needed } ?? false }
    return large.min { (free[$0].count.number ?? 0) < (free[$1].count.number ?? 0) }
  }
}
