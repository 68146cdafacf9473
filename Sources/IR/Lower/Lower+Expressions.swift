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
    case .shortCircuit, .then, .else, .endIf, .define, .defineElement, .broken, .expression,
      .return, .leaf,
      .function, .endFunction:
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

  // MARK: - Types

  /// Returns the operation that `op` means for `values`, and the values converted to what it takes;
  /// nil after a report.
  private mutating func fit(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> (Op, [Value])? {
    switch op.info.type {
    case .real where op == .power && type(values[1]).isInteger:
      return fitIntegerPower(values, arguments)
    case .real:
      guard areNumbers(op, values, arguments) else { return nil }
      return (op, values.map { asReal($0) })
    case .arithmetic:
      guard areNumbers(op, values, arguments) else { return nil }
      return (op, fitArithmetic(op, values))
    case .equality where values.allSatisfy { type($0).isBoolean }: return (op, values)
    case .comparison, .equality:
      guard areNumbers(op, values, arguments) else { return nil }
      return (op, asOneType(values))
    case .logic:
      guard areConditions(op, values, arguments) else { return nil }
      return (op, values)
    case .select:
      guard areConditions(op, [values[0]], arguments),
        let arms = fitArms(op, Array(values[1...]), Array(arguments[1...]))
      else { return nil }
      return (op, [values[0]] + arms)
    case .integerPower, .ordered, .conversion, .whole, .same, .array, .structure:
      return (op, values)
    }
  }

  private mutating func fitIntegerPower(
    _ values: [Value], _ arguments: [LoweredExpression]
  ) -> (Op, [Value])? {
    guard areNumbers(.power, values, arguments) else { return nil }
    return (.integerPower, [asReal(values[0]), values[1]])
  }

  private mutating func fitArms(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> [Value]? {
    if values.allSatisfy({ type($0).isBoolean }) { return values }
    guard areNumbers(op, values, arguments) else { return nil }
    return values.contains { frame.builder.function.constant($0) == nil }
      ? asOneType(values) : values.map { asReal($0) }
  }

  /// Integers stay integers, but for whole literals whose result Float64 would not hold exactly.
  private mutating func fitArithmetic(_ op: Op, _ values: [Value]) -> [Value] {
    let fitted = asOneType(values)
    guard type(fitted[0]).isInteger else { return fitted }
    let numbers = fitted.compactMap { frame.builder.function.constant($0) } as [Double]
    guard numbers.count == fitted.count else { return fitted }
    let result = op.evaluated(numbers)
    // -0 and the remainder of a division by 0 are real numbers only.
    let isWhole =
      result.magnitude <= ValueType.largestInteger && !(result == 0 && result.sign == .minus)
    return isWhole ? fitted : fitted.map { asReal($0) }
  }

  private mutating func asOneType(_ values: [Value]) -> [Value] {
    values.allSatisfy { type($0).isInteger } ? values : values.map { asReal($0) }
  }

  mutating func asReal(_ value: Value) -> Value {
    guard type(value).isInteger else { return value }
    let type = type(value).of(.real)
    if let number = frame.builder.function.constant(value) {
      return frame.builder.constant(number, type)
    }
    if let count = type.shape.count.number, let numbers = frame.builder.elements(of: value, count) {
      return frame.builder.constantArray(numbers, type)
    }
    return frame.builder.append(.real, value)
  }

  mutating func areNumbers(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> Bool {
    for (value, argument) in zip(values, arguments) where type(value).isBoolean {
      report(.conditionAsNumber(op, at: argument.span))
      return false
    }
    return true
  }

  private mutating func areConditions(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> Bool {
    for (value, argument) in zip(values, arguments) where !type(value).isBoolean {
      report(.numberAsCondition(op, at: argument.span))
      return false
    }
    return true
  }

  // MARK: - Names

  /// Returns what `name` stands for at node number `node`.
  private mutating func lookUp(_ name: UInt32, at node: Int) -> Operand {
    if let operand = frame.bindings[name] { return checked(operand, name, at: node) }
    if let outer = outerVersion(name) { return captured(checked(outer, name, at: node)) }
    let span = tree.nodes[node].span
    if let number = Library.constants[text(name)], survey.definitions[name] == nil {
      return .value(frame.builder.constant(number))
    }
    if survey.broken.contains(name) { return .broken }
    if let definition = survey.definitions[name] {
      if let number = Library.constants[text(name)] {
        return .value(frame.builder.constant(number))
      }
      report(
        definition < node
          ? .staysInside(text(name), at: span, definition: definitionSpan(definition))
          : .usedBeforeDefinition(text(name), at: span, definition: definitionSpan(definition)))
    } else if isFunction(name) {
      report(.functionAsValue(text(name), at: span))
    } else {
      report(.usedBeforeDefinition(text(name), at: span, definition: nil))
    }
    // One report for one name.
    frame.bindings[name] = .broken
    return .broken
  }

  private func definitionSpan(_ node: Int) -> Span? {
    tree.nodes[node].kind == .define || tree.nodes[node].kind == .broken
      ? tree.nodes[node].span : nil
  }

  private func isFunction(_ name: UInt32) -> Bool {
    Library.isFunction(text(name)) || tree.functions.contains { $0.name.name == name }
  }

  private mutating func checked(_ operand: Operand, _ name: UInt32, at node: Int) -> Operand {
    guard case .ofOneArm(let span) = operand else { return operand }
    report(.definedInOneArm(text(name), at: tree.nodes[node].span, conditional: span))
    return .broken
  }

  /// Returns what `name` stood for at top level where the function that is being built was defined;
  /// nil in the program itself.
  func outerVersion(_ name: UInt32) -> Operand? {
    guard let function = frame.function, let versions = versions[name] else { return nil }
    let head = tree.functions[function].body.lowerBound - 1
    return versions.last { $0.node <= head }?.operand
  }
}
