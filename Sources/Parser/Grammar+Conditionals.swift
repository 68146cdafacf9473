import BPLexer

extension Grammar {
  /// "if" expression block {"else" "if" expression block} ["else" block]
  ///
  /// As an expression it needs its `else`.
  mutating func conditional(isExpression: Bool) throws(SyntaxError) {
    let outer = exits
    if isExpression { exits = .none }
    defer { exits = outer }
    let keyword = take()
    try expression()
    let then = emit(.then, count: isExpression ? 1 : 0, lastNode.span)
    try block(after: "the condition")
    var hasElse = false
    if take(.else) {
      hasElse = true
      let marker = emit(.else, previous.span)
      tree.nodes[then].payload = UInt32(marker)
      try alternative(isExpression: isExpression)
      tree.nodes[marker].payload = UInt32(tree.nodes.count)
    } else {
      tree.nodes[then].payload = UInt32(tree.nodes.count)
    }
    let span = keyword.span.union(previous.span)
    guard hasElse || !isExpression else { throw SyntaxError(diagnostic: .missingElse(at: span)) }
    emit(.endIf, count: hasElse ? 1 : 0, payload: UInt32(then), span)
  }

  /// What follows `else`: a block, or a further `if`.
  private mutating func alternative(isExpression: Bool) throws(SyntaxError) {
    guard next.kind == .if else { return try block(after: "'else'") }
    try nested(inParentheses: false, at: next) { (grammar) throws(SyntaxError) in
      try grammar.conditional(isExpression: isExpression)
    }
    if isExpression { emit(.expression, lastNode.span) }
  }

  /// "{" {statement} "}"
  mutating func block(after what: String) throws(SyntaxError) {
    guard next.kind == .leftBrace, !next.startsLine else {
      throw SyntaxError(diagnostic: .expectedBlock(after: what, self))
    }
    try braces()
  }

  /// "{" {statement} "}", whose "{" comes next.
  mutating func braces() throws(SyntaxError) {
    let open = take()
    blockDepth += 1
    defer { blockDepth -= 1 }
    try nested(inParentheses: false, at: open) { (grammar) throws(SyntaxError) in
      grammar.statements { $0.next.kind == .rightBrace }
    }
    try takeClosing(.rightBrace, of: open)
  }
}
