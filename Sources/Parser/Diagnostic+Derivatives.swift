import BPLexer

extension Diagnostic {
  /// Returns an error for `f'` that is not called.
  static func derivativeWithoutCall(_ name: Token, _ grammar: Grammar) -> Diagnostic {
    let isName = name.kind == .name
    let text = isName ? grammar.text(name) : "f"
    return Diagnostic(
      .expectedOperator,
      isName
        ? "the derivative of a function is called, as in \(text)'(x)"
        : "' stands only behind the name of a function", at: grammar.next.span,
      help: "x.T transposes, and grad(y, x) differentiates a value")
  }

  /// Returns an error for `f'''`.
  static func derivativeOfHighOrder(_ name: Token, at span: Span, _ grammar: Grammar) -> Diagnostic
  {
    Diagnostic(
      .expectedOperator, "a function is differentiated once or twice this way", at: span,
      help: "define g(x) = \(grammar.text(name))''(x), and take g'(x)")
  }

  /// Returns an error for `f''(x) = …`.
  static func secondDerivativeByHand(_ name: NameSyntax, _ grammar: Grammar) -> Diagnostic {
    let text = grammar.tree.names[Int(name.name)]
    return Diagnostic(
      .misplacedStatement, "a second derivative is not given by hand", at: name.span,
      help: "define \(text)'(x), and \(text)''(x) is its derivative")
  }
}
