import BPLexer

// The pieces of which the lines are made.

extension TextReader {
  // MARK: - Signs and words

  /// Moves past line ends.
  mutating func skipLineEnds() {
    while scanner.next.kind == .lineEnd { scanner.take() }
  }

  /// Moves past the end of the line.
  mutating func takeLineEnd() throws(MalformedText) {
    guard scanner.next.kind == .lineEnd else {
      throw MalformedText(.expected("the end of the line", scanner))
    }
    scanner.take()
  }

  /// Moves past `word`.
  mutating func take(word: String) throws(MalformedText) {
    guard scanner.isNext(word) else { throw MalformedText(.expected("'\(word)'", scanner)) }
    scanner.take()
  }

  /// Returns whether `sign` stands next.
  func isNext(sign: Unicode.Scalar) -> Bool { scanner.next.kind == .sign(UInt8(ascii: sign)) }

  /// Moves past `sign`.
  mutating func take(sign: Unicode.Scalar) throws(MalformedText) {
    guard isNext(sign: sign) else { throw MalformedText(.expected("'\(sign)'", scanner)) }
    scanner.take()
  }

  /// Moves past a comma when there is one, and returns whether there was.
  mutating func takeComma() -> Bool {
    guard isNext(sign: ",") else { return false }
    scanner.take()
    return true
  }

  // MARK: - Names and types

  /// Moves past a name and returns it.
  mutating func takeName(_ role: String) throws(MalformedText) -> String {
    guard let name = scanner.nextName else { throw MalformedText(.expected(role, scanner)) }
    scanner.take()
    return name
  }

  /// Moves past a type and returns it.
  mutating func takeType() throws(MalformedText) -> ValueType {
    let word = scanner.text(scanner.next)
    guard let type = ValueType(text: word) else { throw MalformedText(.expectedType(scanner)) }
    scanner.take()
    return type
  }

  // MARK: - Values

  /// Moves past `%3` and returns the number.
  mutating func takeNumber() throws(MalformedText) -> NumberedValues.Number {
    guard let number = scanner.number(after: "%") else {
      throw MalformedText(.expected("a value such as %0", scanner))
    }
    return NumberedValues.Number(number: number, span: scanner.take().span)
  }

  /// Moves past a numbered value or a constant and returns it.
  mutating func takeOperand() throws(MalformedText) -> Value {
    try takeValue { (values, number) throws(MalformedText) in try values.operand(number) }
  }

  /// Moves past a numbered value, which `find` looks up, or a constant and returns it.
  mutating func takeValue(
    _ find: (NumberedValues, NumberedValues.Number) throws(MalformedText) -> Value
  ) throws(MalformedText) -> Value {
    if scanner.number(after: "%") != nil { return try find(values, takeNumber()) }
    let text = scanner.next.kind == .word ? scanner.text(scanner.next) : ""
    if text.hasPrefix("empty<"), text.hasSuffix(">"),
      let type = ValueType(text: text.dropFirst(6).dropLast()), !type.isStack
    {
      scanner.take()
      return builder.emptyStack(of: type)
    }
    let shapeStart = text.firstIndex(of: "[") ?? text.endIndex
    guard let literal = Literal(String(text[..<shapeStart])),
      let shape = shapeStart == text.endIndex ? .scalar : Shape(text: text[shapeStart...])
    else {
      throw MalformedText(.expected("a value such as %0 or 1.5", scanner))
    }
    if let problem = literal.problem {
      throw MalformedText(.numberOutOfReach(problem, at: scanner.next.span))
    }
    scanner.take()
    return builder.constant(literal.number, ValueType(literal.type, shape))
  }

  /// Moves past operands up to the end of the line and returns them.
  mutating func takeOperands() throws(MalformedText) -> ReadOperands {
    let start = scanner.next.span
    guard scanner.next.kind != .lineEnd, !isNext(sign: "(") else {
      return ReadOperands(values: [], span: scanner.previous.span)
    }
    var operands: [Value] = []
    repeat { operands.append(try takeOperand()) } while takeComma()
    return ReadOperands(values: operands, span: start.union(scanner.previous.span))
  }
}

extension TextScanner {
  /// Returns the text of `token`.
  func text(_ token: TextToken) -> String { source.text(token.span) }

  /// Returns the number of the next piece when that is `sign` and digits.
  func number(after sign: Unicode.Scalar) -> Int? {
    guard next.kind == .word, nextBytes.first == UInt8(ascii: sign) else { return nil }
    let digits = nextBytes.dropFirst()
    // `Int` would take a sign, too; it gives nil for what it does not hold.
    guard digits.allSatisfy({ UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }) else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// The name that stands next, or nil where none does.
  var nextName: String? {
    let text = text(next)
    // What is not UTF-8 comes back as other bytes.
    guard text.utf8.elementsEqual(nextBytes) else { return nil }
    switch next.kind {
    case .word: return text.isBareName ? text : nil
    case .quoted: return String(quoted: text)
    default: return nil
    }
  }
}
