/// A place in the bytes of a source, moving forward only.
struct Cursor {
  /// The bytes that are read.
  let bytes: [UInt8]
  /// The offset of the next byte.
  var offset = 0

  /// The next byte, or nil at the end.
  var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// Returns the byte `distance` after the next one, or nil beyond the end.
  func peek(_ distance: Int) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  /// Moves past the bytes for which `predicate` holds.
  mutating func skip(while predicate: (UInt8) -> Bool) {
    while let byte = peek, predicate(byte) { offset += 1 }
  }

  /// Returns whether the text here starts with `text`.
  func starts(with text: String) -> Bool {
    bytes[offset...].starts(with: text.utf8)
  }

  /// What stands at an offset: a Unicode scalar, or bytes that are none.
  enum Character {
    case scalar(Unicode.Scalar, length: Int)
    case invalid(length: Int)
  }

  /// Returns the Unicode scalar here, or how many bytes are not UTF-8.
  ///
  /// - Requires: The cursor is not at the end.
  func character() -> Character {
    var iterator = bytes[offset...].prefix(4).makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    switch parser.parseScalar(from: &iterator) {
    case .valid(let encoded):
      return .scalar(Unicode.UTF8.decode(encoded), length: encoded.count)
    case .error(let length):
      return .invalid(length: length)
    case .emptyInput:
      return .invalid(length: 1)
    }
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII digit.
  var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }

  /// Whether the byte is an ASCII letter or `_`.
  var startsName: Bool {
    let lower = self | 0x20
    return (UInt8(ascii: "a") <= lower && lower <= UInt8(ascii: "z")) || self == UInt8(ascii: "_")
  }
}

extension Unicode.Scalar {
  /// Whether a name may start with the scalar.
  var startsName: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: self == "_"
    }
  }

  /// Whether a name may go on with the scalar.
  var continuesName: Bool {
    switch properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark: true
    default: startsName || ("\u{2080}"..."\u{2089}").contains(self)
    }
  }
}
