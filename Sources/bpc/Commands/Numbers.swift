import BPIR
import BPInterp

/// A number of a result, with the type that decides how it is written.
struct Scalar: Equatable {
  let number: Double
  let type: ValueType
  /// How many bits it was computed with.
  var precision = Precision.float64

  /// The text for people: the shortest that reads back exactly, whole numbers without a point.
  var text: String {
    if type == .boolean { return number != 0 ? "true" : "false" }
    if number.isNaN { return "nan" }
    let text = precision == .float32 ? Float(number).description : number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The text in JSON, which has no numbers that are not finite.
  var json: String {
    if number.isNaN { return "\"NaN\"" }
    if number.isInfinite { return number < 0 ? "\"-inf\"" : "\"inf\"" }
    return text
  }
}

extension String {
  /// The text as a string of JSON.
  var json: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The text as a field of CSV (RFC 4180).
  var csv: String {
    contains { $0 == "," || $0 == "\"" || $0 == "\n" }
      ? "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\"" : self
  }
}

/// Returns a JSON object of `members`, on one line.
func jsonObject(_ members: [(name: String, value: String)]) -> String {
  "{" + members.map { "\($0.name.json): \($0.value)" }.joined(separator: ", ") + "}"
}
