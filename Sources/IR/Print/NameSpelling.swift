extension String {
  /// The name as the text of the IR writes it: bare where it is one word, otherwise in quotes.
  var spelledName: String {
    if isBareName { return self }
    return "\"" + unicodeScalars.map(\.spelledInQuotes).joined() + "\""
  }

  /// Creates the name that is written `text`, quotes included, or nil where an escape is none.
  init?(quoted text: String) {
    var rest = text.unicodeScalars.dropFirst().dropLast()
    var name = UnicodeScalarView()
    while let scalar = rest.popFirst() {
      guard let unescaped = scalar == "\\" ? rest.popEscaped() : scalar else { return nil }
      name.append(unescaped)
    }
    self.init(name)
  }

  /// Whether the text of the IR writes the name without quotes.
  var isBareName: Bool { !isEmpty && unicodeScalars.allSatisfy(\.isPartOfBareName) }
}

extension Unicode.Scalar {
  /// Whether a name with the scalar may stand without quotes.
  fileprivate var isPartOfBareName: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "[", "]": true
    default: !isASCII && !properties.isWhitespace && !isControl
    }
  }

  /// The scalar as it stands between quotes.
  fileprivate var spelledInQuotes: String {
    if self == "\"" || self == "\\" { return "\\\(self)" }
    return isControl ? "\\u{\(String(value, radix: 16, uppercase: true))}" : String(self)
  }

  private var isControl: Bool { properties.generalCategory == .control }
}

extension Substring.UnicodeScalarView {
  /// Removes what follows a backslash and returns the scalar that it stands for.
  fileprivate mutating func popEscaped() -> Unicode.Scalar? {
    guard let letter = popFirst() else { return nil }
    guard letter == "u" else { return letter == "\"" || letter == "\\" ? letter : nil }
    guard popFirst() == "{", let end = firstIndex(of: "}") else { return nil }
    let code = UInt32(String(self[..<end]), radix: 16)
    self = self[index(after: end)...]
    return code.flatMap(Unicode.Scalar.init)
  }
}
