import BPLexer
import BPParser

extension Lowering {
  /// Returns what `name` stands for at node number `node`.
  mutating func lookUp(_ name: UInt32, at node: Int) -> Operand {
    if let operand = frame.bindings[name] { return checked(operand, name, at: node) }
    if let outer = outerVersion(name) { return captured(checked(outer, name, at: node)) }
    let span = tree.nodes[node].span
    if let number = Library.constants[text(name)], survey.definitions[name] == nil {
      return .value(frame.builder.constant(number))
    }
    if let declaration = symbolSpans[text(name)], declaration.end <= span.start {
      // The default of a leaf may use the sizes of its own shape.
      return .value(frame.builder.size(current(Dimension(symbol: text(name)))))
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
