import BPLexer

extension Grammar {
  /// ("param" | "input") name [":" "int"] ["=" expression]
  mutating func leaf() throws(SyntaxError) {
    let keyword = take()
    guard blockDepth == 0 else {
      throw SyntaxError(diagnostic: .declarationInBlock(keyword, self))
    }
    let isParameter = keyword.kind == .param
    let name = try takeName("the name of \(isParameter ? "a parameter" : "an input")")
    let isInteger = try takeType(isParameter: isParameter)
    var leaf = LeafSyntax(
      isParameter: isParameter, name: name, isInteger: isInteger, hasDefault: false)
    if take(.equal) {
      try expression()
      leaf.hasDefault = true
    }
    tree.leaves.append(leaf)
    emit(.leaf, payload: UInt32(tree.leaves.count - 1), keyword.span.union(previous.span))
  }

  /// Returns whether the next tokens are `: int`, and moves past them.
  private mutating func takeType(isParameter: Bool) throws(SyntaxError) -> Bool {
    guard take(.colon) else { return false }
    guard next.kind != .leftBracket else {
      throw SyntaxError(diagnostic: .reservedArray(at: next.span))
    }
    guard next.kind == .name, text(next) == "int", !isParameter else {
      throw SyntaxError(diagnostic: .unknownType(isParameter: isParameter, self))
    }
    take()
    guard next.kind != .leftBracket || next.startsLine else {
      throw SyntaxError(diagnostic: .reservedArray(at: next.span))
    }
    return true
  }

  /// Whether the next tokens are name "(" [name {"," name}] ")" "=".
  var isFunctionDefinition: Bool {
    guard next.kind == .name, kind(after: 1) == .leftParenthesis else { return false }
    var distance = 2
    while kind(after: distance) == .name, kind(after: distance + 1) == .comma { distance += 2 }
    if kind(after: distance) == .name { distance += 1 }
    return kind(after: distance) == .rightParenthesis && kind(after: distance + 1) == .equal
  }

  /// name "(" [name {"," name}] ")" "=" (expressionList | block)
  mutating func functionDefinition() throws(SyntaxError) {
    let name = try takeName("the name of a function")
    guard blockDepth == 0, !isInFunction else {
      throw SyntaxError(diagnostic: .functionInBlock(name, self))
    }
    let parameters = try parameterList()
    take()
    isInFunction = true
    defer { isInFunction = false }
    let index = UInt32(tree.functions.count)
    let head = emit(.function, payload: index, name.span)
    tree.functions.append(
      FunctionSyntax(name: name, parameters: parameters, body: head + 1..<head + 1))
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
