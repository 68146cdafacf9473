import BPLexer
import BPParser

extension Lowering {
  /// Lowers the call of a function of the text, which is built when its arguments' types are new.
  mutating func callFunction(
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
      survey.isWhole(parameter.name, in: function)
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
    let (mistakeCount, droppedCount) = (diagnostics.count, droppedReports)
    suspended.append(frame)
    let argumentTypes = operands.map { $0.values.map { type($0) } }
    let name = text(syntax.name.name) + (syntax.isDerivative ? "_derivative" : "")
    frame = Frame(name: name, function: key.function, options)
    frame.key = key
    for ((parameter, operand), types) in zip(zip(syntax.parameters, operands), argumentTypes) {
      let name = text(parameter.name)
      let values = types.map { frame.builder.function.addParameter(name, $0) }
      var slice = values[...]
      frame.bindings[parameter.name] = marked(
        operand.replacingValues(&slice), parameter.name)
    }
    let outcome = lowerBlock(syntax.body)
    let hasMistakes = diagnostics.count > mistakeCount && diagnostics.haveErrors
    let instance = finishInstance(
      outcome, syntax, hasMistakes: hasMistakes || droppedReports > droppedCount)
    frame = suspended.removeLast()
    let builtKey = key.substituting(sizes)
    instances[builtKey] = instance
    instanceKeys.append(builtKey)
    return instance
  }

  private mutating func finishInstance(
    _ outcome: BlockOutcome, _ syntax: FunctionSyntax, hasMistakes: Bool
  ) -> Instance {
    let broken = Instance(index: nil, result: .broken, resultTypes: [], captures: [])
    guard !hasMistakes else { return broken }
    if case .when = outcome.exits.returned {
      reportIfComplete(.functionMayEndWithoutValue(text(syntax.name.name), at: syntax.name.span))
      return broken
    }
    let returned = outcome.exits.returned == .always ? outcome.exits.operand : nil
    guard let result = returned ?? outcome.value, !result.isBroken else {
      reportIfComplete(.functionWithoutValue(text(syntax.name.name), at: syntax.name.span))
      return broken
    }
    let real = result.map { realLiteral($0) }
    frame.builder.close(yielding: real.values)
    frame.builder.function.names = frame.names + frame.innerNames
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
      let types = parameters.map { parameter in
        survey.isWhole(parameter.name, in: index) ? ValueType.integer : .real
      }
      let key = InstanceKey(function: index, types: types.map { [$0] })
      let operands = types.map { Operand.value(frame.builder.constant(0, $0)) }
      guessesTypes = true
      defer { guessesTypes = false }
      _ = build(key, operands, at: tree.functions[index].name.span)
    }
  }
}
