import BackpropCompiler

extension Expression {
  /// The number or array with so many digits.
  func rounded(to digits: Int) -> Expression {
    switch self {
    case .number(let number): .number(number.rounded(to: digits))
    case .array(let shape, let elements):
      .array(shape: shape, elements: elements.map { $0.rounded(to: digits) })
    default: self
    }
  }
}

extension Double {
  /// The nearest number with so many digits, or the number where it has no more.
  func rounded(to digits: Int) -> Double {
    let text = description
    let mantissa = text.prefix { $0 != "e" }
    var places = Array(mantissa.utf8)
    let isDigit = { (place: UInt8) in 48...57 ~= place }
    guard isFinite, let first = places.firstIndex(where: { 49...57 ~= $0 }) else { return self }
    let significant = places.indices[first...].filter { isDigit(places[$0]) }
    guard significant.count > digits, digits > 0 else { return self }
    let isUp = places[significant[digits]] >= 53
    for place in significant[digits...] { places[place] = 48 }
    if isUp { places.increment(through: significant[digits - 1]) }
    return Double(String(decoding: places, as: UTF8.self) + text.dropFirst(mantissa.count)) ?? self
  }
}

extension [UInt8] {
  /// Adds 1 to the number whose last digit is at `end`, in a text of digits, a sign and a point.
  fileprivate mutating func increment(through end: Int) {
    for place in self[...end].indices.reversed() where 48...57 ~= self[place] {
      guard self[place] == 57 else {
        self[place] += 1
        return
      }
      self[place] = 48
    }
    insert(49, at: first == 45 ? 1 : 0)
  }
}
