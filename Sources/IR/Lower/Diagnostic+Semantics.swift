import BPLexer
import BPParser

// MARK: - Names

extension Diagnostic {
  /// Returns an error for a name that means nothing where it is used.
  static func usedBeforeDefinition(
    _ name: String, at span: Span, definition: Span?
  ) -> Diagnostic {
    Diagnostic(
      .nameUsedBeforeDefinition, "'\(name)' is used before it is defined", at: span,
      help: definition == nil ? "" : "a name stands for what was defined above its use",
      notes: definition.map { [Note("it is defined here", at: $0)] } ?? [])
  }

  /// Returns an error for a name of an `if` that is used as a value.
  static func staysInside(_ name: String, at span: Span, definition: Span?) -> Diagnostic {
    Diagnostic(
      .nameOfOneBranch,
      "'\(name)' was defined inside an 'if' that is used as a value, and stays there",
      at: span, help: "define it before the 'if'",
      notes: definition.map { [Note("it is defined here", at: $0)] } ?? [])
  }

  /// Returns an error for a name that only one arm of an `if` defines.
  static func definedInOneArm(_ name: String, at span: Span, conditional: Span) -> Diagnostic {
    Diagnostic(
      .nameOfOneBranch, "'\(name)' has a value in only one branch of the 'if' above", at: span,
      help: "define it in both branches, or before the 'if'",
      notes: [Note("the 'if' is here", at: conditional)])
  }

  /// Returns an error for a name that the arms of an `if` define as values that do not fit.
  static func definedUnlike(_ name: String, at span: Span, conditional: Span) -> Diagnostic {
    Diagnostic(
      .nameOfOneBranch,
      "'\(name)' is not the same kind of value, or not of the same shape, in the branches of the 'if' "
        + "above", at: span, help: "give it values of one kind and shape, or use two names",
      notes: [Note("the 'if' is here", at: conditional)])
  }

  /// Returns an error for a leaf that is declared again.
  static func redeclaredLeaf(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .redeclaredName, "'\(name)' is declared twice", at: span,
      notes: [Note("the first declaration is here", at: first)])
  }

  /// Returns an error for a function whose name the language has taken.
  static func functionHidesBuiltin(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .redeclaredName, "'\(name)' is a function of the language", at: span,
      help: "choose another name")
  }

  /// Returns an error for a function that is defined again.
  static func redefinedFunction(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .redeclaredName, "the function '\(name)' is defined twice", at: span,
      notes: [Note("the first definition is here", at: first)])
  }

  /// Returns an error for a function that is used as a value.
  static func functionAsValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "'\(name)' is a function and no value", at: span, help: "write '\(name)(…)'")
  }

  /// Returns an error for a value that is called.
  static func valueAsFunction(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFunction, "'\(name)' is a value and no function", at: span,
      help: "a product is written '\(name)*(…)'")
  }

  /// Returns an error for a call of something that does not exist.
  static func unknownFunction(_ name: String, at span: Span, near: String?) -> Diagnostic {
    Diagnostic(
      .unknownFunction, "unknown function '\(name)'", at: span, label: "no function of this name",
      help: near.map { "did you mean '\($0)'?" }
        ?? "'bpc help functions' lists the functions; a product is written '\(name)*(…)'")
  }

  /// Returns an error for a call that is to print something.
  static func printing(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFunction, "unknown function '\(name)'", at: span, label: "no function of this name",
      help: "the value of the last line is printed: end with the name alone")
  }

  /// Returns an error for a function that stands below its use.
  static func functionUsedBeforeDefinition(
    _ name: String, at span: Span, definition: Span
  ) -> Diagnostic {
    Diagnostic(
      .nameUsedBeforeDefinition, "the function '\(name)' is used before it is defined", at: span,
      help: "move the definition above its first use",
      notes: [Note("it is defined here", at: definition)])
  }

  /// Returns an error for a function that calls itself.
  static func recursion(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .recursion, "the function '\(name)' calls itself", at: span,
      help: "recursion is not part of the language")
  }
}

// MARK: - Calls

extension Diagnostic {
  /// Returns an error for a call of a user's function with too few or too many arguments.
  static func wrongArguments(
    _ name: String, _ expected: Int, _ found: Int, at span: Span, definition: Span
  ) -> Diagnostic {
    Diagnostic(
      .wrongArguments, "'\(name)' takes \(counted(expected, "argument")), but gets \(found)",
      at: span, notes: [Note("it is defined here", at: definition)])
  }

  /// Returns an error for a call of a function of the language with the wrong arguments.
  static func wrongArgumentsOfBuiltin(_ op: Op, _ found: Int, at span: Span) -> Diagnostic {
    let info = op.info
    let parameters = info.parameters.map { parameter in
      parameter.defaultValue.map { "\(parameter.name): \($0)" } ?? parameter.name
    }
    let list = parameters.joined(separator: ", ") + (info.isVariadic ? ", …" : "")
    let count =
      info.isVariadic
      ? "at least \(counted(info.parameters.count, "argument"))"
      : counted(info.parameters.count, "argument")
    return Diagnostic(
      .wrongArguments, "'\(info.name)' takes \(count), but gets \(found)", at: span,
      help: "write '\(info.name)(\(list))'")
  }

  /// Returns an error for the name of an argument that a function does not have.
  static func unknownLabel(_ label: String, _ op: Op, at span: Span) -> Diagnostic {
    let names = op.info.parameters.map { "'\($0.name)'" }.joined(separator: ", ")
    return Diagnostic(
      .wrongArguments, "'\(op.info.name)' has no argument called '\(label)'", at: span,
      help: "its arguments are \(names)")
  }

