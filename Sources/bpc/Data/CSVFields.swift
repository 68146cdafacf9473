/// A field of a row of CSV, until the next one is read.
struct CSVField {
  /// The place of its bytes in the memory of the input, without quotes and the blanks around them.
  let content: Range<Int>
  /// Whether it stands in quotes, so that two quotes in it mean one.
  let isQuoted: Bool
  /// The number of the line that it begins in.
  let line: Int
  /// Whether it is the last one of its row.
  let endsRow: Bool
}

/// The fields of a CSV file (RFC 4180), one after the other.
///
/// Lines end as LF, CR LF or CR. Blanks around a field do not belong to it.
struct CSVFields {
  /// The file.
  var input: ChunkedInput
  /// What stands between two fields.
  var separator = UInt8(ascii: ",")
  /// The number of the line, from 1, that comes next.
  var line = 1
  /// Whether the line ended with a CR, to which an LF may still belong.
  private var isAfterReturn = false
  /// Whether the next field is the first one of a row.
  private var isAtRowStart = true

  /// The most bytes of a field; more are the sign of a quote that is not closed.
  let sizeLimit: Int

  /// Creates the fields of `input`, the separator of which shows in its first line.
  init(_ input: ChunkedInput, sizeLimit: Int = 1 << 24) throws(DataFailure) {
    self.input = input
    self.sizeLimit = sizeLimit
    try skipByteOrderMark()
    try findSeparator()
  }

  /// Returns the next field, or nil after the last row.
  mutating func next() throws(DataFailure) -> CSVField? {
    if isAfterReturn { try skipLineFeed() }
    if isAtRowStart, input.start == input.end, try !readMore() { return nil }
    let offset = try offsetAfterBlanks()
    if try byte(at: offset) == CSVFields.quote { return try quotedField(at: offset) }
    return try plainField()
  }

  /// Returns the field in front, which stands without quotes.
  private mutating func plainField() throws(DataFailure) -> CSVField {
    var end = input.start
    while true {
      end = endOfPlainText(from: end)
      if end < input.end { break }
      let length = end - input.start
      let isMore = try readMore()
      end = input.start + length
      if !isMore { break }
    }
    let content = trimmed(input.start..<end)
    let line = line
    return CSVField(
      content: content, isQuoted: false, line: line, endsRow: try finishField(at: end))
  }

  /// Returns where a separator or line end stands at or after `start`, or else the end of the bytes
  /// at hand.
  @inline(__always)
  private func endOfPlainText(from start: Int) -> Int {
    var place = start
    while place < input.end {
      let byte = input.bytes[place]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      place += 1
    }
    return place
  }

  /// Takes the field that ends at `end` and what ends it, and returns whether its row ends.
  @inline(__always)
  mutating func finishField(at end: Int) throws(DataFailure) -> Bool {
    guard end < input.end else {
      input.start = end
      isAtRowStart = true
      return true
    }
    let terminator = input.bytes[end]
    input.start = end + 1
    isAtRowStart = terminator != separator
    if isAtRowStart { line += 1 }
    isAfterReturn = terminator == 0x0D
    return isAtRowStart
  }

  /// Returns `range` without the blanks at its ends.
  @inline(__always)
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(input.bytes[start]) { start += 1 }
    while start < end, isBlank(input.bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Returns whether `byte` is a space, or a tab that separates nothing.
  @inline(__always)
  func isBlank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != separator }

  /// Passes over the LF that belongs to a CR.
  private mutating func skipLineFeed() throws(DataFailure) {
    isAfterReturn = false
    if try byte(at: 0) == 0x0A { input.start += 1 }
  }
}
