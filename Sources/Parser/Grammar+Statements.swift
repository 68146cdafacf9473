import BPLexer

extension Grammar {
  /// {statement}, up to the end of the text.
  mutating func program() {
    while next.kind != .end {
      statements { $0.next.kind == .end || $0.next.kind == .rightBrace }
      guard next.kind == .rightBrace else { continue }
      diagnostics.append(.unopenedBracket(take(), self))
      tree.isComplete = false
    }
  }

  /// {statement (line end | ";")}, up to where `isEnd` holds or the text ends.
  mutating func statements(until isEnd: (Grammar) -> Bool) {
    var isFirst = true
    while next.kind != .end, !isEnd(self) {
      if take(.semicolon) { continue }
      let start = position
      let mark = tree.mark
      do {
        try statement(isFirst: isFirst)
        try endOfStatement()
      } catch {
        report(error.diagnostic)
        tree.isComplete = false
        recover(from: start, to: mark)
      }
      isFirst = false
    }
  }

  /// Takes note of a mistake; of the brackets that the end of the text leaves open the innermost is
  /// enough.
  private mutating func report(_ diagnostic: Diagnostic) {
    if next.kind == .end, let last = diagnostics.last, last.code == .unbalancedBracket,
      last.span == diagnostic.span
    {
      return
    }
    diagnostics.append(diagnostic)
  }

  private mutating func statement(isFirst: Bool) throws(SyntaxError) {
    if !isFirst, next.startsLine, next.kind != .not,
      Operator.binary(next.kind) ?? Operator.prefix(next.kind) != nil
    {
      throw SyntaxError(diagnostic: .statementStartsWithOperator(self))
    }
    switch next.kind {
    case .param, .input: try leaf()
    case .if: try conditional(isExpression: false)
    case .return: try returnStatement()
    case .for: try forLoop()
    case .while: try whileLoop()
    case .break, .continue: try leaveTurn()
    case .else: throw SyntaxError(diagnostic: .elseWithoutIf(at: next.span))
    case .name where isFunctionDefinition: try functionDefinition()
    case .name where isDefinition: try definition()
    default: try expressionStatement()
    }
  }

  /// Whether the next tokens are name {"," name} "=".
  var isDefinition: Bool {
    var distance = 1
    while kind(after: distance) == .comma, kind(after: distance + 1) == .name { distance += 2 }
    return kind(after: distance) == .equal
  }

  /// name {"," name} "=" expressionList
  private mutating func definition() throws(SyntaxError) {
    let start = next.span
    let first = tree.targets.count
    repeat {
      tree.targets.append(try takeName("the target of a definition"))
    } while take(.comma)
    let count = tree.targets.count - first
    take()
    try expressionList()
    emit(.define, count: count, payload: UInt32(first), start.union(previous.span))
  }

  private mutating func returnStatement() throws(SyntaxError) {
    let keyword = take()
    guard isInFunction else {
      throw SyntaxError(diagnostic: .returnOutsideFunction(at: keyword.span))
    }
    guard !exits.isValue else {
      throw SyntaxError(diagnostic: .exitOutOfValue(keyword, self))
    }
    guard !endsLine, next.kind != .semicolon, next.kind != .rightBrace, next.kind != .end else {
      throw SyntaxError(diagnostic: .expectedExpression(self))
    }
    try expressionList()
    emit(.return, keyword.span.union(previous.span))
  }

  private mutating func expressionStatement() throws(SyntaxError) {
    let start = next
    let first = tree.nodes.count
    try expressionList()
    if next.kind == .equal, !next.startsLine, try elementDefinition(from: start, first) { return }
    emit(.expression, start.span.union(previous.span))
  }

  /// name "[" entry {"," entry} "]" "=" expression, of which the left side is read as an expression.
  ///
  /// - Parameters:
  ///   - name: the first token of the left side.
  ///   - first: the index of the first node of the left side.
  /// - Returns: whether the left side can have an element that is set.
  private mutating func elementDefinition(
    from name: Token, _ first: Int
  ) throws(SyntaxError) -> Bool {
    let index = lastNode
    if index.kind == .tuple, tree.nodes[first...].contains(where: { $0.kind == .index }) {
      throw SyntaxError(
        diagnostic: .elementAmongTargets(at: name.span.union(previous.span)))
    }
    guard index.kind == .index, previous.kind == .rightBracket else { return false }
    guard name.kind == .name, Int(index.payload) == first, tree.nodes[first].kind == .name else {
      let isChain = tree.nodes[Int(index.payload)].kind == .index
      throw SyntaxError(diagnostic: .elementOfNoName(isChain: isChain, at: index.span))
    }
    tree.nodes.removeLast()
    take()
    let target = tree.targets.count
    tree.targets.append(NameSyntax(name: name.payload, span: name.span))
    try expression()
    emit(
      .defineElement, count: Int(index.count), payload: UInt32(target),
      name.span.union(previous.span))
    return true
  }

  /// Checks that nothing else stands on the line of a statement.
  private func endOfStatement() throws(SyntaxError) {
    switch next.kind {
    case .semicolon, .end: return
    case .rightBrace where blockDepth > 0: return
    default:
      guard !next.startsLine else { return }
      throw SyntaxError(diagnostic: .expectedOperator(self))
    }
  }
}
