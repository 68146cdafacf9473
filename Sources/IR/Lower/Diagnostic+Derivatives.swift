import BPLexer

// MARK: - grad, jacobian, hessian

extension Diagnostic {
  /// Returns an error for `grad(y)` and `grad(y, a, b)`.
  static func wrongArgumentsOfDerivative(
    _ function: String, _ arguments: [LoweredExpression], at span: Span
  ) -> Diagnostic {
    let hasLabel = arguments.contains { $0.label != nil }
    return Diagnostic(
      .wrongArguments,
      hasLabel
        ? "the arguments of '\(function)' are given by their place, without names"
        : "'\(function)' takes 2 arguments, but gets \(arguments.count)", at: span,
      help: arguments.count > 2
        ? "differentiate with respect to one name at a time: '\(function)(y, a), \(function)(y, b)'"
        : "write '\(function)(y, x)' for the derivative of y with respect to x")
  }

  /// Returns an error for `grad(y, x + 1)`.
  static func derivativeByExpression(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongArguments, "'\(function)' differentiates with respect to a name, and this is none",
      at: span, help: "give the value a name, and use that name in what is differentiated")
  }

  /// Returns an error for a derivative with respect to an integer or a condition.
  static func derivativeByWhole(_ name: String, _ type: ValueType, at span: Span) -> Diagnostic {
    let kind = type.isBoolean ? "a condition" : "whole"
    return Diagnostic(
      .wrongType, "nothing is differentiated with respect to '\(name)', which is \(kind)", at: span,
      help: "derivatives are taken with respect to real values")
  }

  /// Returns an error for a derivative with respect to a constant of the language.
  static func derivativeByConstant(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongArguments, "nothing is differentiated with respect to '\(name)', which is a constant",
      at: span, help: "define a name for the value that varies")
  }

  /// Returns an error for the derivative of a condition.
  static func derivativeOfCondition(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "'\(function)' differentiates a number, but this is a condition", at: span)
  }

  /// Returns an error for the gradient of an array.
  static func derivativeOfArray(
    _ function: String, _ text: String, _ shape: Shape, at span: Span
  ) -> Diagnostic {
    let other = function == "grad" ? "; jacobian(\(text), x) has all derivatives" : ""
    return Diagnostic(
      .shapeMismatch, "'\(function)' differentiates one number, and this has shape \(shape)",
      at: span, help: "sum(\(text)) is one number\(other)")
  }
}

// MARK: - f'(x)

extension Diagnostic {
  /// Returns an error for the derivative of a function of several parameters, or of none.
  static func derivativeOfSeveral(_ name: String, _ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongArguments,
      "\(name)' is the derivative of a function of one argument, and '\(name)' takes \(count)",
      at: span, help: "name a value, y = \(name)(…), and take grad(y, x) for each argument x")
  }

  /// Returns an error for `f'()` and `f'(a, b)`.
  static func derivativeTakesOneArgument(_ name: String, _ count: Int, at span: Span) -> Diagnostic
  {
    Diagnostic(
      .wrongArguments, "\(name)' takes 1 argument without a name, but gets \(count)", at: span,
      help: "write '\(name)'(x)'")
  }

  /// Returns an error for the derivative of a function at a condition.
  static func derivativeAtCondition(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(.wrongType, "\(name)' takes a number, but this is a condition", at: span)
  }

  /// Returns an error for the derivative of a function that gives a tuple or a condition.
  static func derivativeOfNoNumber(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "'\(name)' does not give one number or array, and so has no \(name)'", at: span,
      help: "take the tuple apart, and grad(y, x) of a part y")
  }

  /// Returns an error for the derivative of a function that makes something of another shape of an
  /// array.
  static func derivativeIsNotElementwise(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .shapeMismatch, "\(name)' of an array is taken element by element, and '\(name)' is not",
      at: span,
      help: "name the value, y = \(name)(x), and take jacobian(y, x), or grad(y, x) of one number")
  }
}

// MARK: - f'(x) = …

extension Diagnostic {
  /// Returns an error for the derivative of a function that does not stand above.
  static func derivativeOfUnknown(_ name: String, _ isBuiltin: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      isBuiltin ? .redeclaredName : .unknownFunction,
      isBuiltin
        ? "\(name)' is known: '\(name)' is a function of the language"
        : "\(name)' is given, but no function '\(name)' stands above", at: span,
      help: isBuiltin ? "" : "define '\(name)(x) = …' first")
  }

  /// Returns an error for a derivative that is given twice.
  static func derivativeTwice(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .redeclaredName, "\(name)' is given twice", at: span,
      notes: [Note("it is given here first", at: first)])
  }

  /// Returns an error for a derivative by hand of a function of several parameters.
  static func derivativeByHandOfSeveral(_ name: String, _ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongArguments,
      count == 1
        ? "\(name)' has one parameter, as '\(name)' has"
        : "a derivative is given for functions of one parameter, and '\(name)' has \(count)",
      at: span)
  }

  /// Returns an error for a derivative that is given below a use of the function.
  static func derivativeAfterUse(_ name: String, at span: Span, use: Span) -> Diagnostic {
    Diagnostic(
      .nameUsedBeforeDefinition, "\(name)' is given after '\(name)' is used", at: span,
      help: "move it right below the definition of '\(name)'",
      notes: [Note("it is used here", at: use)])
  }

  /// Returns an error for a derivative by hand of another shape.
  static func slopeDoesNotFit(
    _ name: String, _ argument: Shape, _ value: Shape, _ slope: Shape, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .shapeMismatch,
      "the derivative of '\(name)' is given element by element, but its argument has shape "
        + "\(argument), its value \(value) and its derivative \(slope)", at: span)
  }
}
