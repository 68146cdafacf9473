import BPLexer
import BPParser

extension Lowering {
  /// Makes `name` stand for `operand` from node number `node` on.
  mutating func bind(_ name: UInt32, _ operand: Operand, at node: Int) {
    let old = frame.bindings.updateValue(operand, forKey: name)
    if frame.armDepth > 0 {
      frame.changes.append((name, old))
    } else if frame.function == nil, !tree.functions.isEmpty {
      versions[name, default: []].append((node, operand))
      for value in operand.values {
        let function = frame.builder.function
        outerKinds[value] = OuterKind(
          type: function.type(of: value), constant: function.constant(value),
          dimension: function.definedSize(value))
      }
    }
  }

  /// Returns the version `operand` of a name, kept apart where a call differentiates with respect to
  /// it.
  mutating func marked(_ operand: Operand, _ name: UInt32) -> Operand {
    survey.isMarked(name, in: frame.function) ? mark(operand) : operand
  }

  /// Returns `operand` with its real values kept apart from all others.
  mutating func mark(_ operand: Operand) -> Operand {
    operand.map { type($0).isReal ? frame.builder.append(.mark, $0) : $0 }
  }
}

extension Function {
  /// Returns the size that `value` is by its making, or nil.
  fileprivate func definedSize(_ value: Value) -> Dimension? {
    guard let instruction = instruction(defining: value), instruction.op == .dimension,
      case .dimension(let dimension) = attribute(of: instruction)
    else { return nil }
    return dimension
  }
}
