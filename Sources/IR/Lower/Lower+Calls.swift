import BPLexer
import BPParser

/// Which version of a function of the text is meant: the types of its arguments decide.
struct InstanceKey: Hashable {
  let function: Int
  let types: [[ValueType]]
}

/// A function of the text that was built for certain types.
struct Instance {
  /// The index among the functions of the module; nil when its body has a mistake.
  let index: Int?
  /// The form of what it returns.
  let result: Operand
  let resultTypes: [ValueType]
  /// The values of the program that it uses.
  let captures: [Value]
}

extension Lowering {
  /// Takes note of a function of the text; it is built when it is called.
  mutating func defineFunction(_ index: Int) {
    let name = tree.functions[index].name
    if Library.isFunction(text(name.name)) {
      report(.functionHidesBuiltin(text(name.name), at: name.span))
    } else if let first = definedFunctions[name.name] {
      report(
        .redefinedFunction(text(name.name), at: name.span, first: tree.functions[first].name.span))
    }
    definedFunctions[name.name] = index
  }

  /// Lowers the call at node number `index`, whose arguments are on the stack.
  mutating func lowerCall(_ index: Int, _ node: SyntaxNode) {
    let arguments = popArguments(Int(node.count))
    let name = text(node.payload)
    let operand: Operand
    // A call means a function that stands above it: so no function reaches itself.
    if let function = definedFunctions[node.payload],
      tree.functions[function].body.lowerBound <= index
    {
      operand = callFunction(function, arguments, index)
    } else if let function = arrayFunction(name, arguments) {
      operand = callArrayFunction(function, arguments, at: node.span)
    } else if let op = OpTable.functions[name] {
      operand = callBuiltin(op, arguments, at: node.span)
    } else {
      reportUncallable(node, arguments)
      operand = .broken
    }
    push(operand, node.span)
  }

  // MARK: - Functions of the language

  private mutating func callBuiltin(
    _ op: Op, _ arguments: [LoweredExpression], at span: Span
  ) -> Operand {
    guard let ordered = ordered(op, arguments, at: span) else { return .broken }
    // A choice nested in the same expression is one choice, so that all that tie share alike.
    if op == .minimum || op == .maximum { return apply(op, flattened(op, ordered), at: span) }
    return apply(op, ordered, at: span)
  }

  /// Returns the arguments in the order of the parameters, with defaults filled in.
  private mutating func ordered(
    _ op: Op, _ arguments: [LoweredExpression], at span: Span
  ) -> [LoweredExpression]? {
    let parameters = op.info.parameters
    if op.info.isVariadic {
      guard arguments.count >= parameters.count, !arguments.contains(where: { $0.label != nil })
      else { return wrongArguments(op, arguments, at: span) }
      return arguments
    }
    var slots: [LoweredExpression?] = Array(repeating: nil, count: parameters.count)
    for (position, argument) in arguments.enumerated() {
      var slot: Int? = position
      if let label = argument.label {
        slot = parameters.firstIndex { $0.name == text(label.name) }
        if slot == nil {
          report(.unknownLabel(text(label.name), op, at: label.span))
          return nil
        }
      }
      guard let slot, slot < slots.count, slots[slot] == nil else {
        return wrongArguments(op, arguments, at: span)
      }
      slots[slot] = argument
    }
    for (slot, parameter) in parameters.enumerated() where slots[slot] == nil {
      guard let number = parameter.defaultValue else {
        return wrongArguments(op, arguments, at: span)
      }
      slots[slot] = LoweredExpression(
        operand: .value(frame.builder.constant(number)), span: span, label: nil)
    }
    return slots.compactMap { $0 }
  }

  private mutating func wrongArguments(
    _ op: Op, _ arguments: [LoweredExpression], at span: Span
  ) -> [LoweredExpression]? {
    report(.wrongArgumentsOfBuiltin(op, arguments.count, at: span))
    return nil
  }

  private func flattened(_ op: Op, _ arguments: [LoweredExpression]) -> [LoweredExpression] {
    arguments.flatMap { argument -> [LoweredExpression] in
      guard case .value(let value) = argument.operand, isCall(argument.span),
        let inner = frame.builder.function.instruction(defining: value), inner.op == op
      else { return [argument] }
      return frame.builder.function.operands(of: inner).map {
        LoweredExpression(operand: .value($0), span: argument.span, label: nil)
      }
    }
  }

  /// Whether the text at `span` is a call or a bracket, and not the name of a value.
  private func isCall(_ span: Span) -> Bool {
    tree.source.bytes[span.range].contains(UInt8(ascii: "("))
  }

  private mutating func reportUncallable(_ node: SyntaxNode, _ arguments: [LoweredExpression]) {
    let name = text(node.payload)
    let span = Span(node.span.start, node.span.start + UInt32(name.utf8.count))
    if tree.brokenFunctions.contains(node.payload) { return }
    if Library.reserved.contains(name) {
      report(.reservedFunction(name, at: span))
    } else if let later = tree.functions.first(where: { $0.name.name == node.payload }) {
      report(.functionUsedBeforeDefinition(name, at: span, definition: later.name.span))
    } else if frame.bindings[node.payload] != nil || survey.definitions[node.payload] != nil {
      report(.valueAsFunction(name, at: span))
    } else {
      let names =
        OpTable.functions.keys.sorted() + ArrayFunctions.all.map(\.name)
        + tree.functions.map { text($0.name.name) }
      report(.unknownFunction(name, at: span, near: nearest(to: name, among: names)))
    }
  }

