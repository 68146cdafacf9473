/// The points of a line in a picture, in pixels.
typealias PicturePoints = [(x: Double, y: Double)]

/// Returns a curve with no more points than its picture shows: of those in one column of pixels the first,
/// the highest, the lowest and the last.
func thinnedCurve(_ points: PicturePoints) -> PicturePoints {
  var thinned: PicturePoints = []
  var column = points.startIndex
  while column < points.endIndex {
    let x = points[column].x.rounded(.down)
    var (next, low, high) = (column, column, column)
    while next < points.endIndex, points[next].x.rounded(.down) == x {
      if points[next].y < points[low].y { low = next }
      if points[next].y > points[high].y { high = next }
      next += 1
    }
    var last: Int?
    for place in [column, min(low, high), max(low, high), next - 1] where place != last {
      thinned.append(points[place])
      last = place
    }
    column = next
  }
  return thinned
}

/// The most points of the lines of a picture, unless it loses too much by that.
private let mostPoints = 10_000

/// Returns the lines of each level without points that are hardly apart, and without lines that are so small; the
/// more points there are, the farther apart they are.
func thinnedLines(_ levels: [[PicturePoints]]) -> [[PicturePoints]] {
  var thinned = levels
  for distance in [1.5, 3, 6] {
    thinned = levels.map { lines in
      lines.map { thinnedLine($0, distance) }.filter { !$0.isEmpty }
    }
    let count = thinned.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    if count <= mostPoints { break }
  }
  return thinned
}

private func thinnedLine(_ points: PicturePoints, _ distance: Double) -> PicturePoints {
  guard let first = points.first, let end = points.last else { return [] }
  var thinned = [first]
  for point in points.dropFirst() {
    let last = thinned[thinned.count - 1]
    if max((point.x - last.x).magnitude, (point.y - last.y).magnitude) >= distance {
      thinned.append(point)
    }
  }
  guard thinned.count > 1 else { return [] }
  if thinned[thinned.count - 1] != end { thinned.append(end) }
  return thinned
}
