import BPLexer

extension Grammar {
  /// "for" name "in" range block
  mutating func forLoop() throws(SyntaxError) {
    let keyword = take()
    let counter = try counter()
    try range(of: counter)
    let head = keyword.span.union(previous.span)
    let loop = emit(.forLoop, head)
    try loopBody(of: loop, counter: counter, condition: loop..<loop, head, after: "the range")
  }

  /// "while" expression block
  mutating func whileLoop() throws(SyntaxError) {
    let keyword = take()
    let first = emit(.whileLoop, keyword.span)
    try expression()
    let head = keyword.span.union(previous.span)
    let loop = emit(.whileBody, head)
    try loopBody(
      of: loop, counter: nil, condition: first + 1..<loop, head, after: "the condition")
    tree.nodes[first].payload = lastNode.payload
  }

  /// The block of a loop and its end, behind the node number `start`.
  private mutating func loopBody(
    of start: Int, counter: NameSyntax?, condition: Range<Int>, _ head: Span, after what: String
  ) throws(SyntaxError) {
    let outer = exits
    // A `return` that cannot leave a value cannot leave it from a loop either.
    exits.hasLoop = true
    defer { exits = outer }
    try block(after: what)
    let body = start + 1..<tree.nodes.count
    tree.loops.append(
      LoopSyntax(counter: counter, condition: condition, body: body, head: head))
    let index = UInt32(tree.loops.count - 1)
    tree.nodes[start].payload = index
    emit(.endLoop, payload: index, head.union(previous.span))
  }

  /// name "in"
  private mutating func counter() throws(SyntaxError) -> NameSyntax {
    guard next.kind != .leftParenthesis else {
      throw SyntaxError(diagnostic: .loopInBrackets(at: next.span))
    }
    let name = try takeName("the name that counts the turns")
    guard take(.in) else { throw SyntaxError(diagnostic: .expectedIn(name, self)) }
    return name
  }

  /// expression ("..<" | "...") expression ["by" expression]
  private mutating func range(of counter: NameSyntax) throws(SyntaxError) {
    guard !next.kind.isRange else { throw SyntaxError(diagnostic: .rangeWithoutEnd(self)) }
    try operatorExpression()
    let lower = lastNode.span
    guard next.kind.isRange, !endsLine else {
      throw SyntaxError(diagnostic: .expectedRange(lower, counter, self))
    }
    let isClosed = take().kind == .rangeThrough
    guard next.kind != .leftBrace, next.kind != .by, next.kind != .end else {
      throw SyntaxError(diagnostic: .rangeWithoutEnd(self))
    }
    try operatorExpression()
    var count = 2
    if !endsLine, take(.by) {
      try operatorExpression()
      count = 3
    }
    emit(.range, count: count, payload: isClosed ? 1 : 0, lower.union(lastNode.span))
  }

  /// "break" | "continue"
  mutating func leaveTurn() throws(SyntaxError) {
    let keyword = take()
    guard exits.hasLoop else {
      throw SyntaxError(
        diagnostic: exits.isValue
          ? .exitOutOfValue(keyword, self) : .exitOutsideLoop(keyword, self))
    }
    emit(keyword.kind == .break ? .break : .continue, keyword.span)
  }
}
