import BPLexer

extension Diagnostic {
  /// Returns an error for `for (…`.
  static func loopInBrackets(at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedStatement, "the head of a 'for' has no brackets", at: span,
      help: "write 'for i in 0..<n { … }'")
  }

  /// Returns an error for `for i = 0` and other heads without `in`.
  static func expectedIn(_ counter: NameSyntax, _ grammar: Grammar) -> Diagnostic {
    let name = grammar.tree.names[Int(counter.name)]
    return Diagnostic(
      .malformedStatement, "expected 'in' after 'for \(name)', but \(grammar.found)",
      at: grammar.foundSpan, help: "write 'for \(name) in 0..<n { … }'")
  }

  /// Returns an error for a `for` over something that is no range.
  ///
  /// - Parameter lower: what stands in the place of the range.
  static func expectedRange(
    _ lower: Span, _ counter: NameSyntax, _ grammar: Grammar
  ) -> Diagnostic {
    let name = grammar.tree.names[Int(counter.name)]
    let isSlice = isSlice(behind: lower, grammar)
    let text = grammar.tree.source.text(lower)
    let isShort = lower.range.count <= 40 && !text.contains(where: \.isNewline)
    let upper = grammar.tokens[min(grammar.position + 1, grammar.tokens.count - 1)]
    let isSimple = [.name, .wholeNumber].contains(upper.kind) && isShort
    let slice = isSimple ? "\(text)..<\(grammar.text(upper))" : "a..<b"
    let range = isSlice ? slice : meantRange(lower, text, isShort, grammar)
    return Diagnostic(
      .malformedStatement,
      isSlice
        ? "the ends of a range stand around '..<'"
        : "'for' runs over a range, but this is none", at: isSlice ? grammar.next.span : lower,
      help: "write 'for \(name) in \(range) { … }'"
        + (!isSlice && grammar.lastNode.kind == .name ? ", or 0..<len(\(text)) for an array" : ""))
  }

  /// Whether `a:b` stands where a range is due, and not a `:` at the end of the head.
  private static func isSlice(behind lower: Span, _ grammar: Grammar) -> Bool {
    let after = grammar.token(after: 1)
    return grammar.next.kind == .colon && !grammar.next.startsLine && !after.startsLine
      && after.kind != .end && grammar.lastNode.kind != .call
  }

  /// Returns the range that `range(n)`, `range(a, b)` and a number are probably meant to be.
  private static func meantRange(
    _ lower: Span, _ text: String, _ isShort: Bool, _ grammar: Grammar
  ) -> String {
    let nodes = grammar.tree.nodes
    guard isShort, let last = nodes.last else { return "0..<n" }
    guard last.kind == .call, text.hasPrefix("range("), last.count == 1 || last.count == 2 else {
      return last.kind == .array ? "0..<n" : "0..<\(text)"
    }
    let inside = String(text.dropFirst("range(".count).dropLast())
    return last.count == 1 ? "0..<\(inside)" : "a..<b"
  }

  /// Returns an error for `for i in 0..<` and `for i in ..<n`.
  static func rangeWithoutEnd(_ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .malformedStatement, "a range has two ends", at: grammar.previous.span,
      help: "write 'for i in 0..<n { … }'")
  }

  /// Returns an error for a `break` or `continue` that has nothing to leave.
  static func exitOutsideLoop(_ keyword: Token, _ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .misplacedStatement, "'\(grammar.text(keyword))' stands only in a loop", at: keyword.span)
  }

  /// Returns an error for a statement that would leave an `if` without its value.
  static func exitOutOfValue(_ keyword: Token, _ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .misplacedStatement,
      "'\(grammar.text(keyword))' does not stand in an 'if' that is used as a value",
      at: keyword.span, help: "put it into an 'if' that is a statement of its own")
  }

  /// Returns an error for `x += 1`, `x++` and `x--`, or nil where none of them stands before the next
  /// token.
  static func assignmentOperator(_ grammar: Grammar) -> Diagnostic? {
    let (last, next) = (grammar.previous, grammar.next)
    let operators: [Token.Kind] = [.plus, .minus, .star, .slash, .percent, .power]
    guard operators.contains(last.kind) else { return nil }
    if next.kind == .equal, last.span.end == next.span.start {
      return assignment(last.span.union(next.span), grammar, grammar.position - 2)
    }
    let other = next.kind == .plus ? next : grammar.tokens[max(0, grammar.position - 2)]
    guard last.kind == .plus || last.kind == .minus, other.kind == last.kind,
      other.span.end == last.span.start || last.span.end == other.span.start,
      next.kind == .plus || grammar.endsOperand
    else { return nil }
    return assignment(
      last.span.union(other.span), grammar,
      next.kind == .plus ? grammar.position - 2 : grammar.position - 3)
  }

  /// Returns the text of the name or element that ends with the token number `last`.
  private static func target(endingWith last: Int, _ grammar: Grammar) -> String {
    let token = grammar.tokens[last]
    if token.kind == .name { return grammar.text(token) }
    guard token.kind == .rightBracket,
      let open = grammar.tokens[..<last].lastIndex(where: { $0.kind == .leftBracket }), open > 0,
      grammar.tokens[open - 1].kind == .name
    else { return "x" }
    let text = grammar.tree.source.text(grammar.tokens[open - 1].span.union(token.span))
    return text.count <= 40 && !text.contains(where: \.isNewline) ? text : "x"
  }

  /// Returns the error for the operator at `span` behind the token number `name`.
  private static func assignment(_ span: Span, _ grammar: Grammar, _ name: Int) -> Diagnostic {
    let sign = grammar.tree.source.text(span)
    let target = target(endingWith: max(0, name), grammar)
    let step = sign.hasSuffix("=") ? "…" : "1"
    return Diagnostic(
      .expectedExpression, "there is no operator '\(sign)'", at: span,
      help: "write '\(target) = \(target) \(sign.prefix(sign.utf8.count - 1)) \(step)'")
  }
}
