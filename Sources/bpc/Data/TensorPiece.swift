/// A part of a tensor as text.
enum TensorPiece {
  /// A number, or what stands for parts that are left out.
  case element(String)
  /// What is between two brackets.
  case row([TensorPiece])

  /// The text on one line.
  private var line: String {
    switch self {
    case .element(let text): text
    case .row(let pieces): "[" + pieces.map(\.line).joined(separator: ", ") + "]"
    }
  }

  /// Returns the text on one line, or nil if that takes more than `room` columns.
  func line(upTo room: Int) -> String? {
    guard rows.reduce(0, { $0 + $1.count }) <= room, case let line = line else { return nil }
    return line.count <= room ? line : nil
  }

  /// The elements, if there are no brackets between the outermost ones.
  private var elements: [String]? {
    guard case .row(let pieces) = self else { return nil }
    let elements = pieces.compactMap { if case .element(let text) = $0 { text } else { nil } }
    return elements.count == pieces.count ? elements : nil
  }

  /// The elements between innermost brackets.
  var rows: [[String]] {
    guard case .row(let pieces) = self else { return [] }
    return elements.map { [$0] } ?? pieces.flatMap(\.rows)
  }

  /// Returns the text on several lines, with elements in `columns`.
  func lines(_ columns: AlignedColumns) -> [String] {
    guard case .row(let pieces) = self else { return [line] }
    var lines = elements.map(columns.lines) ?? []
    if lines.isEmpty {
      for (index, piece) in pieces.enumerated() {
        let inner = piece.lines(columns)
        let comma = index < pieces.count - 1 ? "," : ""
        lines += inner.dropLast() + inner.suffix(1).map { $0 + comma }
      }
    }
    let opened = lines.enumerated().map { ($0.offset == 0 ? "[" : " ") + $0.element }
    return opened.isEmpty ? ["[]"] : opened.dropLast() + opened.suffix(1).map { $0 + "]" }
  }
}
