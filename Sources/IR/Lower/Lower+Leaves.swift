import BPLexer
import BPParser

extension Lowering {
  /// Takes the default of a leaf, and makes its name and those of its sizes stand for values.
  mutating func declareLeaf(_ index: Int) {
    let syntax = tree.leaves[Int(tree.nodes[index].payload)]
    guard let leaf = leafIndices[syntax.name.name] else { return }
    let parameter = frame.builder.function.parameters[leaf]
    if syntax.hasDefault {
      let expression = pop()
      setDefault(expression, syntax, leaf, parameter)
    }
    bind(syntax.name.name, marked(.value(parameter), syntax.name.name), at: index)
    for case .symbol(let name) in syntax.shape ?? [] where frame.bindings[name.name] == nil {
      bind(
        name.name, .value(frame.builder.size(current(Dimension(symbol: text(name.name))))),
        at: index)
    }
  }

  private mutating func setDefault(
    _ expression: LoweredExpression, _ syntax: LeafSyntax, _ leaf: Int, _ parameter: Value
  ) {
    guard case .value(let value) = expression.operand, !type(value).isBoolean else {
      if !expression.operand.isBroken { report(.defaultIsNoNumber(at: expression.span)) }
      return
    }
    guard frame.builder.function.isConstant(value) else {
      return report(.defaultIsNotConstant(at: expression.span))
    }
    guard let fitted = element(value, of: leaves[leaf].type.element, at: expression.span) else {
      return
    }
    if syntax.shape == nil, !shape(fitted).isScalar {
      leaves[leaf].type = type(fitted)
      frame.builder.function.setType(of: parameter, type(fitted))
    }
    let target = leaves[leaf].type.shape
    guard let common = commonShape(target, shape(fitted), at: expression.span),
      common.rank == target.rank
    else {
      return report(.defaultDoesNotFit(target, shape(fitted), at: expression.span))
    }
    let stretched = frame.builder.broadcast(fitted, to: common)
    leaves[leaf].defaultValue = frame.builder.function.constantValue(of: stretched)
    if leaves[leaf].defaultValue == nil { leaves[leaf].defaultArray = stretched }
  }

  /// Returns a default with the elements that its leaf has.
  private mutating func element(
    _ value: Value, of element: ValueType.Element, at span: Span
  ) -> Value? {
    guard element == .integer else { return asReal(value) }
    if type(value).isInteger { return value }
    if shape(value).isScalar, let number = frame.builder.function.constantValue(of: value),
      ValueType.integer.holds(number)
    {
      return frame.builder.constant(number, .integer)
    }
    report(.defaultIsNoInteger(at: span))
    return nil
  }
}

extension Function {
  /// Returns whether no leaf has a part in `value`; sizes are constants, too.
  fileprivate func isConstant(_ value: Value) -> Bool {
    switch definition(of: value) {
    case .constant: return true
    case .parameter, .regionParameter: return false
    case .result(let id, _):
      let instruction = self[id]
      guard instruction.op.isOperation else { return false }
      return operands(of: instruction).allSatisfy { isConstant($0) }
    }
  }

  /// Returns the number that `value` is when it is made of constants only, or nil.
  fileprivate func constantValue(of value: Value) -> Double? {
    if let number = constant(value) { return number }
    guard type(of: value).isScalar, let instruction = instruction(defining: value),
      instruction.op.isOperation, !instruction.op.isArrayOperation
    else { return nil }
    var numbers: [Double] = []
    for operand in operands(of: instruction) {
      guard let number = constantValue(of: operand) else { return nil }
      numbers.append(number)
    }
    return instruction.op.evaluated(numbers)
  }
}
