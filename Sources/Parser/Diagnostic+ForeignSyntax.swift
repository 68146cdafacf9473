import BPLexer

// What other languages write, with what this one writes in its place.

extension Diagnostic {
  /// Returns an error for a word of another language before the next token, if there is one.
  static func foreignWord(_ grammar: Grammar) -> Diagnostic? {
    guard let word = grammar.foreignWord else { return nil }
    return Diagnostic(
      .expectedOperator, "'\(grammar.text(grammar.previous))' is no word of the language",
      at: grammar.previous.span, help: mend(of: word, grammar))
  }

  /// Returns what stands in the place of a statement that `word` begins.
  private static func mend(of word: ForeignWord, _ grammar: Grammar) -> String {
    let name = grammar.text(grammar.next)
    return switch word {
    case .definition: "a name is defined without it: '\(name) = …'"
    case .function: "write '\(name)(\(parameters(grammar))) = …'"
    case .lambda: "a function has a name: 'f(\(name)) = …'"
    case .importing: "no imports are needed: 'bpc help functions' lists what there is"
    case .elseIf: "write '} else if … {'"
    }
  }

  /// Returns the parameters behind the next token, if they are plain names.
  private static func parameters(_ grammar: Grammar) -> String {
    var end = 2
    while end < 20, [.name, .comma].contains(grammar.kind(after: end)) { end += 1 }
    guard grammar.kind(after: 1) == .leftParenthesis, grammar.kind(after: end) == .rightParenthesis,
      end > 2
    else { return "x" }
    let span = grammar.token(after: 2).span.union(grammar.token(after: end - 1).span)
    return grammar.tree.source.text(span)
  }

  /// Returns what the next token, which goes on with no expression, is probably meant to be.
  static func mendOfContinuation(_ grammar: Grammar) -> String {
    switch grammar.next.kind {
    case .name where ForeignWord(grammar.text(grammar.next)) == .elseIf: "write '} else if … {'"
    case .if, .else: "a value by cases is written 'if … { … } else { … }'"
    case .colon: "a block stands in braces: '{ … }'"
    default: "statements on one line are separated by ';'"
    }
  }

  /// Returns an error for a call of what makes variables of numbers in libraries of other languages.
  package static func constructor(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFunction, "unknown function '\(name)'", at: span, label: "no function of this name",
      help: "numbers and arrays need none: 'a = 2.0', 'w = [1, 2]'")
  }
}

extension String {
  /// Whether the text is the name of something that makes variables of numbers in other languages.
  package var namesConstructor: Bool {
    ["Value", "Variable", "Tensor", "Parameter", "Node", "Double", "Float", "Matrix", "Vector"]
      .contains(self) || ["tensor", "array", "variable", "parameter", "float"].contains(self)
  }
}
