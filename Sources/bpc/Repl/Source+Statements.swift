import BPLexer

extension Source {
  /// Whether the text ends inside brackets or after something that asks for more.
  var goesOn: Bool {
    let tokens = tokenize(self).tokens.tokens.dropLast()
    guard let last = tokens.last else { return false }
    return last.kind.asksForMore || tokens.reduce(0) { $0 + $1.kind.nesting } > 0
  }

  /// The statements at top level, as they were typed.
  var statementTexts: [String] {
    var texts: [String] = []
    var (depth, start) = (0, 0)
    var last: Token.Kind?
    for token in tokenize(self).tokens.tokens {
      let isNew = token.startsLine && last?.asksForMore != true && token.kind != .else
      if depth == 0, isNew || token.kind == .semicolon || token.kind == .end {
        texts.append(text(start..<Int(token.span.start)))
        start = Int(token.kind == .semicolon ? token.span.end : token.span.start)
      }
      depth = max(0, depth + token.kind.nesting)
      last = token.kind
    }
    return texts.filter { !$0.isEmpty }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).trimmed
  }
}

extension Token.Kind {
  /// How much deeper what follows the token is nested.
  fileprivate var nesting: Int {
    switch self {
    case .leftParenthesis, .leftBracket, .leftBrace: 1
    case .rightParenthesis, .rightBracket, .rightBrace: -1
    default: 0
    }
  }

  /// Whether no statement ends with the token.
  fileprivate var asksForMore: Bool {
    switch self {
    case .plus, .minus, .star, .slash, .percent, .at, .power, .equal, .equalEqual, .notEqual, .less,
      .lessEqual, .greater, .greaterEqual, .comma, .colon, .and, .or, .not:
      true
    default: false
    }
  }
}
