import BPLexer

extension Grammar {
  /// ("param" | "input") name [":" type] ["=" expression]
  mutating func leaf() throws(SyntaxError) {
    let keyword = take()
    guard blockDepth == 0 else {
      throw SyntaxError(diagnostic: .declarationInBlock(keyword, self))
    }
    let isParameter = keyword.kind == .param
    let name = try takeName("the name of \(isParameter ? "a parameter" : "an input")")
    let (isInteger, shape) = try takeType(isParameter: isParameter)
    var leaf = LeafSyntax(
      isParameter: isParameter, name: name, isInteger: isInteger, shape: shape, hasDefault: false)
    if take(.equal) {
      try expression()
      leaf.hasDefault = true
    }
    tree.leaves.append(leaf)
    emit(.leaf, payload: UInt32(tree.leaves.count - 1), keyword.span.union(previous.span))
  }

  /// "int" [shape] | shape, behind a colon that may be missing; a `param` takes a shape only.
  private mutating func takeType(
    isParameter: Bool
  ) throws(SyntaxError) -> (isInteger: Bool, shape: [DimensionSyntax]?) {
    guard take(.colon) else { return (false, nil) }
    if next.kind == .leftBracket { return (false, try shape()) }
    guard next.kind == .name, text(next) == "int", !isParameter else {
      throw SyntaxError(diagnostic: .unknownType(isParameter: isParameter, self))
    }
    take()
    guard next.kind == .leftBracket, !next.startsLine else { return (true, nil) }
    return (true, try shape())
  }

  /// "[" [dimension {"," dimension}] "]"
  private mutating func shape() throws(SyntaxError) -> [DimensionSyntax] {
    var dimensions: [DimensionSyntax] = []
    _ = try bracketed { (grammar, _) throws(SyntaxError) in
      dimensions.append(try grammar.dimension())
    }
    return dimensions
  }

  /// A whole number or a name.
  private mutating func dimension() throws(SyntaxError) -> DimensionSyntax {
    let first = position
    let token = take()
    guard token.kind == .wholeNumber || token.kind == .name, !dimensionGoesOn else {
      position = first
      throw SyntaxError(diagnostic: .malformedDimension(at: skipDimension(), self))
    }
    return token.kind == .name
      ? .symbol(NameSyntax(name: token.payload, span: token.span))
      : .number(tree.numbers[Int(token.payload)], token.span)
  }

  /// Whether the next token makes an expression of the dimension before it.
  private var dimensionGoesOn: Bool {
    switch next.kind {
    case .leftParenthesis, .leftBracket, .dot, .prime: !next.startsLine
    case .name: previous.span.end == next.span.start
    default: Operator.binary(next.kind) != nil || next.kind.isRange
    }
  }

  /// Moves past what stands in the place of a dimension, on its line, and returns where it is.
  private mutating func skipDimension() -> Span {
    let start = foundSpan
    var end = start
    var openBrackets = 0
    repeat {
      switch next.kind {
      case .leftParenthesis, .leftBracket: openBrackets += 1
      case .rightParenthesis, .rightBracket: openBrackets -= 1
      case .comma where openBrackets == 0: return start.union(end)
      case .end: return start.union(end)
      default: break
      }
      guard openBrackets >= 0 else { return start.union(end) }
      end = take().span
    } while !next.startsLine
    return start.union(end)
  }

  /// Whether the next tokens are name {"'"} "(" [name {"," name}] ")" "=".
  var isFunctionDefinition: Bool {
    guard next.kind == .name else { return false }
    var distance = 1
    while kind(after: distance) == .prime { distance += 1 }
    guard kind(after: distance) == .leftParenthesis else { return false }
    distance += 1
    while kind(after: distance) == .name, kind(after: distance + 1) == .comma { distance += 2 }
    if kind(after: distance) == .name { distance += 1 }
    return kind(after: distance) == .rightParenthesis && kind(after: distance + 1) == .equal
  }

  /// name ["'"] "(" [name {"," name}] ")" "=" (expressionList | block)
  mutating func functionDefinition() throws(SyntaxError) {
    let name = try takeName("the name of a function")
    guard blockDepth == 0, !isInFunction else {
      throw SyntaxError(diagnostic: .functionInBlock(name, self))
    }
    let isDerivative = take(.prime)
    if next.kind == .prime {
      throw SyntaxError(diagnostic: .secondDerivativeByHand(name, self))
    }
    let parameters = try parameterList()
    take()
    isInFunction = true
    defer { isInFunction = false }
    let index = UInt32(tree.functions.count)
    let head = emit(.function, payload: index, name.span)
    tree.functions.append(
      FunctionSyntax(
        name: name, parameters: parameters, isDerivative: isDerivative, body: head + 1..<head + 1))
    do {
      try functionBody()
    } catch {
      tree.functions.removeLast()
      throw error
    }
    tree.functions[Int(index)].body = head + 1..<tree.nodes.count
    emit(.endFunction, payload: index, name.span.union(previous.span))
  }

  private mutating func parameterList() throws(SyntaxError) -> [NameSyntax] {
    take()
    var parameters: [NameSyntax] = []
    while next.kind == .name {
      let parameter = try takeName("a parameter")
      if let first = parameters.first(where: { $0.name == parameter.name }) {
        throw SyntaxError(diagnostic: .repeatedParameter(parameter, first, self))
      }
      parameters.append(parameter)
      _ = take(.comma)
    }
    take()
    return parameters
  }

  private mutating func functionBody() throws(SyntaxError) {
    guard next.kind == .leftBrace else {
      let start = next.span
      try expressionList()
      emit(.return, start.union(previous.span))
      return
    }
    try block(after: "'='")
  }
}
