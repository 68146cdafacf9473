/// Dots in cells of two by four, as characters of braille.
struct BrailleCanvas {
  /// The cells across and down.
  let width: Int
  let height: Int
  private var dots: [UInt8]
  private var inks: [Int?]
  private var letters: [Int: Character] = [:]

  /// An empty canvas.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    dots = Array(repeating: 0, count: width * height)
    inks = Array(repeating: nil, count: width * height)
  }

  /// Sets the dot in column `x` and row `y`, if it is on the canvas.
  mutating func setDot(_ x: Int, _ y: Int, ink: Int) {
    guard x >= 0, y >= 0, x < 2 * width, y < 4 * height else { return }
    let cell = y / 4 * width + x / 2
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    dots[cell] |= bits[y % 4][x % 2]
    inks[cell] = ink
  }

  /// Draws a line between two points in dots.
  ///
  /// - Parameter dashes: how far a dashed line has come, of which every other part is drawn; nil for a
  ///   whole line.
  mutating func line(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), ink: Int, dashes: Double? = nil
  ) {
    let steps = max(1, Int(max((b.x - a.x).magnitude, (b.y - a.y).magnitude).rounded(.up)))
    for step in 0...min(steps, 10_000) {
      let part = Double(step) / Double(steps)
      if let dashes, Int(dashes + Double(step)) / 4 % 2 == 1 { continue }
      let x = Int((a.x + part * (b.x - a.x)).rounded())
      setDot(x, Int((a.y + part * (b.y - a.y)).rounded()), ink: ink)
    }
  }

  /// Writes `text` from a cell on, where all of it has room.
  mutating func write(_ text: String, column: Int, row: Int, ink: Int) {
    let start = min(max(0, column), width - text.count)
    guard start >= 0, row >= 0, row < height else { return }
    for (offset, letter) in text.enumerated() {
      letters[row * width + start + offset] = letter
      inks[row * width + start + offset] = ink
    }
  }

  /// Returns the characters of a row.
  ///
  /// - Parameter painted: returns a character in the color of an ink.
  func text(row: Int, painted: (Character, Int) -> String) -> String {
    (0..<width).map { column in
      let cell = row * width + column
      guard let ink = inks[cell] else { return " " }
      let braille = Unicode.Scalar(0x2800 + UInt32(dots[cell])).map(Character.init) ?? " "
      return painted(letters[cell] ?? braille, ink)
    }.joined()
  }
}
