/// A constant as the text of the IR writes it.
struct Literal {
  /// The number; 1 and 0 for true and false.
  let number: Double
  /// The type, which the spelling alone gives: `3` is an integer, `3.0` and `3e2` are real.
  let type: ValueType.Element
  /// What keeps the number from being what is written.
  private(set) var problem: String?

  /// Creates the constant that is written `text`, or nil when it is none.
  init?(_ text: String) {
    switch text {
    case "true": self.init(1, .boolean)
    case "false": self.init(0, .boolean)
    case "nan": self.init(.nan, .real)
    case "inf": self.init(.infinity, .real)
    case "-inf": self.init(-.infinity, .real)
    default: self.init(decimal: text)
    }
  }

  private init(_ number: Double, _ type: ValueType.Element) {
    self.number = number
    self.type = type
  }

  private init?(decimal text: String) {
    guard let type = decimalType(text), let number = Double(text) else { return nil }
    self.init(number, type)
    if type == .integer, number.magnitude > ValueType.largestInteger {
      problem = "beyond ±2^53, where the integers end"
    } else if number.isInfinite {
      problem = "too large for Float64"
    } else if number == 0, !isWrittenAsZero(text) {
      problem = "too small for Float64"
    }
  }
}

/// Returns the type of a number with the spelling of `text`, or nil when it is none.
private func decimalType(_ text: String) -> ValueType.Element? {
  var rest = text.utf8[...]
  var type = ValueType.Element.integer
  if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
  guard dropDigits(&rest) else { return nil }
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    guard dropDigits(&rest) else { return nil }
    type = .real
  }
  if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
    rest.removeFirst()
    if let sign = rest.first, "+-".utf8.contains(sign) { rest.removeFirst() }
    guard dropDigits(&rest) else { return nil }
    type = .real
  }
  return rest.isEmpty ? type : nil
}

/// Drops the digits at the start and returns whether there are any.
private func dropDigits(_ text: inout Substring.UTF8View) -> Bool {
  let rest = text.drop { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
  defer { text = rest }
  return rest.startIndex != text.startIndex
}

/// Returns whether every digit before the exponent of `text` is 0.
private func isWrittenAsZero(_ text: String) -> Bool {
  let mantissa = text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
  return !mantissa.contains { UInt8(ascii: "1") <= $0 && $0 <= UInt8(ascii: "9") }
}
