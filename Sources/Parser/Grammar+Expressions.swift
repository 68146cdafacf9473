import BPLexer

extension Grammar {
  /// expression {"," expression}: one value, or a tuple.
  mutating func expressionList() throws(SyntaxError) {
    let start = next.span
    try expression()
    var count = 1
    while !endsLine, take(.comma) {
      try expression()
      count += 1
    }
    if count > 1 { emit(.tuple, count: count, start.union(lastNode.span)) }
  }

  /// The value of a statement, an argument or an element.
  mutating func expression() throws(SyntaxError) {
    try operatorExpression()
    if !endsLine, next.kind.isRange { throw SyntaxError(diagnostic: .rangeOutsideIndex(self)) }
  }

  /// operand {operator operand}, by precedence: an expression, or an end of a range.
  ///
  /// The operators that wait stand on a stack of our own, so that only brackets and blocks take part
  /// in recursion.
  mutating func operatorExpression() throws(SyntaxError) {
    let base = pending.count
    if next.kind == .if { return try conditional(isExpression: true) }
    do {
      try prefixedOperand()
      while !endsLine, let description = Operator.binary(next.kind) {
        try shift(description, above: base)
        try prefixedOperand()
      }
      reduce(above: base) { _ in true }
    } catch {
      pending.removeSubrange(base...)
      throw error
    }
  }

  /// Whether the line, and with it the expression, ends before the next token.
  var endsLine: Bool { next.startsLine && !isInParentheses }

  /// Whether no operand can start with the next token.
  var endsOperand: Bool {
    switch next.kind {
    case .end, .semicolon, .comma, .rightParenthesis, .rightBracket, .rightBrace, .leftBrace: true
    default: endsLine
    }
  }

  private mutating func prefixedOperand() throws(SyntaxError) {
    while let description = Operator.prefix(next.kind) {
      let token = take()
      pending.append(
        PendingOperator(description: description, span: token.span, start: token.span.start))
    }
    try operand()
  }

  /// Takes a binary operator, after the waiting operators that bind more tightly.
  private mutating func shift(_ description: Operator, above base: Int) throws(SyntaxError) {
    let token = take()
    reduce(above: base) { waiting in
      waiting.precedence > description.precedence
        || (waiting.precedence == description.precedence && !description.isRightAssociative
          && description.precedence != Operator.comparisonPrecedence)
    }
    if description.precedence == Operator.comparisonPrecedence, pending.count > base,
      let first = pending.last, first.description.precedence == Operator.comparisonPrecedence
    {
      throw SyntaxError(diagnostic: .chainedComparison(first.span, token.span))
    }
    var waiting = PendingOperator(
      description: description, span: token.span, start: lastNode.span.start)
    if description.kind == .and || description.kind == .or {
      waiting.shortCircuit = emit(.shortCircuit, token.span)
    }
    pending.append(waiting)
  }

  /// Makes nodes of the waiting operators above `base`, from the top, for as long as `isReady` holds.
  private mutating func reduce(above base: Int, while isReady: (Operator) -> Bool) {
    while pending.count > base, let top = pending.last, isReady(top.description) {
      pending.removeLast()
      let span = Span(top.start, lastNode.span.end)
      let index = emit(top.description.kind, span)
      if let marker = top.shortCircuit { tree.nodes[marker].payload = UInt32(index) }
    }
  }
}

// MARK: - Operands

extension Grammar {
  private mutating func operand() throws(SyntaxError) {
    let token = next
    switch token.kind {
    case .wholeNumber: emit(.wholeNumber, payload: take().payload, token.span)
    case .number: emit(.number, payload: take().payload, token.span)
    case .true, .false: emit(.boolean, payload: take().kind == .true ? 1 : 0, token.span)
    case .name: try nameOrCall()
    case .leftParenthesis: try parenthesized()
    case .leftBracket: try arrayLiteral()
    case .rangeBelow, .rangeThrough: throw SyntaxError(diagnostic: .rangeOutsideIndex(self))
    default: throw SyntaxError(diagnostic: .expectedExpression(self))
    }
    try postfixes()
  }

  private mutating func nameOrCall() throws(SyntaxError) {
    let name = take()
    if next.kind == .prime { return try derivativeCall(name) }
    guard next.kind == .leftParenthesis, !next.startsLine else {
      emit(.name, payload: name.payload, name.span)
      return
    }
    let count = try arguments(of: NameSyntax(name: name.payload, span: name.span))
    emit(.call, count: count, payload: name.payload, name.span.union(previous.span))
  }

  /// [name ":"] expression
  mutating func argument(of function: NameSyntax? = nil) throws(SyntaxError) {
    if next.kind == .name, kind(after: 1) == .equal {
      throw SyntaxError(diagnostic: .argumentWithEquals(self, of: function))
    }
    guard next.kind == .name, kind(after: 1) == .colon else { return try expression() }
    let name = take()
    take()
    try expression()
    emit(.label, payload: name.payload, name.span.union(lastNode.span))
  }

  private mutating func parenthesized() throws(SyntaxError) {
    let open = take()
    try nested(inParentheses: true, at: open) { (grammar) throws(SyntaxError) in
      try grammar.expressionList()
    }
    try takeClosing(.rightParenthesis, of: open)
    // The brackets belong to the operand when it is quoted or underlined.
    tree.nodes[tree.nodes.count - 1].span = open.span.union(previous.span)
  }
}