  /// Returns an error for a named argument of a user's function.
  static func labelOfFunction(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongArguments, "the arguments of '\(name)' are given by their place, without names",
      at: span)
  }

  /// Returns an error for a function that may end without a value.
  static func functionMayEndWithoutValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .noResult, "'\(name)' returns a value on some ways and none on others", at: span,
      help: "end it with the value of the remaining case")
  }

  /// Returns an error for a function whose last statement is no value.
  static func functionWithoutValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .noResult, "'\(name)' has no value", at: span,
      help: "the last line of a function is its value")
  }

  /// Returns a count with its noun.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

// MARK: - Types

extension Diagnostic {
  /// Returns an error for a condition where a number should be.
  static func conditionAsNumber(_ op: Op, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "\(name(op)) takes numbers, but this is a condition", at: span,
      help: "'where(c, 1, 0)' makes a number of a condition c")
  }

  /// Returns an error for a number where a condition should be.
  static func numberAsCondition(_ op: Op, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "\(name(op)) takes a condition here, but this is a number", at: span,
      help: "compare it, as in 'x != 0'")
  }

  /// Returns an error for an `if` or `while` of a number.
  static func conditionIsNumber(of word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "'\(word)' takes a condition, but this is a number", at: span,
      help: "compare it, as in 'x != 0'")
  }

  /// Returns an error for a tuple where one value should be.
  static func tupleAsOperand(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "one value is wanted here, but this is a tuple", at: span,
      help: "take it apart first: 'a, b = …'")
  }

  /// Returns an error for a destructuring whose sides differ in number.
  static func wrongPartCount(_ operand: Operand, _ expected: Int, at span: Span) -> Diagnostic {
    let found = if case .tuple(let parts) = operand { "\(parts.count) values" } else { "one value" }
    return Diagnostic(
      .wrongType, "\(expected) names stand on the left, but this is \(found)", at: span)
  }

  /// Returns an error for an arm without a value in an `if` that is used as one.
  static func armWithoutValue(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, "an arm of this 'if' has no value", at: span,
      help: "the last line of each arm is its value")
  }

  /// Returns an error for arms of different types.
  static func armsDiffer(_ a: [ValueType], _ b: [ValueType], at span: Span) -> Diagnostic {
    for (first, second) in zip(a, b) where a.count == b.count && first.shape != second.shape {
      return Diagnostic(
        .shapeMismatch,
        "the arms of this 'if' differ: one gives \(words(first.shape)), the other "
          + words(second.shape),
        at: span)
    }
    return Diagnostic(
      .wrongType, "the arms of this 'if' differ: numbers, conditions and tuples do not mix",
      at: span)
  }

  /// Returns an error for a function whose ways end in values of different types.
  ///
  /// - Parameter span: a place for it when its values have none.
  static func returnsDiffer(
    _ name: String, _ a: (types: [ValueType], place: Span), _ b: (types: [ValueType], place: Span),
    at span: Span
  ) -> Diagnostic {
    let (first, second) = (words(a.types), words(b.types))
    let pairs = zip(a.types, b.types)
    let isAboutShapes =
      a.types.count == b.types.count && pairs.allSatisfy { $0.isBoolean == $1.isBoolean }
      && pairs.contains { $0.shape != $1.shape }
    return Diagnostic(
      isAboutShapes ? .shapeMismatch : .wrongType,
      first == second
        ? "'\(name)' returns tuples whose parts differ"
        : "'\(name)' returns \(second) here, and \(first) elsewhere",
      at: b.place == .none ? span : b.place,
      help: "whichever way it ends, a function returns one kind of value, of one shape",
      notes: a.place == .none
        ? []
        : [
          Note(
            first == second ? "it returns the other one here" : "it returns \(first) here",
            at: a.place)
        ])
  }

  /// Returns what a user calls a value of the types `types`.
  private static func words(_ types: [ValueType]) -> String {
    guard types.count == 1, let type = types.first else {
      return "a tuple of \(types.count) values"
    }
    if type.isScalar { return type.isBoolean ? "a condition" : "a number" }
    return type.isBoolean ? "conditions of shape \(type.shape)" : "an array of shape \(type.shape)"
  }

  private static func words(_ shape: Shape) -> String {
    shape.isScalar ? "a number" : "shape \(shape)"
  }

  /// Returns an error for a default that is a tuple or a condition.
  static func defaultIsNoNumber(at span: Span) -> Diagnostic {
    Diagnostic(.wrongType, "the default of a leaf is a number", at: span)
  }

  /// Returns an error for a default that depends on something.
  static func defaultIsNotConstant(at span: Span) -> Diagnostic {
    Diagnostic(
      .notConstant, "the default of a leaf is a constant", at: span,
      help: "define a name without 'param' or 'input' for what is computed")
  }

  /// Returns an error for a default that is not whole.
  static func defaultIsNoInteger(at span: Span) -> Diagnostic {
    Diagnostic(.wrongType, "the default of an 'int' is a whole number", at: span)
  }

  /// Returns an error for a program without a value.
  static func noResult(in source: Source) -> Diagnostic {
    Diagnostic(
      .noResult, "the program has no result", at: Span(0, 0),
      help: "end it with a definition or an expression, as in 'f = a*b'")
  }

  /// Returns the way a user writes `op`.
  private static func name(_ op: Op) -> String {
    switch op {
    case .add: "'+'"
    case .subtract, .negate: "'-'"
    case .multiply: "'*'"
    case .divide: "'/'"
    case .modulo: "'%'"
    case .power, .integerPower: "'^'"
    case .less: "'<'"
    case .lessEqual: "'<='"
    case .greater: "'>'"
    case .greaterEqual: "'>='"
    case .equal: "'=='"
    case .notEqual: "'!='"
    default: "'\(op.info.name)'"
    }
  }
}
