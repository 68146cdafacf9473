/// A plot in characters.
struct TerminalPlot {
  let plot: Plot
  let isColored: Bool
  let across: PlotAxis
  let up: PlotAxis
  let margin: Int
  private(set) var canvas: BrailleCanvas

  /// The lines of the canvas.
  static let height = 20

  /// Draws `plot` in `width` columns.
  init(_ plot: Plot, width: Int, isColored: Bool) {
    self.plot = plot
    self.isColored = isColored
    let top = Double(4 * TerminalPlot.height - 1)
    let vertical = plot.variables.count > 1 ? plot.variables[1].values : plot.bounds
    up = PlotAxis(vertical, from: top, to: 0)
    margin = (up.ticks.map(\.label.count).max() ?? 0) + 1
    let room = min(max(20, width - margin - 2), 160)
    canvas = BrailleCanvas(width: room, height: TerminalPlot.height)
    across = PlotAxis(plot.variables[0].values, from: 0, to: Double(2 * room - 1))
    plot.variables.count > 1 ? drawLevels() : drawCurves()
  }

  // MARK: - Drawing

  private mutating func drawCurves() {
    var ends: [(name: String, row: Int, ink: Int)] = []
    for (number, curve) in plot.curves.enumerated() {
      let parts = plot.parts(curve).map { $0.map(place) }
      defer { writeLetters(number, parts) }
      for places in parts {
        var length = 0.0
        for (a, b) in zip(places, places.dropFirst() + places.suffix(1)) {
          canvas.line(a, b, ink: curve.ink, dashes: curve.isDerivative ? length : nil)
          length += max((b.x - a.x).magnitude, (b.y - a.y).magnitude)
        }
      }
      guard let end = parts.last?.last else { continue }
      ends.append((curve.name.shortened(to: 16), Int(end.y.rounded()) / 4, curve.ink))
    }
    if ends.count > 1 { writeNames(ends) }
  }

  /// Writes the letter of a curve on it here and there, where colors do not tell curves apart.
  private mutating func writeLetters(_ number: Int, _ parts: [PicturePoints]) {
    guard let letter = letter(number) else { return }
    // Each curve has columns of its own, as far as there are enough.
    let distance = max(12, 3 * plot.curves.count)
    var column = 3 + 3 * number
    for part in parts {
      for (a, b) in zip(part, part.dropFirst()) {
        while column < Int(a.x) / 2 { column += distance }
        while column <= Int(b.x) / 2 {
          let share = (2 * Double(column) - a.x) / max(1, b.x - a.x)
          let y = a.y + max(0, min(share, 1)) * (b.y - a.y)
          canvas.write(letter, column: column, row: Int(y.rounded()) / 4, ink: 0)
          column += distance
        }
      }
    }
  }

  /// Returns the letter of a curve; nil where curves need none.
  func letter(_ number: Int) -> String? {
    guard !isColored, plot.curves.count > 1 else { return nil }
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return String(letters[number % letters.count])
  }

  /// Writes the names of curves beside their ends, each in a row of its own.
  private mutating func writeNames(_ ends: [(name: String, row: Int, ink: Int)]) {
    var taken: Set<Int> = []
    for (name, end, ink) in ends {
      let rows = [-1, 1, -2, 2, -3, 3].map { end + $0 }
      guard
        let row = rows.first(where: { 0..<TerminalPlot.height ~= $0 && !taken.contains($0) })
      else { continue }
      taken.insert(row)
      canvas.write(name, column: canvas.width, row: row, ink: ink)
    }
  }

  private mutating func drawLevels() {
    let levels = Contour(plot).levels.map {
      (text: $0.label, lines: $0.lines.map { $0.map(place) })
    }
    for (ink, level) in levels.enumerated() {
      for line in level.lines {
        for (a, b) in zip(line, line.dropFirst()) { canvas.line(a, b, ink: ink) }
      }
    }
    // A character is two dots wide and four high.
    var labels = LabelPlaces(
      width: Double(2 * canvas.width), height: Double(4 * TerminalPlot.height))
    for (ink, level) in levels.enumerated() {
      let size = (width: Double(2 * level.text.count + 2), height: 3.0)
      guard let longest = level.lines.max(by: { $0.count < $1.count }),
        let (x, y) = labels.place(along: longest, size)
      else { continue }
      let column = Int(x / 2) - level.text.count / 2
      canvas.write(level.text, column: column, row: Int(y.rounded()) / 4, ink: ink)
    }
  }

  private func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    (across.place(point.x), up.place(point.y))
  }
}
