import BPLexer

/// Something that the sizes of the data have to fulfil, because the program asks for it.
package struct SizeEquation: Sendable {
  /// The symbol of a declared shape.
  package let symbol: String
  /// What it has to be.
  package let value: Dimension
  /// The operation that asks for it.
  package let span: Span
}

extension Lowering {
  /// Returns whether `a` and `b` are the same, or become the same by what a symbol then has to be.
  mutating func unify(_ a: Dimension, _ b: Dimension, at span: Span) -> Bool {
    let difference = a - b
    if let number = difference.number { return number == 0 }
    guard !difference.isMultiple, let (symbol, value) = difference.root, (value.number ?? 0) >= 0
    else { return false }
    sizeEquations.append(SizeEquation(symbol: symbol, value: value, span: span))
    substitute([symbol: value])
    return true
  }

  /// Returns whether two shapes are, or become, the same.
  mutating func unify(_ a: Shape, _ b: Shape, at span: Span) -> Bool {
    guard a.rank == b.rank else { return false }
    for axis in 0..<a.rank {
      let (x, y) = (current(a[axis]), current(b[axis]))
      guard unify(x, y, at: span) else { return false }
    }
    return true
  }

  /// Returns the dimension in the symbols that are left.
  func current(_ dimension: Dimension) -> Dimension { dimension.substituting(sizes) }

  /// Replaces symbols in all that has been built.
  private mutating func substitute(_ changes: [String: Dimension]) {
    saveForAttempts()
    sizes = sizes.mapValues { $0.substituting(changes) }
    sizes.merge(changes) { _, new in new }
    frame.builder.function.substituteSizes(changes)
    for index in suspended.indices {
      suspended[index].builder.function.substituteSizes(changes)
    }
    for index in functions.indices { functions[index].substituteSizes(changes) }
    leaves = leaves.map { $0.substituting(changes) }
    outerKinds = outerKinds.mapValues { kind in
      OuterKind(
        type: kind.type.substituting(changes), constant: kind.constant,
        dimension: kind.dimension?.substituting(changes))
    }
    var changed: [InstanceKey: Instance] = [:]
    for (key, instance) in instances {
      changed[key.substituting(changes)] = instance.substituting(changes)
    }
    instances = changed
  }
}

extension ValueType {
  /// Returns the type with each symbol of its shape replaced by what `sizes` says.
  package func substituting(_ sizes: [String: Dimension]) -> ValueType {
    isScalar ? self : with(shape.substituting(sizes))
  }
}

extension InstanceKey {
  /// Returns the key with each symbol replaced by what `sizes` says.
  func substituting(_ sizes: [String: Dimension]) -> InstanceKey {
    InstanceKey(
      function: function, types: types.map { part in part.map { $0.substituting(sizes) } })
  }
}

extension Instance {
  fileprivate func substituting(_ sizes: [String: Dimension]) -> Instance {
    Instance(
      index: index, result: result, resultTypes: resultTypes.map { $0.substituting(sizes) },
      captures: captures)
  }
}

extension Leaf {
  fileprivate func substituting(_ sizes: [String: Dimension]) -> Leaf {
    var leaf = self
    leaf.type = type.substituting(sizes)
    return leaf
  }
}

// MARK: - Dimensions of values

extension Function {
  /// Returns the whole number `value` as a dimension, when it is made of numbers, sizes and inputs.
  package func dimension(of value: Value) -> Dimension? {
    if let number = constant(value) { return Int(exactly: number).map { Dimension($0) } }
    if case .regionParameter(let region, 0) = definition(of: value) {
      return self[region].turnSymbol.map { Dimension(symbol: $0) }
    }
    guard let instruction = instruction(defining: value) else { return parameterSize(value) }
    let operands = operands(of: instruction)
    switch instruction.op {
    case .dimension:
      guard case .dimension(let dimension) = attribute(of: instruction) else { return nil }
      return dimension
    case .add, .subtract, .multiply:
      guard let first = operands.first, let last = operands.last,
        let a = dimension(of: first), let b = dimension(of: last)
      else { return nil }
      return instruction.op == .add ? a + b : instruction.op == .subtract ? a - b : a * b
    case .negate: return operands.first.flatMap { dimension(of: $0) }.map { Dimension(-1) * $0 }
    default: return nil
    }
  }

  /// A whole input of the program is a size that data gives.
  private func parameterSize(_ value: Value) -> Dimension? {
    guard name == "main", type(of: value) == .integer,
      let index = parameters.firstIndex(of: value)
    else { return nil }
    return Dimension(symbol: parameterNames[index])
  }
}
