import BPLexer
import BPParser

extension Lowering {
  /// Lowers `grad(y, x)`, `jacobian(y, x)` and `hessian(y, x)` at node number `index`.
  mutating func lowerDerivative(
    _ name: String, _ arguments: [LoweredExpression], _ index: Int
  ) -> Operand {
    let span = tree.nodes[index].span
    guard arguments.count == 2, arguments.allSatisfy({ $0.label == nil }) else {
      report(.wrongArgumentsOfDerivative(name, arguments, at: span))
      return .broken
    }
    guard let x = leafOfDerivative(name, arguments[1], tree.nodes[index - 1]),
      let y = valueOfDerivative(name, arguments[0])
    else { return .broken }
    frame.builder.span = span
    guard name == "hessian" else {
      return .value(derivative(y, x, name == "grad" ? .gradient : .jacobian))
    }
    return .value(derivative(derivative(y, x, .gradient), x, .jacobian))
  }

  /// Returns the derivative of `y` with respect to `x`, which is found when all calls are expanded.
  mutating func derivative(
    _ y: Value, _ x: Value, _ kind: Attribute.DerivativeKind
  ) -> Value {
    frame.builder.append(.derivative, [y, x], .derivative(kind))
  }

  /// Returns the version that the second argument of a derivative names; nil after a report.
  private mutating func leafOfDerivative(
    _ function: String, _ argument: LoweredExpression, _ node: SyntaxNode
  ) -> Value? {
    if argument.operand.isBroken { return nil }
    guard node.kind == .name else {
      report(.derivativeByExpression(function, at: argument.span))
      return nil
    }
    guard let x = values([argument])?.first else { return nil }
    guard type(x).isReal else {
      report(.derivativeByWhole(text(node.payload), type(x), at: argument.span))
      return nil
    }
    guard isVersion(x) else {
      report(.derivativeByConstant(text(node.payload), at: argument.span))
      return nil
    }
    return x
  }

  /// Whether a value is a version of a name that a derivative can be taken with respect to: one that
  /// was kept apart here, or where the function that is being built was called.
  private func isVersion(_ value: Value) -> Bool {
    guard let instruction = frame.builder.function.instruction(defining: value) else {
      return frame.function != nil && frame.captures.contains { $0.parameter == value }
    }
    return instruction.op == .mark
  }

  /// Returns what is differentiated; nil after a report.
  private mutating func valueOfDerivative(
    _ function: String, _ argument: LoweredExpression
  ) -> Value? {
    guard let y = values([argument])?.first else { return nil }
    guard !type(y).isBoolean else {
      report(.derivativeOfCondition(function, at: argument.span))
      return nil
    }
    guard shape(y).isScalar || function == "jacobian" else {
      report(.derivativeOfArray(function, quoted(argument.span), shape(y), at: argument.span))
      return nil
    }
    return asReal(y)
  }
}
