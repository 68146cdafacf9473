import BPLexer
import BPParser

extension Lowering {
  mutating func push(_ operand: Operand, _ span: Span) {
    frame.stack.append(LoweredExpression(operand: operand, span: span))
  }

  /// Takes the operand that was lowered last.
  mutating func pop() -> LoweredExpression {
    frame.stack.popLast() ?? LoweredExpression(operand: .broken, span: .none)
  }

  /// Lowers a node of an expression other than a conditional.
  mutating func lowerExpressionNode(_ index: Int, _ node: SyntaxNode) {
    frame.builder.span = node.span
    switch node.kind {
    case .wholeNumber: pushConstant(tree.numbers[Int(node.payload)], .integer, node.span)
    case .number: pushConstant(tree.numbers[Int(node.payload)], .real, node.span)
    case .boolean: pushConstant(Double(node.payload), .boolean, node.span)
    case .name: push(lookUp(node.payload, at: index), node.span)
    case .call: lowerCall(index, node)
    case .label:
      frame.stack[frame.stack.count - 1].label = (node.payload, node.span)
    case .tuple:
      let parts = popArguments(Int(node.count))
      frame.stack.append(
        LoweredExpression(
          operand: .tuple(parts.map(\.operand)), span: node.span, parts: parts.map(\.span)))
    case .array: lowerArray(node)
    case .index: lowerIndex(node)
    case .everything: push(.everything, node.span)
    case .range: lowerRange(node)
    case .transpose: lowerTranspose(node)
    case .derivativeCall: lowerDerivativeCall(index, node)
    case .shortCircuit, .then, .else, .endIf, .define, .defineElement, .broken, .expression,
      .return, .forLoop, .whileLoop, .whileBody, .endLoop, .break, .continue, .leaf, .function,
      .endFunction:
      break
    default: lowerOperator(node)
    }
  }

  private mutating func pushConstant(_ number: Double, _ type: ValueType, _ span: Span) {
    push(.value(frame.builder.constant(number, type)), span)
  }

  /// Takes the last `count` operands in order.
  mutating func popArguments(_ count: Int) -> [LoweredExpression] {
    let arguments = Array(frame.stack.suffix(count))
    frame.stack.removeLast(min(count, frame.stack.count))
    return arguments
  }

  // MARK: - Operators

  private mutating func lowerOperator(_ node: SyntaxNode) {
    switch node.kind {
    case .negate, .not:
      let x = pop()
      push(
        negatedLiteral(node, x) ?? apply(node.kind == .not ? .not : .negate, [x], at: node.span),
        node.span)
    default:
      let b = pop()
      let a = pop()
      push(binary(node, a, b), node.span)
    }
  }

  /// Returns a number with its sign: an axis or size may be one, whether there are laws or not.
  private mutating func negatedLiteral(_ node: SyntaxNode, _ x: LoweredExpression) -> Operand? {
    guard node.kind == .negate, case .value(let value) = x.operand, !type(value).isBoolean,
      let number = frame.builder.function.constant(value)
    else { return nil }
    return .value(frame.builder.constant(-number, type(value)))
  }

  private mutating func binary(
    _ node: SyntaxNode, _ a: LoweredExpression, _ b: LoweredExpression
  ) -> Operand {
    switch node.kind {
    case .add: return apply(.add, [a, b], at: node.span)
    case .subtract: return apply(.subtract, [a, b], at: node.span)
    case .multiply: return apply(.multiply, [a, b], at: node.span)
    case .divide: return apply(.divide, [a, b], at: node.span)
    case .modulo: return apply(.modulo, [a, b], at: node.span)
    case .power: return apply(.power, [a, b], at: node.span)
    case .equal: return apply(.equal, [a, b], at: node.span)
    case .notEqual: return apply(.notEqual, [a, b], at: node.span)
    case .less: return apply(.less, [a, b], at: node.span)
    case .lessEqual: return apply(.lessEqual, [a, b], at: node.span)
    case .greater: return apply(.greater, [a, b], at: node.span)
    case .greaterEqual: return apply(.greaterEqual, [a, b], at: node.span)
    case .and: return apply(.and, [a, b], at: node.span)
    case .or: return apply(.or, [a, b], at: node.span)
    default: return matrixProduct(a, b, at: node.span)
    }
  }

  /// Returns `op` of `arguments`, each one value, after the conversions that its types ask for.
  mutating func apply(
    _ op: Op, _ arguments: [LoweredExpression], at span: Span
  ) -> Operand {
    var values: [Value] = []
    for argument in arguments {
      guard case .value(let value) = argument.operand else {
        if !argument.operand.isBroken { report(.tupleAsOperand(at: argument.span)) }
        return .broken
      }
      values.append(value)
    }
    guard let (op, elements) = fit(op, values, arguments),
      let fitted = broadcast(elements, arguments, at: span)
    else { return .broken }
    frame.builder.span = span
    if options.rewrites, let stable = frame.builder.stableSpelling(op, fitted) {
      rewritings.append(Rewriting(span: span, description: stable.description))
      return .value(stable.value)
    }
    return .value(frame.builder.append(op, fitted))
  }
}
