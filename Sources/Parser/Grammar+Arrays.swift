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
      case .prime: throw SyntaxError(diagnostic: .derivativeWithoutCall(previous, self))
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
    guard next.kind == .name, !next.startsLine, text(next) == "T" else {
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
    var ends = RangeEnds(operand: operand, dimension: number)
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
}

/// The ends of a range as far as they are written, to quote them in a mend.
struct RangeEnds {
  /// The index of the node that is indexed.
  let operand: Int
  /// How many entries stand before the range.
  let dimension: Int
  var lower: Span?
  var upper: Span?
  /// `..<` or `...`.
  var sign: Token?

  /// Creates what is known before an entry is read.
  init(operand: Int, dimension: Int) {
    self.operand = operand
    self.dimension = dimension
  }

  /// Whether the upper end belongs to the range.
  var isClosed: Bool { sign?.kind == .rangeThrough }

  /// Returns the range that is meant, with both ends counted from the front, or the pattern of one
  /// where it would be no help to read.
  func mended(_ tree: SyntaxTree) -> String {
    let length = length(tree)
    let texts = [lower, upper].map { span in span.map { text($0, tree, length) } }
    guard let low = texts[0] ?? "0", let high = texts[1] ?? length else { return "a..<b" }
    return low + (isClosed && upper != nil ? "..." : "..<") + high
  }

  /// Returns an end as it is written, or nil where it is long or counts from an end without a name.
  private func text(_ end: Span, _ tree: SyntaxTree, _ length: String?) -> String? {
    guard end.range.count <= 40 else { return nil }
    let text = tree.source.text(end)
    if text.contains(where: \.isNewline) { return nil }
    return text.utf8.first == UInt8(ascii: "-") ? length.map { $0 + text } : text
  }

  /// Returns how a program writes the length of the dimension, or nil where what is indexed has no
  /// short name.
  private func length(_ tree: SyntaxTree) -> String? {
    let node = tree.nodes[operand]
    guard node.kind == .name, node.span.range.count <= 40 else { return nil }
    let name = tree.names[Int(node.payload)]
    return dimension == 0 ? "len(\(name))" : "size(\(name), axis: \(dimension))"
  }
}

extension Token.Kind {
  /// Whether it stands between the ends of a range.
  var isRange: Bool { self == .rangeBelow || self == .rangeThrough }
}
