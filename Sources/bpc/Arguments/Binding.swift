/// A value for a name of the program, as it was typed: `x=-1`.
struct Binding: Equatable, Sendable {
  /// The name before the first `=`.
  let name: String
  /// The text after it, which may be anything.
  let text: String

  /// Creates the binding of `name` to `text`.
  init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Creates the binding that `argument` spells, or nil if that is no name followed by `=`.
  init?(_ argument: String) {
    // By scalars: a character of the value's may have joined the `=`.
    let scalars = argument.unicodeScalars
    guard let equals = scalars.firstIndex(of: "=") else { return nil }
    let name = String(scalars[..<equals])
    guard name.isProgramName else { return nil }
    self.name = name
    text = String(scalars[scalars.index(after: equals)...])
  }
}

extension String {
  /// Whether a program could use the text as a name.
  var isProgramName: Bool {
    guard let first = unicodeScalars.first, first.mayStartName else { return false }
    return unicodeScalars.dropFirst().allSatisfy(\.mayContinueName)
  }
}

extension Unicode.Scalar {
  /// Whether a name of a program may start with the scalar.
  fileprivate var mayStartName: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: self == "_"
    }
  }

  /// Whether a name of a program may go on with the scalar.
  fileprivate var mayContinueName: Bool {
    switch properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark: true
    default: mayStartName || ("\u{2080}"..."\u{2089}").contains(self)
    }
  }
}
