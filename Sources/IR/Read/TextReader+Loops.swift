import BPLexer

/// A loop whose end has not been read.
struct OpenLoop {
  let results: [NumberedValues.Number]
  let operands: [Value]
  let body: RegionID
  /// Its first line.
  let span: Span
}

extension TextReader {
  /// Reads `loop true, %0, %1 (%2: int, %3: real) {` after the results.
  mutating func openLoop(
    _ results: [NumberedValues.Number], from start: Span
  ) throws(MalformedText) {
    scanner.take()
    let operands = try takeOperands()
    let types = types(operands.values)
    guard types.starts(with: [.boolean, .integer]), types.count == results.count + 1 else {
      throw MalformedText(.loopWithoutBounds(types, results.count, at: operands.span))
    }
    let span = start.union(scanner.previous.span)
    try checkNesting(at: span)
    let body = builder.openLoop(carrying: Array(types[2...]))
    values.openScope()
    try readLoopParameters(body)
    try take(sign: "{")
    try takeLineEnd()
    constructs.append(
      .loop(OpenLoop(results: results, operands: operands.values, body: body, span: span)))
  }

  /// Reads the parameters of a region in brackets.
  mutating func readLoopParameters(_ body: RegionID) throws(MalformedText) {
    let parameters = builder.function[body].parameters
    try take(sign: "(")
    for (position, parameter) in parameters.enumerated() {
      if position > 0 { try take(sign: ",") }
      let number = try takeNumber()
      try values.announce(number)
      try take(sign: ":")
      let span = scanner.next.span
      let type = try takeType()
      guard type == builder.function.type(of: parameter) else {
        throw MalformedText(
          .otherLoopParameter(builder.function.type(of: parameter), type, at: span))
      }
      values.define(number, as: parameter)
    }
    try take(sign: ")")
  }

  /// Closes a loop whose turns yield `yields`.
  mutating func close(
    _ open: OpenLoop, yielding yields: [Value], at span: Span
  ) throws(MalformedText) {
    let expected = [.boolean] + types(Array(open.operands[2...]))
    guard types(yields) == expected else {
      throw MalformedText(.turnYieldsOtherTypes(expected, types(yields), loop: open.span, at: span))
    }
    builder.close(yielding: yields)
    values.closeScope()
    builder.span = open.span
    let made = builder.loop(
      start: open.operands[0], limit: open.operands[1], Array(open.operands[2...]), open.body)
    try define(open.results, as: made, of: "loop", at: open.span)
    try takeLineEnd()
  }
}
