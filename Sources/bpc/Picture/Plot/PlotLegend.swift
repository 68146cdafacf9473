/// The names of curves in rows above them, as many in a row as have room.
struct PlotLegend {
  /// The names with their places.
  private(set) var entries: [Entry] = []
  /// Where the picture below begins.
  private(set) var bottom: Double

  /// A name beside a piece of its line.
  struct Entry {
    let curve: Plot.Curve
    let name: String
    let x: Double
    let y: Double
  }

  private static let rowHeight = 20.0
  private static let characterWidth = 7.6
  /// What a piece of the line and the distance to the next name take.
  private static let room = 54.0
  private static let longestName = 40
  /// Where the last row stands.
  private static let lastRow = 184.0

  /// Lays out the names of the curves of `plot` between two sides.
  init(_ plot: Plot, from left: Double, to right: Double) {
    bottom = 24 + PlotLegend.rowHeight
    guard plot.variables.count == 1 else { return }
    var (x, y) = (left, 24.0)
    for curve in plot.curves {
      let name = curve.name.shortened(to: PlotLegend.longestName)
      let width = PlotLegend.characterWidth * Double(name.count) + PlotLegend.room
      if x > left, x + width > right {
        // More names would leave no room for the curves.
        guard y < PlotLegend.lastRow else { break }
        (x, y) = (left, y + PlotLegend.rowHeight)
      }
      entries.append(Entry(curve: curve, name: name, x: x, y: y))
      x += width
    }
    bottom = y + 24
  }
}
