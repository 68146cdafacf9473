extension Function {
  /// Returns the function with derived operations replaced by their formulas, constant whole powers
  /// by products, and choices among many by choices among two.
  ///
  /// After it every operation has a kernel. It comes after the last differentiation: the rules of
  /// derived operations are better than those of their formulas.
  package func withDerivedExpanded(simplifying: Bool = true) -> Function {
    rewritten(simplifying: simplifying, sharing: simplifying) { rewriter, instruction in
      guard instruction.op.isOperation else { return nil }
      let operands = rewriter.mappedOperands(instruction)
      if instruction.op.isArrayOperation {
        let attribute = rewriter.old.attribute(of: instruction)
        return rewriter.builder.expanded(instruction.op, operands, attribute).map { [$0] }
      }
      return [rewriter.builder.expanded(instruction.op, operands)]
    }
  }
}

extension Builder {
  /// Returns the value of `op` in terms of operations that have a kernel.
  fileprivate mutating func expanded(_ op: Op, _ operands: [Value]) -> Value {
    switch (op, op.info.meaning) {
    case (_, .formula(let formula)): return expanded(formula, operands)
    case (.integerPower, _): return expandedPower(operands[0], operands[1])
    case (.minimum, _), (.maximum, _):
      return operands.dropFirst().reduce(operands[0]) { append(op, $0, $1) }
    default: return append(op, operands)
    }
  }

  /// Returns the value of a derived operation on arrays, or nil when it is none.
  fileprivate mutating func expanded(
    _ op: Op, _ operands: [Value], _ attribute: Attribute
  ) -> Value? {
    guard case .axis(let axis) = attribute else { return nil }
    switch op {
    case .softmax: return expandedSoftmax(operands[0], axis)
    case .logSumExp: return expandedLogSumExp(operands[0], axis)
    default: return nil
    }
  }

  /// exp(x - m) / sum(exp(x - m)) for the maximum m; where all is -inf the value is 0 and not NaN.
  private mutating func expandedSoftmax(_ x: Value, _ axis: Int) -> Value {
    let (_, weights) = weights(x, axis)
    let total = sum(weights, axis: axis)
    let type = function.type(of: total)
    let isEmpty = append(.equal, total, constant(0, type))
    let divisor = append(.select, isEmpty, constant(1, type), total)
    return append(.divide, weights, stretched(divisor, along: axis, like: x))
  }

  private mutating func expandedLogSumExp(_ x: Value, _ axis: Int) -> Value {
    let (shift, weights) = weights(x, axis)
    return append(.add, shift, append(.log, sum(weights, axis: axis)))
  }

  /// Returns a shift and exp(x - shift): the shift is the maximum, or 0 where that is infinite and a
  /// difference would be NaN.
  private mutating func weights(_ x: Value, _ axis: Int) -> (shift: Value, weights: Value) {
    let maximum = append(.reduceMaximum, [x], .axis(axis))
    let type = function.type(of: maximum)
    let isInfinite = append(.equal, append(.abs, maximum), constant(.infinity, type))
    let shift = append(.select, isInfinite, constant(0, type), maximum)
    let difference = append(.subtract, x, stretched(shift, along: axis, like: x))
    return (shift, append(.exp, difference))
  }

  private mutating func expanded(_ formula: Formula, _ operands: [Value]) -> Value {
    guard case .apply(let op, let arguments) = formula else {
      return formula.instantiated(operands: operands, in: &self)
    }
    var values: [Value] = []
    for argument in arguments { values.append(expanded(argument, operands)) }
    return expanded(op, values)
  }

  /// Returns x^k, for a small constant k as the products that the kernel would make.
  private mutating func expandedPower(_ x: Value, _ k: Value) -> Value {
    guard let exponent = function.constant(k), exponent.magnitude <= 64, exponent != 0 else {
      return append(.integerPower, x, k)
    }
    var remaining = Int(exponent.magnitude)
    var square = x
    var power: Value?
    while remaining > 0 {
      if remaining % 2 == 1 { power = power.map { append(.multiply, $0, square) } ?? square }
      remaining /= 2
      if remaining > 0 { square = append(.multiply, square, square) }
    }
    let product = power ?? x
    return exponent < 0 ? append(.divide, constant(1, function.type(of: x)), product) : product
  }
}
