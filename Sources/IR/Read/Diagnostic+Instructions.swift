import BPLexer

extension Diagnostic {
  // MARK: - Operations

  /// Returns an error for an operation that does not exist.
  static func unknownOperation(_ name: String, at span: Span) -> Diagnostic {
    let near = nearest(to: name, among: OpTable.operations.keys.sorted())
    return Diagnostic(
      .malformedIR, "unknown operation '\(name)'", at: span,
      help: near.map { "did you mean '\($0)'?" } ?? "")
  }

  /// Returns an error for too many or too few operands.
  static func wrongOperandCount(_ op: Op, _ operands: ReadOperands) -> Diagnostic {
    let count = op.info.parameters.count
    let least = op.info.isVariadic ? "at least " : ""
    return Diagnostic(
      .malformedIR,
      "'\(op)' takes \(least)\(counted(count, "operand")), not \(operands.values.count)",
      at: operands.span)
  }

  /// Returns an error for operands whose types do not fit.
  static func wrongOperandTypes(_ op: Op, _ types: [ValueType], at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedIR, "'\(op)' takes \(op.info.type.operands), not \(listed(types))", at: span)
  }

  /// Returns an error for another number of results than there are.
  static func wrongResultCount(
    _ maker: String, _ expected: Int, _ found: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .malformedIR, "'\(maker)' gives \(counted(expected, "value")), not \(found)", at: span)
  }

  // MARK: - Calls

  /// Returns an error for a call of a function that is not there yet.
  static func functionIsNotAbove(_ index: Int, _ count: Int, at span: Span) -> Diagnostic {
    let above = count == 1 ? "1 function stands" : "\(count) functions stand"
    return Diagnostic(
      .malformedIR, "there is no function @\(index): \(above) above this one", at: span)
  }

  /// Returns an error for a call whose number and name are those of two functions.
  static func otherFunction(
    _ index: Int, _ name: String, _ found: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(.malformedIR, "function @\(index) is '\(name)' and not '\(found)'", at: span)
  }

  /// Returns an error for arguments that are not what a function takes.
  static func wrongArguments(
    _ name: String, _ parameters: [ValueType], _ types: [ValueType], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .malformedIR, "'\(name)' takes \(listed(parameters)), not \(listed(types))", at: span)
  }

  // MARK: - Conditionals

  /// Returns an error for a condition that is a number.
  static func conditionIsNone(_ type: ValueType, at span: Span) -> Diagnostic {
    Diagnostic(.malformedIR, "'if' takes a condition, not \(listed([type]))", at: span)
  }

  /// Returns an error for an arm that yields too much or too little.
  static func wrongYieldCount(
    _ count: Int, _ expected: Int, _ open: OpenConstruct, at span: Span
  ) -> Diagnostic {
    let region = if case .conditional = open { "arm" } else { "turn" }
    return Diagnostic(
      .malformedIR,
      "this \(region) yields \(counted(count, "value")), but its '\(open.word)' takes "
        + "\(expected)", at: span, notes: [Note("the '\(open.word)' is here", at: open.span)]
    )
  }

  /// Returns an error for arms whose values have different types.
  static func armsYieldOtherTypes(
    _ expected: [ValueType], _ types: [ValueType], first: Span, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .malformedIR,
      "this arm yields \(listed(types)), but the one before it \(listed(expected))", at: span,
      notes: [Note("the arm before it yields here", at: first)])
  }

  // MARK: - Loops

  /// Returns an error for a loop that lacks its first operands or results.
  static func loopWithoutBounds(
    _ types: [ValueType], _ resultCount: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .malformedIR,
      "'loop' takes bool, int and one value less than it has results (\(resultCount)), not "
        + listed(types), at: span)
  }

  /// Returns an error for a parameter of a loop whose type is another than that of its start.
  static func otherLoopParameter(
    _ expected: ValueType, _ type: ValueType, at span: Span
  ) -> Diagnostic {
    Diagnostic(.malformedIR, "the loop hands in \(expected) here, not \(type)", at: span)
  }

  /// Returns an error for a turn whose values have other types than what the loop carries.
  static func turnYieldsOtherTypes(
    _ expected: [ValueType], _ types: [ValueType], loop: Span, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .malformedIR, "this turn yields \(listed(types)), not \(listed(expected))", at: span,
      notes: [Note("the 'loop' is here", at: loop)])
  }

  /// Returns an error for taking the top of what is no stack.
  static func popOfNoStack(_ types: [ValueType], at span: Span) -> Diagnostic {
    Diagnostic(.malformedIR, "'pop' takes a stack, not \(listed(types))", at: span)
  }

  private static func listed(_ types: [ValueType]) -> String {
    types.isEmpty ? "nothing" : types.map(\.description).joined(separator: ", ")
  }
}

extension TypeRule {
  /// The operands that fit, in words.
  fileprivate var operands: String {
    switch self {
    case .real: "real"
    case .arithmetic: "numbers of one type"
    case .comparison: "two numbers of one type"
    case .equality: "two values of one type"
    case .logic: "bool"
    case .select: "bool and two values of one type"
    case .integerPower: "real, int"
    case .ordered: "int, real"
    case .conversion: "int"
    case .whole: "real"
    case .push: "a stack and what it holds"
    case .same, .array, .structure: "values"
    }
  }
}
