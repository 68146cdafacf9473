/// A value of the JSON that describes the commands.
indirect enum DumpedValue: Sendable {
  /// A text.
  case string(String)
  /// A whole number.
  case number(Int)
  /// A truth value.
  case boolean(Bool)
  /// A list.
  case array([DumpedValue])
  /// Members by name, without those that are nil.
  case object([String: DumpedValue?])

  /// Returns the value as JSON, with `margin` before each line but the first.
  func text(margin: String = "") -> String {
    switch self {
    case .string(let text): text.quotedForJSON
    case .number(let number): String(number)
    case .boolean(let truth): truth ? "true" : "false"
    case .array(let elements):
      bracketed("[", elements.map { $0.text(margin: margin + "  ") }, "]", margin: margin)
    case .object(let members):
      bracketed("{", lines(of: members, margin: margin + "  "), "}", margin: margin)
    }
  }

  /// Returns the members in the order of their names.
  private func lines(of members: [String: DumpedValue?], margin: String) -> [String] {
    members.sorted { $0.key < $1.key }.compactMap { name, value in
      value.map { "\(name.quotedForJSON) : \($0.text(margin: margin))" }
    }
  }

  /// Returns `lines` between brackets.
  private func bracketed(
    _ open: String, _ lines: [String], _ close: String, margin: String
  ) -> String {
    let body = lines.map { "\(margin)  \($0)" }.joined(separator: ",\n")
    return "\(open)\n\(body)\n\(margin)\(close)"
  }
}

extension String {
  /// The text as JSON writes it.
  fileprivate var quotedForJSON: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
