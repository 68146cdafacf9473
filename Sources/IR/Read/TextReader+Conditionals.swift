import BPLexer

/// A conditional or loop whose end has not been read.
enum OpenConstruct {
  case conditional(OpenConditional)
  case loop(OpenLoop)
  case turns(OpenTurns)

  /// The word that it starts with.
  var word: String {
    switch self {
    case .conditional: "if"
    case .loop: "loop"
    case .turns(let turns): turns.op.description
    }
  }

  /// Its first line.
  var span: Span {
    switch self {
    case .conditional(let conditional): conditional.span
    case .loop(let loop): loop.span
    case .turns(let turns): turns.span
    }
  }

  /// How many values its region yields; nil where its parameters tell.
  var yieldCount: Int? {
    switch self {
    case .turns: nil
    case .conditional(let conditional): conditional.results.count
    case .loop(let loop): loop.operands.count - 1
    }
  }
}

/// A conditional whose end has not been read.
struct OpenConditional {
  let results: [NumberedValues.Number]
  let condition: Value
  let arms: (then: RegionID, otherwise: RegionID)
  /// Its first line.
  let span: Span
  /// The line at which the first arm ended; nil until then.
  var firstYield: Span?
}

extension TextReader {
  /// Reads `if %0 {` after the results.
  mutating func openConditional(
    _ results: [NumberedValues.Number], from start: Span
  ) throws(MalformedText) {
    scanner.take()
    let conditionSpan = scanner.next.span
    let condition = try takeOperand()
    guard builder.function.type(of: condition) == .boolean else {
      let type = builder.function.type(of: condition)
      throw MalformedText(.conditionIsNone(type, at: conditionSpan))
    }
    let span = start.union(scanner.previous.span)
    try take(sign: "{")
    try takeLineEnd()
    try checkNesting(at: span)
    constructs.append(
      .conditional(
        OpenConditional(
          results: results, condition: condition, arms: builder.openArms(), span: span)))
    values.openScope()
  }

  /// Checks that one more conditional or loop may be open.
  func checkNesting(at span: Span) throws(MalformedText) {
    guard constructs.count < TextReader.deepestNesting else {
      throw MalformedText(.constructsTooDeep(at: span))
    }
  }

  /// Reads `yield operands` and the `} else {` or `}` after it.
  mutating func readYield() throws(MalformedText) {
    guard let open = constructs.popLast() else {
      throw MalformedText(.yieldOutsideArm(at: scanner.next.span))
    }
    let start = scanner.take().span
    let yields = try takeOperands().values
    let span = start.union(scanner.previous.span)
    if let count = open.yieldCount, yields.count != count {
      throw MalformedText(.wrongYieldCount(yields.count, count, open, at: span))
    }
    try takeLineEnd()
    skipLineEnds()
    try take(sign: "}")
    switch open {
    case .loop(let loop): try close(loop, yielding: yields, at: span)
    case .turns(let turns): try close(turns, yielding: yields, at: span)
    case .conditional(let conditional): try closeArm(of: conditional, yielding: yields, at: span)
    }
  }

  private mutating func closeArm(
    of open: OpenConditional, yielding yields: [Value], at span: Span
  ) throws(MalformedText) {
    if let first = open.firstYield {
      try checkArmsAgree(open, yields, first, at: span)
      try close(open, yielding: yields)
    } else {
      try enterSecondArm(of: open, yielding: yields, at: span)
    }
    try takeLineEnd()
  }

  private mutating func enterSecondArm(
    of open: OpenConditional, yielding yields: [Value], at span: Span
  ) throws(MalformedText) {
    try take(word: "else")
    try take(sign: "{")
    builder.close(yielding: yields)
    builder.enter(open.arms.otherwise)
    values.closeScope()
    values.openScope()
    var second = open
    second.firstYield = span
    constructs.append(.conditional(second))
  }

  private func checkArmsAgree(
    _ open: OpenConditional, _ yields: [Value], _ first: Span, at span: Span
  ) throws(MalformedText) {
    let expected = types(builder.function[open.arms.then].yields)
    guard types(yields) == expected else {
      throw MalformedText(.armsYieldOtherTypes(expected, types(yields), first: first, at: span))
    }
  }

  private mutating func close(
    _ open: OpenConditional, yielding yields: [Value]
  ) throws(MalformedText) {
    builder.close(yielding: yields)
    values.closeScope()
    builder.span = open.span
    let made = builder.conditional(open.condition, open.arms)
    try define(open.results, as: made, of: "if", at: open.span)
  }
}
