import BPLexer

extension Grammar {
  /// "[" [expression {"," expression}] "]"
  mutating func arrayLiteral() throws(SyntaxError) {
    let open = next.span
    let count = try bracketed { (grammar, _) throws(SyntaxError) in try grammar.expression() }
    emit(.array, count: count, open.union(previous.span))
  }

  /// "[" [element {"," element}] "]", inside which line ends mean nothing.
  ///
  /// - Parameter element: reads one element, given how many stand before it.
  /// - Returns: how many elements there are.
  mutating func bracketed(
    _ element: (inout Grammar, Int) throws(SyntaxError) -> Void
  ) throws(SyntaxError) -> Int {
    let open = take()
    var count = 0
    try nested(inParentheses: true, at: open) { (grammar) throws(SyntaxError) in
      guard grammar.next.kind != .rightBracket else { return }
      repeat {
        try element(&grammar, count)
        count += 1
      } while try grammar.takeSeparator()
    }
    try takeClosing(.rightBracket, of: open)
    return count
  }

  /// Moves past a comma between two elements, and returns whether there was one.
  private mutating func takeSeparator() throws(SyntaxError) -> Bool {
    guard take(.comma) else { return false }
    guard next.kind != .rightBracket else {
      throw SyntaxError(diagnostic: .trailingComma(at: previous.span))
    }
    return true
  }

  /// {"[" entry {"," entry} "]" | ".T"}, behind the operand that was read last.
  ///
  /// Each stands on the line of what it follows, as the bracket of a call does: a bracket that starts
  /// a line is an array.
  mutating func postfixes() throws(SyntaxError) {
    let start = lastNode.span.start
    while !next.startsLine {
      switch next.kind {
      case .leftBracket: try index(from: start)
      case .dot: try transpose(from: start)
      case .prime: throw SyntaxError(diagnostic: .reservedDerivative(previous, self))
      default: return
      }
    }
  }

  private mutating func index(from start: UInt32) throws(SyntaxError) {
    let operand = tree.nodes.count - 1
    let open = next.span
    let count = try bracketed { (grammar, number) throws(SyntaxError) in
      try grammar.entry(number, of: operand)
    }
    let span = Span(start, previous.span.end)
    guard count > 0 else {
      throw SyntaxError(diagnostic: .emptyIndex(at: open.union(previous.span)))
    }
    emit(.index, count: count, payload: UInt32(operand), span)
  }

  private mutating func transpose(from start: UInt32) throws(SyntaxError) {
    take()
    guard next.kind == .name, text(next) == "T" else {
      throw SyntaxError(diagnostic: .unknownProperty(self))
    }
    take()
    emit(.transpose, Span(start, previous.span.end))
  }
}

// MARK: - Entries

extension Grammar {
  /// ":" | expression | range
  ///
  /// - Parameters:
  ///   - number: how many entries stand before it.
  ///   - operand: the index of the node that is indexed.
  private mutating func entry(_ number: Int, of operand: Int) throws(SyntaxError) {
    var ends = RangeEnds(length: length(ofDimension: number, of: operand))
    if next.kind == .colon {
      let colon = take()
      if endsEntry {
        emit(.everything, colon.span)
        return
      }
      throw SyntaxError(diagnostic: try sliceWithColon(&ends, from: colon.span))
    }
    if next.kind.isRange { throw SyntaxError(diagnostic: try rangeWithoutStart(&ends)) }
    try operatorExpression()
    ends.lower = lastNode.span
    if next.kind.isRange { return try range(&ends) }
    if take(.colon) {
      throw SyntaxError(diagnostic: try sliceWithColon(&ends, from: lastNode.span))
    }
  }

  /// ("..<" | "...") expression ["by" expression], behind its lower end.
  private mutating func range(_ ends: inout RangeEnds) throws(SyntaxError) {
    let start = lastNode.span.start
    ends.sign = take()
    guard !endsEntry, next.kind != .by else {
      throw SyntaxError(
        diagnostic: .openRange(ends, at: Span(start, previous.span.end), self))
    }
    try operatorExpression()
    var count = 2
    if take(.by) {
      try operatorExpression()
      count = 3
    }
    emit(
      .range, count: count, payload: ends.isClosed ? 1 : 0, Span(start, lastNode.span.end))
  }

  /// Returns the error for a range whose sign is the next token.
  private mutating func rangeWithoutStart(
    _ ends: inout RangeEnds
  ) throws(SyntaxError) -> Diagnostic {
    let sign = take()
    ends.sign = sign
    if !endsEntry, next.kind != .by {
      try operatorExpression()
      ends.upper = lastNode.span
    }
    return .openRange(ends, at: sign.span.union(previous.span), self)
  }

  /// Returns the error for a slice such as `a:b`, whose first colon was taken last.
  private mutating func sliceWithColon(
    _ ends: inout RangeEnds, from start: Span
  ) throws(SyntaxError) -> Diagnostic {
    if !endsEntry, next.kind != .colon {
      try operatorExpression()
      ends.upper = lastNode.span
    }
    let span = start.union(previous.span)
    return next.kind == .colon
      ? .sliceWithStep(at: span.union(next.span)) : .sliceWithColon(ends, at: span, self)
  }

  /// Whether nothing of an entry is left before the next token.
  private var endsEntry: Bool {
    switch next.kind {
    case .comma, .semicolon, .rightBracket, .rightParenthesis, .rightBrace, .end: true
    default: false
    }
  }

  /// Returns how a program writes the length of a dimension of what node number `operand` stands for,
  /// or nil where that has no name.
  private func length(ofDimension dimension: Int, of operand: Int) -> String? {
    guard tree.nodes[operand].kind == .name else { return nil }
    let name = tree.names[Int(tree.nodes[operand].payload)]
    return dimension == 0 ? "len(\(name))" : "size(\(name), axis: \(dimension))"
  }
}

/// The ends of a range as far as they are written, to quote them in a mend.
struct RangeEnds {
  /// The length of the dimension, or nil where it has no spelling.
  let length: String?
  var lower: Span?
  var upper: Span?
  /// `..<` or `...`.
  var sign: Token?

  init(length: String?) { self.length = length }

  /// Whether the upper end belongs to the range.
  var isClosed: Bool { sign?.kind == .rangeThrough }

  /// Returns the range that is meant, or nil where it would be no help to read.
  func mended(_ source: Source) -> String? {
    guard let low = lower.map({ mended(source.text($0)) }) ?? "0",
      let high = upper.map({ mended(source.text($0)) }) ?? length
    else { return nil }
    let text = low + (isClosed && upper != nil ? "..." : "..<") + high
    return text.utf8.count <= 60 && !text.contains(where: \.isNewline) ? text : nil
  }

  /// Returns an end that counts from the front.
  private func mended(_ end: String) -> String? {
    guard end.utf8.first == UInt8(ascii: "-") else { return end }
    return length.map { $0 + end }
  }
}

extension Token.Kind {
  /// Whether it stands between the ends of a range.
  var isRange: Bool { self == .rangeBelow || self == .rangeThrough }
}
