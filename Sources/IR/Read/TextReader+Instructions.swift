import BPLexer

/// The operands of an instruction with their place in the text.
struct ReadOperands {
  let values: [Value]
  let span: Span
}

extension TextReader {
  /// Reads `%3 = op operands`, or a conditional or call without results.
  mutating func readInstruction() throws(MalformedText) {
    let start = scanner.next.span
    let results = try takeResults()
    let word = scanner.next
    if scanner.isNext("if") { return try openConditional(results, from: start) }
    if scanner.isNext("loop") { return try openLoop(results, from: start) }
    for op in [Op.sweep, .revolve] where scanner.isNext(op.description) {
      return try openTurns(op, results, from: start)
    }
    if scanner.isNext("pop") { return try readPop(results, from: start) }
    if scanner.isNext("call") { return try readCall(results, from: start) }
    guard !results.isEmpty else {
      throw MalformedText(.expectedInstruction(scanner, isInArm: !constructs.isEmpty))
    }
    guard word.kind == .word else { throw MalformedText(.expected("an operation", scanner)) }
    guard let op = OpTable.operations[scanner.text(word)] else {
      throw MalformedText(.unknownOperation(scanner.text(word), at: word.span))
    }
    scanner.take()
    try readOperation(op, results, from: start, at: word.span)
  }

  /// Reads `%3, %4 =`, or nothing where an instruction has no results.
  private mutating func takeResults() throws(MalformedText) -> [NumberedValues.Number] {
    guard scanner.nextBytes.first == UInt8(ascii: "%") else { return [] }
    var results: [NumberedValues.Number] = []
    repeat {
      let number = try takeNumber()
      try values.announce(number)
      results.append(number)
    } while takeComma()
    try take(sign: "=")
    return results
  }

  /// Makes `results` stand for `made`, the results of what `maker` names.
  mutating func define(
    _ results: [NumberedValues.Number], as made: [Value], of maker: String, at span: Span
  ) throws(MalformedText) {
    guard results.count == made.count else {
      throw MalformedText(.wrongResultCount(maker, made.count, results.count, at: span))
    }
    for (result, value) in zip(results, made) { values.define(result, as: value) }
  }

  private mutating func readOperation(
    _ op: Op, _ results: [NumberedValues.Number], from start: Span, at span: Span
  ) throws(MalformedText) {
    if op.isArrayOperation { return try readArrayOperation(op, results, from: start, at: span) }
    let operands = try takeOperands()
    guard op.info.takes(operands.values.count) else {
      throw MalformedText(.wrongOperandCount(op, operands))
    }
    guard op.info.type.result(of: operands.values[...], in: builder.function) != nil else {
      throw MalformedText(.wrongOperandTypes(op, types(operands.values), at: operands.span))
    }
    builder.span = start.union(scanner.previous.span)
    let result = builder.append(op, operands.values)
    try define(results, as: [result], of: op.description, at: span)
    try takeLineEnd()
  }

  /// Reads the attribute and the operands of an operation on arrays.
  private mutating func readArrayOperation(
    _ op: Op, _ results: [NumberedValues.Number], from start: Span, at span: Span
  ) throws(MalformedText) {
    guard let attribute = Attribute(op, text: scanner.text(scanner.next)) else {
      throw MalformedText(.expected("an attribute such as <0> or <[n;3]>", scanner))
    }
    scanner.take()
    let operands = try takeOperands()
    guard op.arrayType(of: types(operands.values), attribute) != nil else {
      throw MalformedText(.wrongOperandTypes(op, types(operands.values), at: operands.span))
    }
    builder.span = start.union(scanner.previous.span)
    let result = builder.append(op, operands.values, attribute)
    try define(results, as: [result], of: op.description, at: span)
    try takeLineEnd()
  }

  /// Reads `pop %0` after the results.
  private mutating func readPop(
    _ results: [NumberedValues.Number], from start: Span
  ) throws(MalformedText) {
    scanner.take()
    let operands = try takeOperands()
    guard operands.values.count == 1, builder.function.type(of: operands.values[0]).isStack else {
      throw MalformedText(.popOfNoStack(types(operands.values), at: operands.span))
    }
    builder.span = start.union(scanner.previous.span)
    let (value, stack) = builder.pop(operands.values[0])
    try define(results, as: [value, stack], of: "pop", at: start)
    try takeLineEnd()
  }

  // MARK: - Calls

  /// Reads `call @0 name operands` after the results.
  private mutating func readCall(
    _ results: [NumberedValues.Number], from start: Span
  ) throws(MalformedText) {
    scanner.take()
    let (index, name) = try takeCallee()
    let operands = try takeOperands()
    let parameters = functions[index].parameters.map(functions[index].type)
    guard types(operands.values) == parameters else {
      throw MalformedText(
        .wrongArguments(name, parameters, types(operands.values), at: operands.span))
    }
    builder.span = start.union(scanner.previous.span)
    let returned = functions[index].results.map(functions[index].type)
    let made = builder.call(index, operands.values, returning: returned)
    try define(results, as: made, of: name, at: start)
    try takeLineEnd()
  }

  private mutating func takeCallee() throws(MalformedText) -> (index: Int, name: String) {
    guard let index = scanner.number(after: "@") else {
      throw MalformedText(.expected("the number of a function, such as @0", scanner))
    }
    let span = scanner.take().span
    guard index < functions.count else {
      throw MalformedText(.functionIsNotAbove(index, functions.count, at: span))
    }
    let nameSpan = scanner.next.span
    let name = try takeName("the name of the function")
    guard name == functions[index].name else {
      throw MalformedText(.otherFunction(index, functions[index].name, name, at: nameSpan))
    }
    return (index, name)
  }

  func types(_ values: [Value]) -> [ValueType] { values.map(builder.function.type) }
}
