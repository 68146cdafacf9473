/// The part of a source line that a diagnostic shows, with tabs and invisible characters made
/// visible, and where the marks go.
struct Excerpt {
  /// The text to show.
  private(set) var text = ""
  /// The columns before the marked part.
  private(set) var indent = 0
  /// The columns of the marked part, at least 1.
  private(set) var length = 1

  /// The bytes beside the marked place that are looked at: of a line of 10 MB only these are.
  private static let reach: UInt32 = 400

  /// Creates the excerpt of a line, at most `width` columns around the start of `span`.
  init(_ source: Source, line: Int, around span: Span?, width: Int) {
    let whole = source.span(ofLine: line)
    let place = Span(span?.start ?? whole.start, min(span?.end ?? whole.start, whole.end))
    let near = Excerpt.neighborhood(of: place, in: whole, of: source)
    var cells: [(text: String, width: Int)] = []
    var first: Int?
    var last = 0
    var offset = near.start
    for character in source.text(near) {
      let shown = Excerpt.shown(character)
      if !shown.text.isEmpty {
        if offset >= place.start, first == nil { first = cells.count }
        if offset < place.end { last = cells.count + 1 }
        cells.append(shown)
      }
      offset += UInt32(character.utf8.count)
    }
    let start = first ?? cells.count
    let window = Excerpt.window(cells.map(\.width), around: start, width: width)
    text = cells[window].map(\.text).joined()
    if window.lowerBound > 0 || near.start > whole.start {
      text = "…" + text
      indent += 1
    }
    if window.upperBound < cells.count || near.end < whole.end { text += "…" }
    indent += cells[window.lowerBound..<start].reduce(0) { $0 + $1.width }
    let marked = start..<min(max(last, start), window.upperBound)
    length = max(1, cells[marked].reduce(0) { $0 + $1.width })
  }

  /// Returns the bytes around `place`, cut where a scalar starts.
  private static func neighborhood(of place: Span, in line: Span, of source: Source) -> Span {
    var start = max(line.start, place.start - min(place.start, reach))
    var end = min(line.end, place.start + reach)
    while start > line.start, source.bytes[Int(start)] & 0xC0 == 0x80 { start -= 1 }
    while end < line.end, end > start, source.bytes[Int(end)] & 0xC0 == 0x80 { end -= 1 }
    return Span(start, max(start, end))
  }

  /// Returns the indices of the cells that fit, with most of the room behind `start`.
  private static func window(_ widths: [Int], around start: Int, width: Int) -> Range<Int> {
    if widths.reduce(0, +) <= width { return widths.indices }
    var lower = start
    var room = width / 3
    while lower > 0, room >= widths[lower - 1] {
      lower -= 1
      room -= widths[lower]
    }
    var upper = lower
    room = width
    while upper < widths.count, room >= widths[upper] {
      room -= widths[upper]
      upper += 1
    }
    return lower..<max(upper, start)
  }

  /// Returns how a character is shown and how many columns a terminal gives it.
  private static func shown(_ character: Character) -> (text: String, width: Int) {
    guard let scalar = character.unicodeScalars.first else { return ("", 0) }
    switch scalar.properties.generalCategory {
    case .control where character == "\t": return ("  ", 2)
    case .control, .lineSeparator, .paragraphSeparator: return ("\u{FFFD}", 1)
    case .format: return scalar == "\u{FEFF}" ? ("", 0) : ("\u{FFFD}", 1)
    default: return (String(character), scalar.isWide ? 2 : 1)
    }
  }
}

extension Unicode.Scalar {
  /// Whether terminals give the scalar two columns (Unicode Standard Annex 11, the large ranges).
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
