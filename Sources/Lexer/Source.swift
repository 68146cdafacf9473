/// The text of a program: its bytes, the name that diagnostics call it, and where its lines start.
package struct Source: Sendable {
  /// What diagnostics call this text: a file's path, `<stdin>`, `<expression>`.
  package let name: String
  /// The text as it was read; nothing says that it is valid UTF-8.
  package let bytes: [UInt8]
  /// The offset of the first byte of each line.
  private let lineStarts: [UInt32]

  /// The length in bytes beyond which a text is not taken: offsets are 32-bit numbers.
  package static let longestText = Int(UInt32.max) - 1

  /// Creates a source from the bytes of a file.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes.count <= Source.longestText ? bytes : []
    var starts: [UInt32] = [0]
    for (offset, byte) in self.bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(UInt32(offset) + 1)
    }
    lineStarts = starts
  }

  /// Creates a source from text that is at hand as a string.
  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The number of lines, at least 1.
  package var lineCount: Int { lineStarts.count }

  /// Returns the number, from 1, of the line that holds the byte at `offset`.
  package func line(at offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Returns the span of the line numbered `line` from 1, without its line end.
  package func span(ofLine line: Int) -> Span {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : UInt32(bytes.count)
    if end > start, bytes[Int(end) - 1] == UInt8(ascii: "\r") { end -= 1 }
    return Span(start, end)
  }

  /// Returns the text of `span`, with what is not UTF-8 replaced by U+FFFD.
  package func text(_ span: Span) -> String {
    let range = span.range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Returns the line and the column of the byte at `offset`, both from 1; a column is a grapheme
  /// cluster.
  package func position(at offset: UInt32) -> (line: Int, column: Int) {
    let line = line(at: offset)
    let before = Span(span(ofLine: line).start, offset)
    return (line, visibleText(before).count + 1)
  }

  /// Returns the text of `span` without a byte order mark at the start of the source.
  private func visibleText(_ span: Span) -> String {
    let text = text(span)
    return span.start == 0 && text.unicodeScalars.first == "\u{FEFF}"
      ? String(text.dropFirst()) : text
  }

  /// Returns `file:line:column` of the byte at `offset`.
  package func location(at offset: UInt32) -> String {
    let (line, column) = position(at: offset)
    return "\(name):\(line):\(column)"
  }
}
