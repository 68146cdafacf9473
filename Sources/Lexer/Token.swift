/// A word of the language: what it is, where it stands, and which name or number it is.
package struct Token: Sendable {
  /// What the token is.
  package let kind: Kind
  /// Whether it is the first token on its line.
  package let startsLine: Bool
  /// For a name its index in `TokenList.names`; for a number its index in `TokenList.numbers`.
  package let payload: UInt32
  /// Where it stands.
  package let span: Span

  /// The kinds of token.
  package enum Kind: UInt8, Sendable, CaseIterable {
    case name, wholeNumber, number
    case `param`, `input`, `for`, `in`, by, `while`, `if`, `else`, `return`, `break`, `continue`
    case or, and, not, `true`, `false`
    case plus, minus, star, slash, percent, at, power
    case equal, equalEqual, notEqual, less, lessEqual, greater, greaterEqual
    case comma, semicolon, colon, dot, prime, rangeBelow, rangeThrough
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case end
  }
}

extension Token.Kind {
  /// The words that are not names.
  static let keywords: [String: Token.Kind] = [
    "param": .param, "input": .input, "for": .for, "in": .in, "by": .by, "while": .while,
    "if": .if, "else": .else, "return": .return, "break": .break, "continue": .continue,
    "or": .or, "and": .and, "not": .not, "true": .true, "false": .false,
  ]

  /// The punctuation, longest first, so that the first match is the right one.
  static let punctuation: [(spelling: String, kind: Token.Kind)] = [
    ("..<", .rangeBelow), ("...", .rangeThrough),
    ("**", .power), ("==", .equalEqual), ("!=", .notEqual), ("<=", .lessEqual),
    (">=", .greaterEqual),
    ("+", .plus), ("-", .minus), ("*", .star), ("/", .slash), ("%", .percent), ("@", .at),
    ("^", .power), ("=", .equal), ("<", .less), (">", .greater), (",", .comma), (";", .semicolon),
    (":", .colon), (".", .dot), ("'", .prime), ("(", .leftParenthesis), (")", .rightParenthesis),
    ("[", .leftBracket), ("]", .rightBracket), ("{", .leftBrace), ("}", .rightBrace),
  ]
}

/// The tokens of a source, and the names and numbers that they refer to.
package struct TokenList: Sendable {
  /// The tokens in order; the last is `.end`.
  package internal(set) var tokens: [Token] = []
  /// The different names, each once, in the order in which they first stand.
  package internal(set) var names: [String] = []
  /// The values of the number tokens in order.
  package internal(set) var numbers: [Double] = []
}
