import BPLexer

// What is wrong with calls of the functions of arrays, and with what they stand in.

extension Diagnostic {
  /// Returns an error for a condition where numbers are meant.
  static func conditionAsArgument(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "'\(function)' takes numbers, and this is a condition", at: span,
      help: "where(condition, 1, 0) makes numbers of conditions")
  }

  /// Returns an error for numbers where conditions are meant.
  static func numberAsArgument(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "'\(function)' takes conditions, and this is a number", at: span,
      help: "a comparison such as x > 0 gives conditions")
  }

  /// Returns an error for an argument that has to be written out.
  static func literalExpected(_ parameter: String, at span: Span) -> Diagnostic {
    Diagnostic(.wrongArguments, "'\(parameter)' is a number that is written out", at: span)
  }

  /// Returns an error for arrays that cannot be put together.
  static func partsDiffer(_ parts: [ShapedOperand], _ axis: Int?, at span: Span) -> Diagnostic {
    let list = parts.map { "'\($0.text)' has shape \($0.shape)" }.joined(separator: ", ")
    return Diagnostic(
      .shapeMismatch, "the shapes do not fit: \(list)", at: span,
      help: axis.map { "apart from axis \($0) they have to be the same" }
        ?? "they have to be the same")
  }

  /// Returns an error for a call of an array function with too few or too many arguments.
  static func wrongArguments(
    of function: ArrayFunction, _ found: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .wrongArguments, "'\(function.name)' does not take \(counted(found, "argument"))", at: span,
      help: "it is called as \(function.call)")
  }

  /// Returns an error for an argument with a name that the function does not know.
  static func unknownLabel(
    _ label: String, of function: ArrayFunction, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .wrongArguments, "'\(function.name)' has no further parameter '\(label)'", at: span,
      help: "it is called as \(function.call)")
  }

  /// Returns an error for an array of conditions where one condition is meant.
  static func conditionIsArray(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      .shapeMismatch, "a condition is one value, and this has shape \(shape)", at: span,
      help: "any(…) or all(…) makes one of it; where(…) chooses element by element")
  }

  /// Returns an error for a default that does not have the shape of its leaf.
  static func defaultDoesNotFit(_ shape: Shape, _ other: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      .shapeMismatch, "the default has shape \(other), and \(shape) is declared", at: span)
  }

  /// Returns an error for a definition of the name of a size.
  static func redefinedSize(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .redeclaredName, "'\(name)' is the size that a declared shape names", at: span,
      help: "choose another name")
  }

  /// Whether the message is about shapes and what follows from them.
  var isAboutShapes: Bool {
    [.shapeMismatch, .wrongAxis, .wrongShape, .wrongIndex].contains(code)
  }
}
