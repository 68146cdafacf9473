/// Returns the one of `candidates` that `name` was probably meant to be, or nil if none is near.
///
/// Near are at most two edits, one if both names are shorter than five scalars, and a third of the
/// longer name if that is more. Case does not count, `name` itself is no answer, and the first of
/// the nearest wins.
package func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
  var best: (name: String, distance: Int)?
  let folded = Array(name.lowercased().unicodeScalars)
  for candidate in candidates where candidate != name {
    let other = Array(candidate.lowercased().unicodeScalars)
    let limit = min(tolerance(max(folded.count, other.count)), best.map { $0.distance - 1 } ?? .max)
    if let distance = editDistance(folded, other, limit: limit) { best = (candidate, distance) }
  }
  return best?.name
}

/// Returns how many edits a name of `length` scalars may be away from the one that was meant.
private func tolerance(_ length: Int) -> Int {
  // The cap bounds the work on very long names, which nobody mistypes in so many places.
  length < 5 ? (length + 1) / 3 : min(max(2, length / 3), 16)
}

/// Returns how many insertions, removals, replacements and swaps of neighbors turn `first` into
/// `second`, or nil if these are more than `limit`.
///
/// This is the restricted Damerau–Levenshtein distance: no scalar is edited twice. The work is
/// proportional to the length times `limit`, since a path that leaves the band of `limit` beside
/// the diagonal costs more than `limit`.
package func editDistance(
  _ first: [Unicode.Scalar], _ second: [Unicode.Scalar], limit: Int
) -> Int? {
  let limit = min(limit, first.count + second.count)
  guard limit >= 0, abs(first.count - second.count) <= limit else { return nil }
  var table = DistanceRows(second, limit: limit)
  for row in first.indices {
    if table.advance(over: first, at: row) > limit { return nil }
  }
  return table.last <= limit ? table.last : nil
}

/// Three rows of the table of distances between the starts of two names.
///
/// Right of the band a row still holds what it started with, which is more than the limit, since the
/// band only moves to the right.
private struct DistanceRows {
  /// The name along the rows.
  let second: [Unicode.Scalar]
  /// The distances beyond which nothing is computed.
  let limit: Int
  /// The row before the previous one.
  var older: [Int]
  /// The previous row.
  var previous: [Int]
  /// The row that is computed.
  var current: [Int]

  /// Creates the rows that belong to the empty start of the first name.
  init(_ second: [Unicode.Scalar], limit: Int) {
    self.second = second
    self.limit = limit
    current = Array(0...second.count)
    previous = Array(repeating: limit + 1, count: second.count + 1)
    older = previous
  }

  /// The distance between the whole names, when every row has been computed.
  var last: Int { current[second.count] }

  /// Computes the row for the scalar of `first` at `row`, and returns its least distance.
  mutating func advance(over first: [Unicode.Scalar], at row: Int) -> Int {
    rotate()
    let start = max(0, row - limit)
    let end = min(second.count, row + 1 + limit)
    current[start] = start == 0 ? row + 1 : limit + 1
    var least = current[start]
    for column in start..<end {
      current[column + 1] = distance(first, row, column)
      least = min(least, current[column + 1])
    }
    return least
  }

  /// Returns the distance that ends at `row` of the first name and `column` of the second one.
  private func distance(_ first: [Unicode.Scalar], _ row: Int, _ column: Int) -> Int {
    let replacement = previous[column] + (first[row] == second[column] ? 0 : 1)
    let best = min(replacement, previous[column + 1] + 1, current[column] + 1)
    guard row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column]
    else { return best }
    return min(best, older[column - 1] + 1)
  }

  /// Makes room for a new row.
  private mutating func rotate() {
    swap(&older, &previous)
    swap(&previous, &current)
  }
}
