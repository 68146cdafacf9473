/// Returns the whole number from `smallest` on that `text` spells; nil when there is something else.
///
/// Besides digits alone it may be written `10_000` or `1e4`.
func wholeNumber(_ text: some StringProtocol, from smallest: Int = 1) -> Int? {
  let parts = Array(text.utf8).split(
    separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
  guard parts.allSatisfy({ ($0.first?.isDigit ?? false) && ($0.last?.isDigit ?? false) }) else {
    return nil
  }
  let digits = parts.flatMap { $0 }
  let plain = String(decoding: digits, as: UTF8.self)
  let number = digits.allSatisfy(\.isDigit) ? Int(plain) : exactWhole(plain)
  return number.flatMap { $0 >= smallest ? $0 : nil }
}

/// Returns the whole number that `text` spells with a point or an exponent.
private func exactWhole(_ text: String) -> Int? {
  guard text.utf8.allSatisfy({ $0.isDigit || ".eE+".utf8.contains($0) }), let number = Double(text)
  else { return nil }
  return Int(exactly: number)
}

extension UInt8 {
  /// Whether the byte is a digit.
  fileprivate var isDigit: Bool { 48...57 ~= self }
}

extension Int {
  /// The largest number up to which every whole number is one of Float64: 2^53.
  static let largestExactWhole = 1 << 53
}

extension GatheredArguments {
  /// Returns the whole number from 0 on that is the value of the option `name`, if it was given.
  func count(_ name: String) -> Int? { value(name).flatMap { wholeNumber($0, from: 0) } }
}
