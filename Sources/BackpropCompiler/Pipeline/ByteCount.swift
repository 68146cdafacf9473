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
}
