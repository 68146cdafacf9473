extension Diagnostic {
  /// Returns an error for bytes that are not UTF-8.
  static func invalidText(at span: Span) -> Diagnostic {
    Diagnostic(.invalidText, "these bytes are not UTF-8 text", at: span)
  }

  /// Returns an error for a character that is no part of the language.
  static func unexpectedCharacter(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    let help = mend(for: scalar).map { "write \($0)" } ?? ""
    return Diagnostic(
      .unexpectedCharacter, "unexpected character \(name(of: scalar))", at: span,
      help: help)
  }

  /// Returns an error for a number whose digits are not separated as they should be.
  static func malformedNumber(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedNumber, "'_' stands only between two digits of a number", at: span,
      help: "write '\(text)'")
  }

  /// Returns an error for `5.`.
  static func pointWithoutDigits(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedNumber, "a digit follows the point of a number", at: span,
      help: "write '\(text).0'")
  }

  /// Returns an error for a number that Float64 does not hold.
  static func numberOutOfRange(isHuge: Bool, at span: Span) -> Diagnostic {
    let reason =
      isHuge
      ? "too large for Float64, whose largest is \(Double.greatestFiniteMagnitude)"
      : "too small for Float64, whose smallest is \(Double.leastNonzeroMagnitude)"
    return Diagnostic(
      .numberOutOfRange, "this number is \(reason)", at: span,
      help: isHuge ? "infinity is written 'inf'" : "")
  }

  /// Returns the scalar in quotes, or by its code and name where it cannot be seen.
  private static func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    switch scalar.properties.generalCategory {
    case .control: return scalar == "\0" ? "NUL" : code
    case .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned, .nonspacingMark, .enclosingMark, .spacingMark:
      return scalar.properties.name.map { "\(code) (\($0.lowercased()))" } ?? code
    default: return "'\(scalar)'"
    }
  }

  /// Returns what the language writes in place of `scalar`, where that is known.
  private static func mend(for scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "×", "·", "⋅", "∗", "∙": "'*' for a product"
    case "÷", "∕", "⁄": "'/' for a quotient"
    case "−", "–", "—": "'-' for a minus sign"
    case "²": "'^2'"
    case "³": "'^3'"
    case "√": "'sqrt(…)'"
    case "≤": "'<='"
    case "≥": "'>='"
    case "≠": "'!='"
    case "∞": "'inf'"
    case "&": "'and'"
    case "|": "'or'"
    case "!": "'not'"
    case "?": "'if … { … } else { … }'"
    case "\"", "“", "”": "names and numbers only: the language has no strings"
    case "\u{A0}", "\u{2007}", "\u{202F}", "\u{3000}": "an ordinary space"
    case "\r": "line ends as LF or CR LF"
    default: nil
    }
  }
}
