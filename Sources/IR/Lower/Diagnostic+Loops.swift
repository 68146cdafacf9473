import BPLexer

extension Diagnostic {
  /// Returns an error for a bound of a `for` that is not whole.
  static func boundIsNoInteger(_ type: ValueType, at span: Span) -> Diagnostic {
    let found =
      !type.isScalar
      ? "an array" : type.isBoolean ? "a condition" : "a real number"
    return Diagnostic(
      .wrongIndex, "a bound of 'for' is a whole number, but this is \(found)", at: span,
      help: type.isScalar && type.isReal
        ? "an input is whole when it is declared ': int'; floor, ceil and round make one whole"
        : type.isScalar ? "" : "len(x) is how many elements an array has")
  }

  /// Returns an error for a name that is carried from turn to turn in different shapes.
  static func shapeChanges(
    _ name: String, _ start: Shape, _ end: Shape, at span: Span, _ head: Span
  ) -> Diagnostic {
    Diagnostic(
      .shapeMismatch,
      "'\(name)' is \(words(start)) at the start of a turn, and \(words(end)) at its end", at: span,
      help:
        "a name that is carried from turn to turn keeps one shape: give it that before the loop",
      notes: [Note("it is carried by this loop", at: head)])
  }

  private static func words(_ shape: Shape) -> String {
    shape.isScalar ? "a number" : "of shape \(shape)"
  }

  /// Returns an error for a name that is a number in one turn and something else in the next.
  static func kindChanges(_ name: String, at span: Span, _ head: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "'\(name)' is one kind of value at the start of a turn, and another at its end",
      at: span, help: "numbers, conditions and tuples do not mix: use another name",
      notes: [Note("it is carried by this loop", at: head)])
  }

  /// Returns an error for a name of a turn that is used after it.
  static func staysInTurn(
    _ name: String, isCounter: Bool, at span: Span, definition: Span?
  ) -> Diagnostic {
    Diagnostic(
      .nameOfOneBranch,
      isCounter
        ? "'\(name)' counts the turns of a loop, and ends with it"
        : "'\(name)' was defined inside a loop, and ends with each turn",
      at: span,
      help: isCounter ? "" : "define it before the loop, and it is carried from turn to turn",
      notes: definition.map { [Note("it is defined here", at: $0)] } ?? [])
  }
}
