/// The type of the real numbers of an emitted file.
package enum SwiftScalar: String, Sendable {
  case double = "Double"
  case float = "Float"

  /// Returns `code`, which is written for `Double`, for this type; comments and texts stay as they are.
  func spelled(_ code: String) -> String {
    guard self == .float else { return code }
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { spelled(line: $0) }.joined(separator: "\n")
  }

  private func spelled(line: Substring) -> String {
    var result = ""
    var word = ""
    var isText = false
    var previous: Character = " "
    for (place, character) in zip(line.indices, line) {
      if !isText, character == "/", previous == "/" { return result + line[place...] }
      if !isText, character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        result += (word == "Double" ? rawValue : word) + String(character)
        word = ""
        if character == "\"", previous != "\\" { isText.toggle() }
      }
      previous = character
    }
    return result + (word == "Double" ? rawValue : word)
  }

  /// Returns `number` as it is among numbers of this type.
  func rounded(_ number: Double) -> Double { self == .float ? Double(Float(number)) : number }

  /// Whether the compiler warns of `number` as a decimal literal: it is below the normal range.
  func isSubnormal(_ number: Double) -> Bool {
    self == .float ? Float(number).isSubnormal : number.isSubnormal
  }

  /// The shortest decimal literal that is `number`.
  func literal(_ number: Double) -> String {
    self == .float ? Float(number).description : number.description
  }

  /// The bits of `number`.
  func bitPattern(_ number: Double) -> UInt64 {
    self == .float ? UInt64(Float(number).bitPattern) : number.bitPattern
  }
}

extension SwiftHelper {
  /// Whether it computes with `Double` in every file: its polynomials and tables are made for that, and
  /// what it gives is rounded where the file computes with `Float`.
  var isOfDoubles: Bool {
    switch self {
    case .integerPower, .hypot, .cbrt, .halfExp, .sinh, .tanh, .tanhOfHalf, .asinh, .acosh, .atanh,
      .lgamma, .digamma, .polygamma, .sinc, .uniformNumber, .normalNumber:
      true
    default: false
    }
  }

  /// Returns the text of the function for a file with numbers of type `scalar`.
  func text(for scalar: SwiftScalar) -> String { isOfDoubles ? text : scalar.spelled(text) }
}
