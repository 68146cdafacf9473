extension CSVFields {
  /// What encloses a field.
  static let quote = UInt8(ascii: "\"")

  /// Reads more bytes, and returns whether there were any.
  mutating func readMore() throws(DataFailure) -> Bool {
    guard input.end - input.start <= sizeLimit else {
      throw .malformed(
        input.name, at: .init(line: line),
        "a field has more than \(sizeLimit) bytes; perhaps a quote is not closed")
    }
    do throws(InputFailure) { return try input.readMore() } catch { throw .input(error) }
  }

  /// Returns the byte that stands `offset` bytes after the first one at hand, or nil behind the end.
  @inline(__always)
  mutating func byte(at offset: Int) throws(DataFailure) -> UInt8? {
    while offset >= input.end - input.start {
      if try !readMore() { return nil }
    }
    return input.bytes[input.start + offset]
  }

  /// Returns the offset of the first byte that is no blank.
  @inline(__always)
  mutating func offsetAfterBlanks(from start: Int = 0) throws(DataFailure) -> Int {
    var offset = start
    while let byte = try byte(at: offset), isBlank(byte) { offset += 1 }
    return offset
  }

  /// Passes over the mark that some programs write before UTF-8 text.
  mutating func skipByteOrderMark() throws(DataFailure) {
    for (offset, expected) in [0xEF, 0xBB, 0xBF].enumerated() {
      if try byte(at: offset) != UInt8(expected) { return }
    }
    input.start += 3
  }

  /// Makes the separator what the first line has: commas, else semicolons, else tabs.
  mutating func findSeparator() throws(DataFailure) {
    var seen: Set<UInt8> = []
    var isInQuotes = false
    var offset = try offsetAfterBlankLines()
    while let byte = try byte(at: offset) {
      if byte == CSVFields.quote { isInQuotes.toggle() }
      if !isInQuotes {
        if byte == 0x0A || byte == 0x0D { break }
        seen.insert(byte)
      }
      offset += 1
    }
    separator =
      [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].first(where: seen.contains) ?? separator
  }

  /// Returns the offset of the first line that is not blank.
  private mutating func offsetAfterBlankLines() throws(DataFailure) -> Int {
    var offset = 0
    while let byte = try byte(at: offset), [0x0A, 0x0D, 0x20].contains(byte) { offset += 1 }
    return offset
  }

  /// Returns the field in front, whose quote stands at `offset`.
  mutating func quotedField(at offset: Int) throws(DataFailure) -> CSVField {
    let firstLine = line
    let end = try offsetOfClosingQuote(after: offset)
    let next = try offsetAfterBlanks(from: end + 1)
    if let byte = try byte(at: next), byte != separator, byte != 0x0A, byte != 0x0D {
      throw .malformed(
        input.name, at: .init(line: line),
        "text follows a closing quote; a quote in a field is written as two")
    }
    let content = input.start + offset + 1..<input.start + end
    return CSVField(
      content: content, isQuoted: true, line: firstLine,
      endsRow: try finishField(at: input.start + next))
  }

  /// Returns the offset of the quote that closes the field whose first quote is at `offset`.
  private mutating func offsetOfClosingQuote(after offset: Int) throws(DataFailure) -> Int {
    let firstLine = line
    var offset = offset + 1
    while let byte = try byte(at: offset) {
      if byte == CSVFields.quote {
        guard try self.byte(at: offset + 1) == CSVFields.quote else { return offset }
        offset += 1
      } else if byte == 0x0A {
        line += 1
      } else if byte == 0x0D, try self.byte(at: offset + 1) != 0x0A {
        line += 1
      }
      offset += 1
    }
    throw .malformed(input.name, at: .init(line: firstLine), "the quote of a field is not closed")
  }
}
