// Numbers as Swift writes them.

extension SwiftBody {
  /// Returns a number as a Swift literal.
  func literal(_ number: Double, _ type: ValueType) -> String {
    switch type.element {
    case .boolean: return number != 0 ? "true" : "false"
    case .integer: return SwiftBody.grouped(number)
    case .real:
      let number = printer.model.scalar.rounded(number)
      if number.isNaN { return "Double.nan" }
      if number.isInfinite { return number < 0 ? "-Double.infinity" : "Double.infinity" }
      // The compiler warns of a decimal literal below the normal range.
      let scalar = printer.model.scalar
      guard scalar.isSubnormal(number) else { return scalar.literal(number) }
      let bits = SwiftBody.grouped(Double(scalar.bitPattern(number.magnitude)))
      return "\(number < 0 ? "-" : "")Double(bitPattern: \(bits))"
    }
  }

  /// Returns a whole number with its digits in groups of three where there are more than six.
  static func grouped(_ number: Double) -> String {
    let digits = String(Int(exactly: number.magnitude) ?? 0)
    var groups: [Substring] = []
    var rest = digits[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    let text = digits.count > 6 ? ([rest] + groups).joined(separator: "_") : digits
    return number < 0 ? "-" + text : text
  }
}
