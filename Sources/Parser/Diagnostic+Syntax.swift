import BPLexer

extension Grammar {
  /// The next token in the words of a message.
  var found: String {
    next.kind == .end ? "the text ends" : "found '\(text(next))'"
  }

  /// Where a message about the next token points: behind the last token at the end of the text.
  var foundSpan: Span {
    next.kind == .end ? Span(previous.span.end, previous.span.end) : next.span
  }
}

extension Diagnostic {
  /// Returns an error for `axis=1` among the arguments of a call of `function`.
  static func argumentWithEquals(_ grammar: Grammar, of function: NameSyntax?) -> Diagnostic {
    if let function {
      let callee = grammar.tree.names[Int(function.name)]
      if callee.namesConstructor { return constructor(callee, at: function.span) }
    }
    let name = grammar.text(grammar.next)
    return Diagnostic(
      .wrongArguments, "the name of an argument stands before ':' and not '='",
      at: grammar.next.span, help: "write '\(name): …'")
  }

  /// Returns an error for a place where a value should stand.
  static func expectedExpression(_ grammar: Grammar) -> Diagnostic {
    if let diagnostic = assignmentOperator(grammar) { return diagnostic }
    let next = grammar.next.kind
    var help = ""
    switch next {
    case .if: help = "put the 'if' in parentheses"
    case .plus: help = "a number needs no '+' before it"
    case .slash where grammar.previous.kind == .slash:
      help = "a quotient is rounded down with 'floor(a / b)'"
    case .leftBrace: help = "braces hold the arms of an 'if', and the bodies of loops and functions"
    case _ where Token.Kind.words.contains(next):
      help = "'\(grammar.text(grammar.next))' is a word of the language and no name"
    default: break
    }
    return Diagnostic(
      .expectedExpression, "expected an expression, but \(grammar.found)", at: grammar.foundSpan,
      help: help)
  }

  /// Returns an error for a place where a name should stand.
  static func expectedName(_ role: String, _ grammar: Grammar) -> Diagnostic {
    let isWord = Token.Kind.words.contains(grammar.next.kind)
    return Diagnostic(
      .malformedStatement, "expected \(role), but \(grammar.found)", at: grammar.foundSpan,
      help: isWord ? "'\(grammar.text(grammar.next))' is a word of the language and no name" : "")
  }

  /// Returns an error for two expressions side by side, or a statement that goes on.
  static func expectedOperator(_ grammar: Grammar) -> Diagnostic {
    let next = grammar.next
    if [.rightParenthesis, .rightBracket, .rightBrace].contains(next.kind) {
      return unopenedBracket(next, grammar)
    }
    if let diagnostic = foreignWord(grammar) { return diagnostic }
    let isAdjacent = grammar.previous.span.end == next.span.start
    let before = grammar.text(grammar.previous)
    switch (grammar.previous.kind, next.kind) {
    case (.wholeNumber, .name), (.number, .name), (.wholeNumber, .leftParenthesis),
      (.number, .leftParenthesis), (.rightParenthesis, .leftParenthesis),
      (.rightParenthesis, .name):
      let after = grammar.text(next)
      return Diagnostic(
        .expectedOperator, "a product is written with '*'", at: next.span,
        label: isAdjacent ? "no operator before this" : "",
        help: before == ")" || after == "("
          ? "write '*' between them" : "write '\(before)*\(after)'")
    case (_, .equal):
      return Diagnostic(
        .expectedOperator, "'=' defines a name, and what stands before it is none", at: next.span,
        help: "a comparison is written '=='; 'a, b = …' takes a tuple apart")
    default:
      return Diagnostic(
        .expectedOperator, "expected an operator or the end of the line, but \(grammar.found)",
        at: grammar.foundSpan, help: mendOfContinuation(grammar))
    }
  }

  /// Returns an error for a statement that starts with an operator.
  static func statementStartsWithOperator(_ grammar: Grammar) -> Diagnostic {
    let text = grammar.text(grammar.next)
    let single = text == "-" ? ", or write '(-…)' for a negative value" : ""
    return Diagnostic(
      .misplacedStatement, "a statement does not start with '\(text)'", at: grammar.next.span,
      help: "to go on with the line above, end that line with '\(text)'\(single)")
  }

  /// Returns an error for `a < b < c`.
  static func chainedComparison(_ first: Span, _ second: Span) -> Diagnostic {
    Diagnostic(
      .chainedComparison, "comparisons are not chained", at: second,
      help: "write 'a < b and b < c'", notes: [Note("the first comparison is here", at: first)])
  }

