/// A number as decimal digits: `significand` · 10^`exponent`, where the significand has all digits
/// of the text unless `hasMoreDigits`.
struct Decimal {
  /// Whether a minus sign comes first.
  private(set) var isNegative = false
  /// The first digits, without leading zeros.
  private(set) var significand: UInt64 = 0
  /// The power of ten that the significand is multiplied by.
  private(set) var exponent = 0
  /// Whether there are more digits than the significand holds.
  private(set) var hasMoreDigits = false
  /// Where the number ends in the text.
  private(set) var end: Int

  /// The digits that are sure to fit the significand.
  private static let mostDigits = 19
  /// An exponent at which every number is infinite or zero, whatever its digits are.
  private static let largestExponent = 1 << 40

  /// Reads the number that `bytes` begin with in `range`, or returns nil if they begin with none.
  ///
  /// A sign may come first, and the point may come first or last.
  @inline(__always)
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    end = range.lowerBound
    if end < range.upperBound, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") {
      isNegative = bytes[end] == UInt8(ascii: "-")
      end += 1
    }
    let start = end
    var room = Decimal.mostDigits
    readDigits(bytes, range.upperBound, &room)
    var digitCount = end - start
    if end < range.upperBound, bytes[end] == UInt8(ascii: ".") {
      end += 1
      let firstDecimal = end
      let held = readDigits(bytes, range.upperBound, &room)
      digitCount += end - firstDecimal
      exponent -= held
    }
    if digitCount == 0 { return nil }
    if end < range.upperBound, bytes[end] | 0x20 == UInt8(ascii: "e") {
      readExponent(bytes, range.upperBound)
    }
  }

  /// Reads digits, and returns how many of them the significand now holds, leading zeros included.
  @inline(__always) @discardableResult
  private mutating func readDigits(_ bytes: [UInt8], _ limit: Int, _ room: inout Int) -> Int {
    var held = 0
    while end < limit {
      let digit = bytes[end] &- UInt8(ascii: "0")
      if digit > 9 { break }
      end += 1
      if room > 0 {
        significand = significand &* 10 &+ UInt64(digit)
        if significand != 0 { room -= 1 }
        held += 1
      } else {
        hasMoreDigits = true
      }
    }
    return held
  }

  /// Reads the power of ten behind an `e`, if there is one.
  private mutating func readExponent(_ bytes: [UInt8], _ limit: Int) {
    var place = end + 1
    var isBelowOne = false
    if place < limit, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
      isBelowOne = bytes[place] == UInt8(ascii: "-")
      place += 1
    }
    var power = 0
    let firstDigit = place
    while place < limit, case let digit = bytes[place] &- UInt8(ascii: "0"), digit <= 9 {
      power = min(power * 10 + Int(digit), Decimal.largestExponent)
      place += 1
    }
    if place == firstDigit { return }
    exponent += isBelowOne ? -power : power
    end = place
  }
}
