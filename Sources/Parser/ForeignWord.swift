import BPLexer

/// What a word that stands before a name begins in other languages.
enum ForeignWord {
  /// The definition of a name.
  case definition
  /// That of a function.
  case function
  /// That of a function without a name.
  case lambda
  /// An import.
  case importing
  /// A further case.
  case elseIf

  /// What the word `text` begins; nil where none is known.
  init?(_ text: String) {
    switch text {
    case "let", "var", "const", "val", "auto", "float", "double", "int", "real", "mut", "local":
      self = .definition
    case "def", "func", "fun", "function", "fn": self = .function
    case "lambda": self = .lambda
    case "import", "from", "using", "include", "require": self = .importing
    case "elif", "elseif", "elsif": self = .elseIf
    default: return nil
    }
  }
}

extension Grammar {
  /// What the last token begins where a name follows it on its line.
  var foreignWord: ForeignWord? {
    guard previous.kind == .name, next.kind == .name, !next.startsLine else { return nil }
    return ForeignWord(text(previous))
  }

  /// Whether the next token is a word that stands before a definition in other languages.
  var precedesDefinition: Bool {
    guard next.kind == .name, kind(after: 1) == .name, !token(after: 1).startsLine else {
      return false
    }
    switch ForeignWord(text(next)) {
    case .definition, .function: return true
    default: return false
    }
  }
}