  /// Returns an error for a bracket that is not closed where something else stands.
  static func unclosedBracket(_ open: Token, _ grammar: Grammar) -> Diagnostic {
    let closing = [Token.Kind.leftParenthesis: ")", .leftBracket: "]", .leftBrace: "}"]
    let bracket = closing[open.kind] ?? ")"
    return Diagnostic(
      .unbalancedBracket, "expected '\(bracket)', but \(grammar.found)", at: grammar.foundSpan,
      help: missing(in: open, grammar),
      notes: [Note("to close the bracket that opens here", at: open.span)])
  }

  /// Returns what the next token, which does not belong in the bracket `open`, is probably meant to
  /// be.
  private static func missing(in open: Token, _ grammar: Grammar) -> String {
    let next = grammar.next
    return switch (open.kind, next.kind) {
    case (.leftBracket, .equal): "a comparison is written '=='"
    case (_, .equal): "an argument is named with ':', as in 'leak: 0.1'"
    case (.leftBracket, .by): "'by' follows a range, as in 'x[0..<9 by 2]'"
    case (.leftBracket, .semicolon): "each row has its own brackets: '[[1, 2], [3, 4]]'"
    case (.leftBracket, .leftBracket): "elements are separated by ','"
    case (.leftBracket, .wholeNumber), (.leftBracket, .number), (.leftBracket, .name):
      next.startsLine ? "" : "elements are separated by ','"
    default: ""
    }
  }

  /// Returns an error for a closing bracket without an opening one.
  static func unopenedBracket(_ token: Token, _ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .unbalancedBracket, "'\(grammar.text(token))' closes no bracket", at: token.span)
  }

  /// Returns an error for brackets or blocks inside each other beyond the limit.
  static func nestedTooDeeply(at span: Span) -> Diagnostic {
    Diagnostic(
      .nestedTooDeeply,
      "brackets and blocks are nested more than \(Grammar.deepestNesting) deep", at: span)
  }

  /// Returns an error for a missing `{`, or one on a line of its own.
  static func expectedBlock(after what: String, _ grammar: Grammar) -> Diagnostic {
    let isBelow = grammar.next.kind == .leftBrace
    var help = isBelow ? "put '{' at the end of the line above" : ""
    if grammar.next.kind == .equal { help = "a comparison is written '=='" }
    if grammar.next.kind == .colon { help = "a block stands in braces: '{ … }'" }
    return Diagnostic(
      .malformedStatement,
      isBelow
        ? "'{' does not stand on a line of its own"
        : "expected '{' after \(what), but \(grammar.found)",
      at: grammar.foundSpan, help: help)
  }

  /// Returns an error for an `if` that is used as a value and has no `else`.
  static func missingElse(at span: Span) -> Diagnostic {
    Diagnostic(
      .missingElse, "an 'if' that is used as a value needs its 'else'", at: span,
      help: "add 'else { … }' with the value of the other case")
  }

  /// Returns an error for an `else` on its own.
  static func elseWithoutIf(at span: Span) -> Diagnostic {
    Diagnostic(.misplacedStatement, "'else' belongs to no 'if'", at: span)
  }

  /// Returns an error for a `return` at top level.
  static func returnOutsideFunction(at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedStatement, "'return' stands only in a function", at: span,
      help: "the result of a program is its last value")
  }

  /// Returns an error for a `param` or `input` inside a block.
  static func declarationInBlock(_ keyword: Token, _ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .misplacedStatement, "'\(grammar.text(keyword))' stands only at the top level of a program",
      at: keyword.span)
  }

  /// Returns an error for a function that is defined inside a block.
  static func functionInBlock(_ name: NameSyntax, _ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .misplacedStatement,
      "the function '\(grammar.tree.names[Int(name.name)])' is defined inside a block",
      at: name.span, help: "define it above, at the top level")
  }

  /// Returns an error for a type other than `int` and a shape.
  static func unknownType(isParameter: Bool, _ grammar: Grammar) -> Diagnostic {
    let isWord = grammar.next.kind == .name
    let expected = isParameter ? "a shape" : "'int' or a shape"
    return Diagnostic(
      .malformedStatement,
      isParameter && isWord
        ? "a parameter is real" : "expected \(expected) after ':', but \(grammar.found)",
      at: grammar.foundSpan,
      help: !isWord
        ? "a shape has brackets, as in '[3, 5]'" : isParameter ? "leave out the type" : "")
  }

  /// Returns an error for a parameter that a function has already.
  static func repeatedParameter(
    _ name: NameSyntax, _ first: NameSyntax, _ grammar: Grammar
  ) -> Diagnostic {
    Diagnostic(
      .redeclaredName,
      "the function has a parameter '\(grammar.tree.names[Int(name.name)])' already",
      at: name.span, notes: [Note("here", at: first.span)])
  }
}

extension Token.Kind {
  /// The words that are no names.
  static let words: Set<Token.Kind> = [
    .param, .input, .for, .in, .by, .while, .if, .else, .return, .break, .continue, .or, .and, .not,
    .true, .false,
  ]
}
