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
    if let definition = survey.definitions[name] ?? localDefinition(name, before: node) {
      if let number = Library.constants[text(name)] {
        return .value(frame.builder.constant(number))
      }
      report(outOfReach(name, at: node, definition))
    } else if isFunction(name) {
      report(.functionAsValue(text(name), at: span))
    } else {
      report(.usedBeforeDefinition(text(name), at: span, definition: nil))
    }
    // One report for one name.
    frame.bindings[name] = .broken
    frame.brokenNames.append(name)
    return .broken
  }

  /// Returns the error for a name that stands for nothing at node number `node`.
  private func outOfReach(_ name: UInt32, at node: Int, _ definition: Int) -> Diagnostic {
    let (text, span) = (text(name), tree.nodes[node].span)
    if let leaf = tree.leaves.first(where: { $0.name.name == name }) {
      return .usedBeforeDefinition(text, at: span, definition: leaf.name.span)
    }
    let place = definitionSpan(definition)
    guard definition < node else {
      return .usedBeforeDefinition(text, at: span, definition: place)
    }
    let turns = tree.loops.filter { loop in
      loop.body.lowerBound - 1 <= definition && definition < loop.body.upperBound
        && loop.body.upperBound <= node
    }
    guard let loop = turns.first else {
      return .staysInside(text, at: span, definition: place)
    }
    return .staysInTurn(
      text, isCounter: loop.counter?.name == name, at: span, definition: place)
  }

  /// Returns the node that first defines a name of the function that is being built, before `node`.
  private func localDefinition(_ name: UInt32, before node: Int) -> Int? {
    guard let function = frame.function else { return nil }
    return tree.functions[function].body.prefix { $0 < node }.first { index in
      let candidate = tree.nodes[index]
      switch candidate.kind {
      case .define:
        let first = Int(candidate.payload)
        return tree.targets[first..<first + Int(candidate.count)].contains { $0.name == name }
      case .forLoop: return tree.loops[Int(candidate.payload)].counter?.name == name
      default: return false
      }
    }
  }

  private func definitionSpan(_ node: Int) -> Span? {
    tree.nodes[node].kind == .define || tree.nodes[node].kind == .broken
      ? tree.nodes[node].span : nil
  }

  private func isFunction(_ name: UInt32) -> Bool {
    Library.isFunction(text(name)) || tree.functions.contains { $0.name.name == name }
  }

  private mutating func checked(_ operand: Operand, _ name: UInt32, at node: Int) -> Operand {
    if case .ofUnlikeArms(let span) = operand {
      report(.definedUnlike(text(name), at: tree.nodes[node].span, conditional: span))
      return .broken
    }
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
