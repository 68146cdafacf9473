extension JSONReader {
  /// Reads a number.
  mutating func number() throws(JSONFailure) -> Double {
    let start = place
    try checkNumber()
    guard let number = dataNumber(bytes, start..<place) else {
      let text = String(decoding: bytes[start..<place], as: UTF8.self).excerptInQuotes
      throw JSONFailure(offset: start, problem: "\(text) is too large for Float64")
    }
    return number
  }

  /// Passes over a number as JSON writes it.
  private mutating func checkNumber() throws(JSONFailure) {
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    let start = place
    if bytes[start...].starts(with: "Infinity".utf8) || bytes[start...].starts(with: "inf".utf8) {
      throw JSONFailure(
        offset: start - 1, problem: "infinity is written in quotes in JSON: \"-inf\"")
    }
    try skipDigits()
    if place - start > 1, bytes[start] == UInt8(ascii: "0") {
      throw JSONFailure(offset: start, problem: "a number begins with a needless 0")
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      try skipDigits()
    }
    guard place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") else { return }
    place += 1
    if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") {
      place += 1
    }
    try skipDigits()
  }

  /// Passes over digits, of which there is at least one.
  @inline(__always)
  private mutating func skipDigits() throws(JSONFailure) {
    let start = place
    while place < bytes.count, bytes[place] &- UInt8(ascii: "0") <= 9 { place += 1 }
    if place == start { throw failure("\(nextThing) stands where a digit is due") }
  }

  /// Reads a string.
  mutating func string() throws(JSONFailure) -> String {
    let start = place
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return try decoded(text, from: start)
      case UInt8(ascii: "\\"): text += try escape().utf8
      case 0..<0x20: throw failure("a control character in a string is written with '\\'")
      default:
        text.append(byte)
        place += 1
      }
    }
    throw JSONFailure(offset: start, problem: "the quote of a string is not closed")
  }

  /// Returns the text that `bytes` are in UTF-8.
  private func decoded(_ bytes: [UInt8], from start: Int) throws(JSONFailure) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else {
      throw JSONFailure(offset: start, problem: "a string is not UTF-8 text")
    }
    return text
  }

  /// Reads what a `\` begins.
  private mutating func escape() throws(JSONFailure) -> String {
    let start = place
    let letter = place + 1 < bytes.count ? bytes[place + 1] : 0
    place += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(Unicode.Scalar(letter))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      if let scalar = unicodeEscape() { return String(scalar) }
    default: break
    }
    throw JSONFailure(offset: start, problem: "a '\\' in a string begins nothing that JSON knows")
  }

  /// Reads the digits of a `\u`, and those of the second half of a surrogate pair.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let first = hexDigits() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard bytes[place...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return nil }
    place += 2
    guard let second = hexDigits(), (0xDC00..<0xE000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  /// Reads four hexadecimal digits.
  private mutating func hexDigits() -> UInt32? {
    let digits = bytes[min(place, bytes.count)...].prefix(4)
    let isComplete =
      digits.count == 4
      && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }
    guard isComplete else { return nil }
    place += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
