/// Returns the number that `bytes` spell in `range`, or nil if they spell none, or one that is too
/// large for Float64.
///
/// Besides decimal digits there are `nan`, `inf` and `infinity`, in either case, and with a sign.
@inline(__always)
func dataNumber(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
  if let decimal = Decimal(bytes, range), decimal.end == range.upperBound {
    if let number = decimal.nearestDouble { return number }
    let number = Double(String(decoding: bytes[range], as: UTF8.self))
    return number?.isFinite == true ? number : nil
  }
  return specialNumber(bytes[range])
}

/// Returns the number that is not finite which `bytes` name.
private func specialNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
  let isNegative = bytes.first == UInt8(ascii: "-")
  let isSigned = isNegative || bytes.first == UInt8(ascii: "+")
  let word = bytes.dropFirst(isSigned ? 1 : 0)
  guard (3...8).contains(word.count) else { return nil }
  switch String(decoding: word, as: UTF8.self).lowercased() {
  case "nan": return .nan
  case "inf", "infinity": return isNegative ? -.infinity : .infinity
  default: return nil
  }
}

/// Returns what is wrong with the bytes of `range`, which spell no number of Float64.
func complaint(_ bytes: [UInt8], _ range: Range<Int>) -> String {
  guard let decimal = Decimal(bytes, range), decimal.end == range.upperBound else {
    let hasComma = bytes[range].contains(UInt8(ascii: ","))
    return "is no number" + (hasComma ? "; decimals follow a point" : "")
  }
  return "is too large for Float64"
}
