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
    if tree.functions[index].isDerivative { return defineDerivative(index) }
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
      operand = callWithDerivative(function, arguments, index)
    } else if Library.derivatives.contains(name) {
      operand = lowerDerivative(name, arguments, index)
    } else if let function = arrayFunction(name, arguments) {
      operand = callArrayFunction(function, arguments, at: node.span)
    } else if let op = OpTable.functions[name] {
      operand = callBuiltin(op, arguments, at: node.span)
    } else {
      reportUncallable(node)
      operand = .broken
    }
    push(operand, node.span)
  }

  // MARK: - Functions of the language

  mutating func callBuiltin(
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

  private mutating func reportUncallable(_ node: SyntaxNode) {
    let length = UInt32(text(node.payload).utf8.count)
    reportUncallable(
      NameSyntax(name: node.payload, span: Span(node.span.start, node.span.start + length)))
  }

  /// Reports that there is no function of that name.
  mutating func reportUncallable(_ function: NameSyntax) {
    let name = text(function.name)
    let span = function.span
    if tree.brokenFunctions.contains(function.name) { return }
    if let later = tree.functions.first(where: { $0.name.name == function.name && !$0.isDerivative }
    ) {
      report(.functionUsedBeforeDefinition(name, at: span, definition: later.name.span))
    } else if frame.bindings[function.name] != nil || survey.definitions[function.name] != nil {
      report(.valueAsFunction(name, at: span))
    } else {
      reportUnknownFunction(name, at: span)
    }
  }

  private mutating func reportUnknownFunction(_ name: String, at span: Span) {
    if name.namesConstructor { return report(.constructor(name, at: span)) }
    if ["print", "println", "printf"].contains(name) { return report(.printing(name, at: span)) }
    let names =
      OpTable.functions.keys.sorted() + ArrayFunctions.all.map(\.name)
      + Library.derivatives.sorted()
      + tree.functions.map { text($0.name.name) }
    let near = Library.foreignNames[name] ?? nearest(to: name, among: names)
    report(.unknownFunction(name, at: span, near: near))
  }
}
