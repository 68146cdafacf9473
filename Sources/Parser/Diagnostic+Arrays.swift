import BPLexer

extension Diagnostic {
  /// Returns an error for `[1, 2,]`.
  static func trailingComma(at span: Span) -> Diagnostic {
    Diagnostic(
      .expectedExpression, "expected another element after ','", at: span,
      help: "leave out the last ','")
  }

  /// Returns an error for `x[]`.
  static func emptyIndex(at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedIndex, "an index has at least one entry", at: span,
      help: "'x[0]' is one element or row, 'x[:]' is everything")
  }

  /// Returns an error for a range that is no entry of an index.
  static func rangeOutsideIndex(_ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .malformedIndex, "a range is no value", at: grammar.next.span,
      help: "ranges stand right inside the brackets of an index, as in 'x[0..<3]'")
  }

  /// Returns an error for `x[1..<]` and `x[..<3]`.
  static func openRange(_ ends: RangeEnds, at span: Span, _ grammar: Grammar) -> Diagnostic {
    let isAlone = ends.lower == nil && ends.upper == nil
    return Diagnostic(
      .malformedIndex, "a range has two ends", at: span,
      help: isAlone
        ? "':' takes everything"
        : "write both ends: '\(ends.mended(grammar.tree))'")
  }

  /// Returns an error for `x[a:b]`.
  static func sliceWithColon(_ ends: RangeEnds, at span: Span, _ grammar: Grammar) -> Diagnostic {
    Diagnostic(
      .malformedIndex, "the ends of a range stand around '..<'", at: span,
      help: "write '\(ends.mended(grammar.tree))'")
  }

  /// Returns an error for `x[a:b:k]`.
  static func sliceWithStep(at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedIndex, "the ends of a range stand around '..<'", at: span,
      help: "a step follows 'by', as in 'x[0..<9 by 2]'")
  }

  /// Returns an error for `a..b`, of which the first point was taken last.
  private static func rangeWithTwoPoints(_ grammar: Grammar) -> Diagnostic {
    let lower = grammar.tree.source.text(grammar.lastNode.span)
    let end = grammar.next.kind == .dot ? grammar.token(after: 1) : grammar.next
    let isShown =
      !lower.contains { $0.isWhitespace } && [.name, .wholeNumber, .number].contains(end.kind)
    let upper = grammar.text(end).drop { $0 == "." }
    let (a, b) = isShown ? (lower, String(upper)) : ("a", "b")
    return Diagnostic(
      .expectedOperator, "a range is written '\(a)..<\(b)' or '\(a)...\(b)'",
      at: grammar.previous.span.union(grammar.next.span),
      help: "'..<' leaves its end out, '...' takes it")
  }

  /// Returns an error for what follows a `.` that was taken last.
  static func unknownProperty(_ grammar: Grammar) -> Diagnostic {
    if [.dot, .number].contains(grammar.next.kind) { return rangeWithTwoPoints(grammar) }
    guard grammar.next.kind == .name, !grammar.next.startsLine else {
      return Diagnostic(
        .expectedOperator, "expected 'T' right after '.'", at: grammar.previous.span,
        help: "'x.T' transposes")
    }
    let name = grammar.text(grammar.next)
    var help = "only 'T' follows a point: 'x.T' transposes"
    if grammar.kind(after: 1) == .leftParenthesis {
      help = "functions are called by their name alone: '\(name)(…)'"
    } else if ["shape", "size", "length", "len", "count", "ndim", "dim"].contains(name) {
      help = "use size(x, axis: 0) or len(x)"
    } else if ["t", "transpose", "transposed", "mT"].contains(name) {
      help = "did you mean '.T'?"
    }
    return Diagnostic(
      .unknownFunction, "a value has no property '\(name)'", at: grammar.next.span, help: help)
  }

  /// Returns an error for `a[0], b = …`.
  static func elementAmongTargets(at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedStatement, "an element is set in a statement of its own", at: span,
      help: "take the tuple apart into names, then write 'x[i] = …'")
  }

  /// Returns an error for `x[0][1] = …` and other elements of what is no name.
  ///
  /// - Parameter isChain: whether what has the element is itself an element.
  static func elementOfNoName(isChain: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedStatement, "an element is set of a name only", at: span,
      help: isChain
        ? "put the entries into one pair of brackets, as in 'x[i, j] = …'"
        : "give the value a name first")
  }

  /// Returns an error for a dimension that is neither a whole number nor a name.
  static func malformedDimension(at span: Span, _ grammar: Grammar) -> Diagnostic {
    let text = span.range.count <= 40 ? grammar.tree.source.text(span) : "…"
    let found = span.start == span.end ? "the text ends" : "found '\(text)'"
    return Diagnostic(
      .malformedShape, "a dimension is a whole number or a name, but \(found)", at: span,
      help: "a size that data gives has a name, as in '[n, 4]'")
  }
}
