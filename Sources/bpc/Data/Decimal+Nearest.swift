import BackpropCompiler

extension Decimal {
  /// The nearest Float64, or nil where that takes more than a few operations.
  @inline(__always)
  var nearestDouble: Double? {
    if hasMoreDigits { return nil }
    guard let magnitude = significand >> 53 == 0 ? clinger : nil else { return nearestByDivision }
    return isNegative ? -magnitude : magnitude
  }

  /// The magnitude by one operation of exact operands (Clinger, How to Read Floating Point Numbers
  /// Accurately, 1990).
  @inline(__always)
  private var clinger: Double? {
    if exponent == 0 { return Double(significand) }
    if exponent < 0, exponent >= -22 { return Double(significand) / exactPowers[-exponent] }
    if exponent > 0, exponent <= 22 { return Double(significand) * exactPowers[exponent] }
    return nil
  }

  /// The nearest Float64 by an integer division that keeps whether something remains.
  private var nearestByDivision: Double? {
    if significand == 0 { return isNegative ? -0.0 : 0.0 }
    guard exponent <= 0, exponent >= -27 else { return nil }
    // 10^k is 5^k shifted by k bits, and 5^27 still fits.
    let divisor = powersOfFive[-exponent]
    let shift = significand.leadingZeroBitCount
    let divisorShift = divisor.leadingZeroBitCount
    let dividend = significand << shift
    let (quotient, remainder) = (divisor << divisorShift)
      .dividingFullWidth((dividend >> 1, dividend << 63))
    // The last of the 63 or 64 bits only decides ties, for which any remainder counts.
    let rounded = Double(quotient | (remainder == 0 ? 0 : 1))
    let scale = Double(
      sign: isNegative ? .minus : .plus, exponent: divisorShift - shift - 63 + exponent,
      significand: 1)
    return rounded * scale
  }
}

/// The powers of ten that Float64 holds exactly.
private let exactPowers: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

/// The powers of five up to the 27th.
private let powersOfFive: [UInt64] = (0...27).map { power in
  (0..<power).reduce(1) { product, _ in product * 5 }
}
