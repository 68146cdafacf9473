extension JSONReader {
  /// Passes over blanks, and over `mark` if it comes next; returns whether it did.
  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
    place += 1
    return true
  }

  /// Passes over spaces, tabs and line breaks.
  mutating func skipBlanks() {
    while place < bytes.count, case let byte = bytes[place],
      byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    {
      place += 1
    }
  }

  /// Returns the failure that the text has at the next byte.
  func failure(_ problem: String) -> JSONFailure { JSONFailure(offset: place, problem: problem) }

  /// What messages call what comes next.
  var nextThing: String {
    guard place < bytes.count else { return "the end of the file" }
    let text = String(decoding: bytes[place...].prefix(32), as: UTF8.self)
    let word = text.prefix { $0.isLetter || $0.isNumber }
    return String(word.isEmpty ? text.prefix(1) : word).quoted
  }
}
