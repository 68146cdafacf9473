import BPLexer

extension Diagnostic {
  // MARK: - Form

  /// Returns an error for a place where `what` should stand.
  static func expected(_ what: String, _ scanner: TextScanner, help: String = "") -> Diagnostic {
    Diagnostic(
      .malformedIR, "expected \(what), but \(scanner.found)", at: scanner.next.span, help: help)
  }

  /// Returns an error for a text without functions.
  static func noFunction(_ scanner: TextScanner) -> Diagnostic {
    Diagnostic(.malformedIR, "the text has no function", at: scanner.next.span)
  }

  /// Returns an error for a line that is none.
  static func expectedInstruction(_ scanner: TextScanner, isInArm: Bool) -> Diagnostic {
    let end = isInArm ? "yield" : "return"
    let word = scanner.next.kind == .word ? scanner.text(scanner.next) : ""
    var help = nearest(to: word, among: [end, "if", "call"]).map { "did you mean '\($0)'?" } ?? ""
    if OpTable.operations[word] != nil { help = "its value needs a number: '%0 = \(word) …'" }
    return expected("an instruction or '\(end)'", scanner, help: help)
  }

  /// Returns an error for a place where a type should stand.
  static func expectedType(_ scanner: TextScanner) -> Diagnostic {
    let types = ValueType.Element.allCases.map(\.description)
    let near = nearest(to: scanner.text(scanner.next), among: types)
    return expected(
      "a type", scanner,
      help: near.map { "did you mean '\($0)'?" }
        ?? "a type is real, int or bool, perhaps with a shape such as real[n;3]")
  }

  /// Returns an error for a `return` before the end of an arm or turn.
  static func returnInArm(at span: Span, construct: OpenConstruct) -> Diagnostic {
    let region = if case .conditional = construct { "an arm" } else { "a turn" }
    return Diagnostic(
      .malformedIR, "\(region) ends in 'yield' and not in 'return'", at: span,
      notes: [Note("the '\(construct.word)' is here", at: construct.span)])
  }

  /// Returns an error for a `yield` in the body.
  static func yieldOutsideArm(at span: Span) -> Diagnostic {
    Diagnostic(.malformedIR, "a function ends in 'return' and not in 'yield'", at: span)
  }

  /// Returns an error for conditionals and loops inside each other beyond the limit.
  static func constructsTooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedIR,
      "more than \(TextReader.deepestNesting) conditionals and loops are inside each other",
      at: span)
  }

  /// Returns an error for a number that its type does not hold.
  static func numberOutOfReach(_ problem: String, at span: Span) -> Diagnostic {
    Diagnostic(.malformedIR, "this number is \(problem)", at: span)
  }

  // MARK: - Values

  /// Returns an error for a value that nothing above defines.
  static func undefinedValue(_ number: NumberedValues.Number) -> Diagnostic {
    Diagnostic(.malformedIR, "%\(number.number) is not defined above", at: number.span)
  }

  /// Returns an error for a value that is used by what makes it.
  static func valueInItsDefinition(
    _ number: NumberedValues.Number, definition: Span
  ) -> Diagnostic {
    Diagnostic(
      .malformedIR, "%\(number.number) is used in its own definition", at: number.span,
      notes: [Note("it is defined here", at: definition)])
  }

  /// Returns an error for a value that is used after the arm that it belongs to.
  static func valueOfClosedArm(_ number: NumberedValues.Number, definition: Span) -> Diagnostic {
    Diagnostic(
      .malformedIR, "%\(number.number) belongs to an arm that has ended", at: number.span,
      help: "an arm hands values out by 'yield'",
      notes: [Note("it is defined here", at: definition)])
  }

  /// Returns an error for a number that two values have.
  static func valueDefinedTwice(_ number: NumberedValues.Number, first: Span) -> Diagnostic {
    Diagnostic(
      .malformedIR, "%\(number.number) is defined twice", at: number.span,
      notes: [Note("the first definition is here", at: first)])
  }
}

extension TextScanner {
  /// The next piece in the words of a message.
  fileprivate var found: String {
    switch next.kind {
    case .end: return "the text ends"
    case .lineEnd: return "the line ends"
    case .word, .quoted, .sign, .foreign:
      let shown = text(next).unicodeScalars.prefix(40)
      let rest = shown.endIndex < text(next).unicodeScalars.endIndex ? "…" : ""
      return "found '\(String(shown.map(\.shown).joined()))\(rest)'"
    }
  }
}

extension Unicode.Scalar {
  /// The scalar, or a replacement character where it cannot be shown.
  fileprivate var shown: String {
    properties.generalCategory == .control ? "\u{FFFD}" : String(self)
  }
}