  // MARK: - Functions of the text

  private mutating func callFunction(
    _ function: Int, _ arguments: [LoweredExpression], _ node: Int
  ) -> Operand {
    let syntax = tree.functions[function]
    let span = tree.nodes[node].span
    if syntax.body.contains(node) {
      report(.recursion(text(syntax.name.name), at: span))
      return .broken
    }
    if let label = arguments.compactMap(\.label).first {
      report(.labelOfFunction(text(syntax.name.name), at: label.span))
      return .broken
    }
    guard arguments.count == syntax.parameters.count else {
      report(
        .wrongArguments(
          text(syntax.name.name), syntax.parameters.count, arguments.count, at: span,
          definition: syntax.name.span))
      return .broken
    }
    guard !arguments.contains(where: \.operand.isBroken) else { return .broken }
    let operands = zip(arguments, syntax.parameters).map { argument, parameter in
      survey.wholeNames.contains(parameter.name)
        ? argument.operand : argument.operand.map { realLiteral($0) }
    }
    let key = InstanceKey(
      function: function,
      types: operands.map { $0.values.map(frame.builder.function.type) })
    let instance = instances[key] ?? build(key, operands, at: span)
    return call(instance, operands, at: span)
  }

  private mutating func call(
    _ instance: Instance, _ operands: [Operand], at span: Span
  ) -> Operand {
    guard let index = instance.index else { return .broken }
    let outer = instance.captures.flatMap { captured(.value($0)).values }
    frame.builder.span = span
    let results = frame.builder.call(
      index, operands.flatMap(\.values) + outer, returning: instance.resultTypes)
    var slice = results[...]
    return instance.result.replacingValues(&slice)
  }

  /// Builds a function of the text for arguments of the form and types of `operands`.
  private mutating func build(_ key: InstanceKey, _ operands: [Operand], at span: Span) -> Instance
  {
    let syntax = tree.functions[key.function]
    let mistakeCount = diagnostics.count
    suspended.append(frame)
    let argumentTypes = operands.map { $0.values.map { type($0) } }
    frame = Frame(name: text(syntax.name.name), function: key.function, options)
    for ((parameter, operand), types) in zip(zip(syntax.parameters, operands), argumentTypes) {
      let name = text(parameter.name)
      let values = types.map { frame.builder.function.addParameter(name, $0) }
      var slice = values[...]
      frame.bindings[parameter.name] = operand.replacingValues(&slice)
    }
    let outcome = lowerBlock(syntax.body)
    let instance = finishInstance(outcome, syntax, hasMistakes: diagnostics.count > mistakeCount)
    frame = suspended.removeLast()
    instances[key.substituting(sizes)] = instance
    return instance
  }

  private mutating func finishInstance(
    _ outcome: BlockOutcome, _ syntax: FunctionSyntax, hasMistakes: Bool
  ) -> Instance {
    let broken = Instance(index: nil, result: .broken, resultTypes: [], captures: [])
    guard !hasMistakes || !diagnostics.haveErrors else { return broken }
    if let returned = outcome.returned, returned.condition != nil {
      reportIfComplete(.functionMayEndWithoutValue(text(syntax.name.name), at: syntax.name.span))
      return broken
    }
    guard let result = outcome.returned?.operand ?? outcome.value, !result.isBroken else {
      reportIfComplete(.functionWithoutValue(text(syntax.name.name), at: syntax.name.span))
      return broken
    }
    let real = result.map { realLiteral($0) }
    frame.builder.close(yielding: real.values)
    frame.builder.function.names = frame.names
    functions.append(frame.builder.function)
    return Instance(
      index: functions.count - 1, result: real,
      resultTypes: real.values.map(frame.builder.function.type),
      captures: frame.captures.map(\.outer))
  }

  /// Reports that something is missing, unless it may be in a statement that could not be read.
  private mutating func reportIfComplete(_ diagnostic: Diagnostic) {
    if tree.isComplete { report(diagnostic) }
  }

  /// Returns what stands for a value of the program in the function that is being built.
  mutating func captured(_ operand: Operand) -> Operand {
    guard frame.function != nil else { return operand }
    return operand.map { capturedValue($0) }
  }

  private mutating func capturedValue(_ outer: Value) -> Value {
    if let index = frame.captureIndices[outer] { return frame.captures[index].parameter }
    let kind = outerKinds[outer]
    let type = kind?.type ?? .real
    if let dimension = kind?.dimension { return frame.builder.size(dimension) }
    if let constant = kind?.constant { return frame.builder.constant(constant, type) }
    let parameter = frame.builder.function.addParameter("captured", type)
    frame.captureIndices[outer] = frame.captures.count
    frame.captures.append((outer, parameter))
    return parameter
  }

  /// Builds the functions that nothing calls, for real arguments, so that their mistakes are found.
  mutating func checkUncalledFunctions() {
    let called = Set(instances.keys.map(\.function))
    for index in tree.functions.indices where !called.contains(index) {
      let parameters = tree.functions[index].parameters
      let key = InstanceKey(function: index, types: parameters.map { _ in [.real] })
      let operand = Operand.value(frame.builder.constant(0))
      guessesTypes = true
      defer { guessesTypes = false }
      _ = build(key, parameters.map { _ in operand }, at: tree.functions[index].name.span)
    }
  }
}
