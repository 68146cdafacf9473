extension Int {
  /// The number of bytes with the unit that makes it short: `1.5G`.
  package var asByteCount: String {
    let units = ["", "K", "M", "G", "T", "P", "E"]
    let exponent = self == 0 ? 0 : (Int.bitWidth - 1 - leadingZeroBitCount) / 10
    let tenths = (Double(self) / Double(1 << (10 * exponent)) * 10).rounded(.up)
    let (whole, rest) = (Int(tenths) / 10, Int(tenths) % 10)
    return "\(whole)" + (rest == 0 ? "" : ".\(rest)")
      + (units[exponent].isEmpty ? " bytes" : units[exponent])
  }

  /// The number of bytes as `--memory` takes it, rounded up.
  package var asMemoryOption: String {
    let units = ["", "K", "M", "G"]
    var (number, unit) = (self, 0)
    while unit == 0 || number >= 1 << 14, unit < 3 {
      number = (number - 1) >> 10 + 1
      unit += 1
    }
    return "\(number)\(units[unit])"
  }

  /// Returns the sum of two numbers of bytes, or the largest number where that is larger.
  package func adding(_ bytes: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(bytes)
    return overflow ? .max : sum
  }
}
