import BPLexer
import BPParser

extension Lowering {
  /// Lowers `f'(x)` or `f''(x)` at node number `index`, whose arguments are on the stack.
  mutating func lowerDerivativeCall(_ index: Int, _ node: SyntaxNode) {
    let arguments = popArguments(Int(node.count))
    let call = tree.derivatives[Int(node.payload)]
    push(derivative(call, arguments, index), node.span)
  }

  private mutating func derivative(
    _ call: DerivativeSyntax, _ arguments: [LoweredExpression], _ index: Int
  ) -> Operand {
    let span = tree.nodes[index].span
    guard let argument = soleArgument(call, arguments, at: span),
      let value = values([argument])?.first
    else { return .broken }
    guard !type(value).isBoolean else {
      report(.derivativeAtCondition(text(call.function.name), at: argument.span))
      return .broken
    }
    frame.builder.span = argument.span
    let x = frame.builder.append(.mark, asReal(value))
    var marked = argument
    marked.operand = .value(x)
    let byHand = derivative(of: call.function.name, before: index)
    let result =
      byHand.map { callFunction($0, [marked], index) } ?? calledValue(call, marked, index)
    guard let y = functionValue(call, result, at: span) else { return .broken }
    frame.builder.span = span
    return slope(y, x, call, times: byHand == nil ? call.order : call.order - 1, at: span)
  }

  /// Returns the only argument of a derivative; nil after a report.
  private mutating func soleArgument(
    _ call: DerivativeSyntax, _ arguments: [LoweredExpression], at span: Span
  ) -> LoweredExpression? {
    if arguments.contains(where: \.operand.isBroken) { return nil }
    let name = text(call.function.name)
    let parameters =
      definedFunctions[call.function.name].map { tree.functions[$0].parameters.count }
      ?? OpTable.functions[name].map { $0.info.parameters.count { $0.defaultValue == nil } }
    if let parameters, parameters != 1 {
      report(.derivativeOfSeveral(name, parameters, at: call.function.span))
      return nil
    }
    guard arguments.count == 1, arguments[0].label == nil else {
      report(.derivativeTakesOneArgument(name, arguments.count, at: span))
      return nil
    }
    return arguments[0]
  }

  /// Returns the value of the function whose derivative is called.
  private mutating func calledValue(
    _ call: DerivativeSyntax, _ argument: LoweredExpression, _ index: Int
  ) -> Operand {
    let name = text(call.function.name)
    let span = tree.nodes[index].span
    if let function = definedFunctions[call.function.name],
      tree.functions[function].body.lowerBound <= index
    {
      return callFunction(function, [argument], index)
    }
    if let op = OpTable.functions[name], arrayFunction(name, [argument]) == nil {
      return callBuiltin(op, [argument], at: span)
    }
    if let function = arrayFunction(name, [argument]) {
      return callArrayFunction(function, [argument], at: span)
    }
    reportUncallable(call.function)
    return .broken
  }

  /// Returns the one real value that a function gives; nil after a report.
  private mutating func functionValue(
    _ call: DerivativeSyntax, _ result: Operand, at span: Span
  ) -> Value? {
    if result.isBroken { return nil }
    guard case .value(let y) = result, !type(y).isBoolean else {
      report(.derivativeOfNoNumber(text(call.function.name), at: span))
      return nil
    }
    return asReal(y)
  }

  /// Returns the derivative of `y`, which a function makes of `x`.
  private mutating func slope(
    _ y: Value, _ x: Value, _ call: DerivativeSyntax, times order: Int, at span: Span
  ) -> Operand {
    var result = y
    for _ in 0..<order {
      let isNumber = shape(x).isScalar
      guard isNumber || unify(shape(result), shape(x), at: span) else {
        report(.derivativeIsNotElementwise(text(call.function.name), at: span))
        return .broken
      }
      let kind: Attribute.DerivativeKind =
        !isNumber ? .elementwise : shape(result).isScalar ? .gradient : .jacobian
      result = derivative(result, x, kind)
    }
    return .value(result)
  }
}
