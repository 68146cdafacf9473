import BPLexer

/// A mistake that makes the statement around it unreadable.
struct SyntaxError: Error {
  /// What is wrong.
  let diagnostic: Diagnostic
}

/// A walk over the tokens of a source that builds its tree: one method a production.
struct Grammar {
  /// The deepest nesting of brackets and blocks that is read.
  static let deepestNesting = 10_000

  let tokens: [Token]
  var position = 0
  var tree: SyntaxTree
  var diagnostics: [Diagnostic] = []
  /// The operators that wait for their right operand, of all open expressions.
  var pending: [PendingOperator] = []
  /// How many brackets and blocks are open.
  var depth = 0
  /// Whether the innermost open bracket is `(` or `[`, inside which line ends mean nothing.
  var isInParentheses = false
  /// Whether the walk is in the body of a function.
  var isInFunction = false
  /// What statements can leave.
  var exits = Exits()
  /// How many blocks are open.
  var blockDepth = 0

  init(_ list: TokenList, of source: Source) {
    tokens = list.tokens
    tree = SyntaxTree(source: source, names: list.names, numbers: list.numbers)
    tree.nodes.reserveCapacity(tokens.count)
  }

  // MARK: - Tokens

  /// The next token.
  var next: Token { tokens[position] }

  /// The token before the next one; at the start the first.
  var previous: Token { tokens[max(0, position - 1)] }

  /// Returns the kind of the token `distance` after the next one.
  func kind(after distance: Int) -> Token.Kind {
    token(after: distance).kind
  }

  /// Returns the token `distance` after the next one.
  func token(after distance: Int) -> Token {
    tokens[min(position + distance, tokens.count - 1)]
  }

  /// Moves past the next token, but never past the end, and returns it.
  @discardableResult
  mutating func take() -> Token {
    let token = next
    if token.kind != .end { position += 1 }
    return token
  }

  /// Moves past the next token when it is of `kind`, and returns whether it was.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard next.kind == kind else { return false }
    take()
    return true
  }

  /// Moves past a name and returns it.
  mutating func takeName(_ role: String) throws(SyntaxError) -> NameSyntax {
    guard next.kind == .name else { throw SyntaxError(diagnostic: .expectedName(role, self)) }
    let token = take()
    return NameSyntax(name: token.payload, span: token.span)
  }

  /// Moves past the closing bracket of the one that stands at `open`.
  mutating func takeClosing(_ kind: Token.Kind, of open: Token) throws(SyntaxError) {
    if take(kind) { return }
    throw SyntaxError(
      diagnostic: isImpliedProduct ? .expectedOperator(self) : .unclosedBracket(open, self))
  }

  /// Whether a number stands right before a name or a bracket, as in `2x`.
  private var isImpliedProduct: Bool {
    [.number, .wholeNumber].contains(previous.kind)
      && [.name, .leftParenthesis].contains(next.kind)
      && previous.span.end == next.span.start
  }

  /// Runs `body` one level deeper, with `(`, `[` or a block as the innermost bracket.
  mutating func nested(
    inParentheses: Bool, at token: Token,
    _ body: (inout Grammar) throws(SyntaxError) -> Void
  ) throws(SyntaxError) {
    guard depth < Grammar.deepestNesting else {
      throw SyntaxError(diagnostic: .nestedTooDeeply(at: token.span))
    }
    let outer = isInParentheses
    depth += 1
    isInParentheses = inParentheses
    defer {
      depth -= 1
      isInParentheses = outer
    }
    try body(&self)
  }

  // MARK: - Nodes

  /// Appends a node and returns its index.
  @discardableResult
  mutating func emit(
    _ kind: SyntaxNode.Kind, count: Int = 0, payload: UInt32 = 0, _ span: Span
  ) -> Int {
    let node = SyntaxNode(kind: kind, count: UInt32(count), payload: payload, span: span)
    tree.nodes.append(node)
    return tree.nodes.count - 1
  }

  /// The node that was appended last.
  var lastNode: SyntaxNode { tree.nodes[tree.nodes.count - 1] }

  /// Returns the text of a token as the user wrote it.
  func text(_ token: Token) -> String { tree.source.text(token.span) }
}

/// What the statements of a block can leave.
struct Exits {
  /// Whether there is a loop to leave.
  var hasLoop = false
  /// Whether the block is an arm of an `if` that is used as a value.
  var isValue = false

  /// What can be left from an arm of an `if` that is used as a value.
  static let none = Exits(hasLoop: false, isValue: true)
}

/// An operator that waits for its right operand.
struct PendingOperator {
  let description: Operator
  /// The operator's own place.
  let span: Span
  /// Where its left operand, or the operator itself, starts.
  let start: UInt32
  /// The index of the `shortCircuit` node of an `and` or `or`.
  var shortCircuit: Int?
}
