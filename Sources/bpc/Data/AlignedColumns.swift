/// Columns in which the points of numbers stand under each other.
struct AlignedColumns {
  /// The widths that the numbers of a column take before the point and from it on.
  fileprivate struct Width {
    var before = 0
    var after = 0

    var total: Int { before + after }

    mutating func include(_ other: Width) {
      before = max(before, other.before)
      after = max(after, other.after)
    }
  }

  /// The widths of the columns.
  private var widths: [Width]
  /// Whether a row takes several lines.
  private(set) var areWrapped = false

  /// Creates the columns for `rows`, whose elements have the same number.
  ///
  /// Rows that are longer than `room` go on in the next line, and all columns are of one width.
  init(_ rows: [[String]], room: Int) {
    widths = [Width](repeating: Width(), count: rows.map(\.count).max() ?? 0)
    for row in rows {
      for (column, text) in row.enumerated() { widths[column].include(Width(text)) }
    }
    guard widths.reduce(-2, { $0 + $1.total + 2 }) > room else { return }
    areWrapped = true
    var widest = Width()
    for width in widths { widest.include(width) }
    let count = max(1, (room + 2) / (widest.total + 2))
    widths = [Width](repeating: widest, count: min(count, widths.count))
  }

  /// Returns the lines that `row` takes.
  func lines(_ row: [String]) -> [String] {
    stride(from: 0, to: row.count, by: max(1, widths.count)).map { start in
      let cells = row[start...].prefix(widths.count)
      let line = zip(cells, widths).map(cell).joined()
      return String(line.reversed().drop { $0 == " " }.reversed().dropLast())
        + (cells.endIndex < row.count ? "," : "")
    }
  }

  /// Returns `text` with the comma and the blanks that fill the column.
  private func cell(_ text: String, _ width: Width) -> String {
    let own = Width(text)
    return String(repeating: " ", count: width.before - own.before) + text + ","
      + String(repeating: " ", count: width.after - own.after + 1)
  }
}

extension AlignedColumns.Width {
  /// Creates the widths that `text` takes.
  fileprivate init(_ text: String) {
    let point = text.firstIndex { $0 == "." || $0 == "e" } ?? text.endIndex
    before = text[..<point].count
    after = text[point...].count
  }
}
