import BPLexer

/// A sweep, or the way back, whose end has not been read.
struct OpenTurns {
  let op: Op
  let results: [NumberedValues.Number]
  let operands: [Value]
  /// The regions; the first one of them that is not read is open.
  let regions: [RegionID]
  /// How many regions have been read.
  var readCount = 0
  /// Its first line.
  let span: Span

  /// The region that is open.
  var region: RegionID { regions[readCount] }
}

extension TextReader {
  /// Reads `sweep 10, 3, %0 (%1: int, %2: real) {` after the results.
  mutating func openTurns(
    _ op: Op, _ results: [NumberedValues.Number], from start: Span
  ) throws(MalformedText) {
    scanner.take()
    let operands = try takeOperands()
    let head: [ValueType] = [.integer, .integer] + (op == .sweep ? [] : [ValueType.real.stack])
    guard types(operands.values).starts(with: head) else {
      throw MalformedText(
        .wrongOperandTypes(op, types(operands.values), at: operands.span))
    }
    let span = start.union(scanner.previous.span)
    try checkNesting(at: span)
    let mark = scanner
    let states = try takeParameterTypes().dropFirst()
    let carried = types(Array(operands.values.dropFirst(head.count)))
    scanner = mark
    let regions = builder.openTurns(
      carrying: op == .sweep ? [Array(states)] : [Array(states), states + carried])
    values.openScope()
    let open = OpenTurns(
      op: op, results: results, operands: operands.values, regions: regions, span: span)
    try enterTurn(of: open)
  }

  private mutating func enterTurn(of open: OpenTurns) throws(MalformedText) {
    try readLoopParameters(open.region)
    try take(sign: "{")
    try takeLineEnd()
    constructs.append(.turns(open))
  }

  /// Returns the types of the parameters that stand next, in brackets.
  private mutating func takeParameterTypes() throws(MalformedText) -> [ValueType] {
    var types: [ValueType] = []
    try take(sign: "(")
    repeat {
      _ = try takeNumber()
      try take(sign: ":")
      types.append(try takeType())
    } while takeComma()
    try take(sign: ")")
    return types
  }

  /// Closes a region of turns that yields `yields`.
  mutating func close(
    _ open: OpenTurns, yielding yields: [Value], at span: Span
  ) throws(MalformedText) {
    let parameters = builder.function[open.regions[0]].parameters
    let carried = types(Array(open.operands.dropFirst(open.op == .sweep ? 2 : 3)))
    let expected = open.readCount == 0 ? types(Array(parameters.dropFirst())) : carried
    guard types(yields) == expected else {
      throw MalformedText(.turnYieldsOtherTypes(expected, types(yields), loop: open.span, at: span))
    }
    builder.close(yielding: yields)
    values.closeScope()
    var next = open
    next.readCount += 1
    if next.readCount < open.regions.count {
      try take(word: "back")
      builder.enter(next.region)
      values.openScope()
      return try enterTurn(of: next)
    }
    builder.span = open.span
    let made = builder.turns(open.op, open.operands, open.regions[0])
    try define(open.results, as: made, of: open.op.description, at: open.span)
    try takeLineEnd()
  }
}
