import BPLexer

extension Grammar {
  /// name "'" ["'"] "(" [argument {"," argument}] ")", behind its name.
  mutating func derivativeCall(_ name: Token) throws(SyntaxError) {
    let order = try takePrimes(of: name)
    let function = NameSyntax(name: name.payload, span: name.span)
    tree.derivatives.append(DerivativeSyntax(function: function, order: order))
    let index = tree.derivatives.count - 1
    let count = try arguments()
    emit(.derivativeCall, count: count, payload: UInt32(index), name.span.union(previous.span))
  }

  /// Moves past the primes behind `name`, which a bracket follows, and returns how many they are.
  private mutating func takePrimes(of name: Token) throws(SyntaxError) -> Int {
    let prime = next
    let start = position
    while take(.prime) {}
    let order = position - start
    guard next.kind == .leftParenthesis, !next.startsLine else {
      position = start
      throw SyntaxError(diagnostic: .derivativeWithoutCall(name, self))
    }
    guard order <= 2 else {
      throw SyntaxError(
        diagnostic: .derivativeOfHighOrder(
          name, at: prime.span.union(previous.span), self))
    }
    return order
  }

  /// "(" [argument {"," argument}] ")"
  ///
  /// - Returns: how many arguments there are.
  mutating func arguments(of function: NameSyntax? = nil) throws(SyntaxError) -> Int {
    let open = take()
    var count = 0
    try nested(inParentheses: true, at: open) { (grammar) throws(SyntaxError) in
      guard grammar.next.kind != .rightParenthesis else { return }
      repeat {
        try grammar.argument(of: function)
        count += 1
      } while grammar.take(.comma)
    }
    try takeClosing(.rightParenthesis, of: open)
    return count
  }
}
