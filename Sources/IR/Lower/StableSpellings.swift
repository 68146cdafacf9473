// Spellings that overflow, or lose the tail, where what they mean does not.
//
// This is part of the meaning of the language and no optimisation: it happens as a program is
// lowered, before any differentiation, within one function, and never across a mark.

extension Builder {
  /// What a spelling was replaced by.
  struct StableSpelling {
    let value: Value
    let description: String
  }

  /// Returns the stable form of `op` of `operands`, or nil when it has none.
  mutating func stableSpelling(_ op: Op, _ operands: [Value]) -> StableSpelling? {
    switch op {
    case .log: stableLogarithm(operands[0])
    case .divide: stableQuotient(operands[0], operands[1])
    case .subtract: stableDifference(operands[0], operands[1])
    case .sqrt: stableRoot(operands[0])
    case .integerPower: stableSquare(operands[0], operands[1])
    case .square: stableSquare(operands[0], constant(2, .integer))
    default: nil
    }
  }

  private mutating func stableLogarithm(_ x: Value) -> StableSpelling? {
    if let inner = operand(of: x, .exp) {
      return StableSpelling(value: inner, description: "log(exp(x)) as x")
    }
    if let z = operand(of: x, .sigmoid) {
      // 1 - sigmoid(x) is sigmoid(-x) by now.
      return StableSpelling(
        value: append(.logSigmoid, z), description: "log(sigmoid(x)) as logsigmoid(x)")
    }
    if let z = operand(of: x, .cosh) {
      return StableSpelling(value: append(.logCosh, z), description: "log(cosh(x)) as log_cosh(x)")
    }
    if let (a, b) = operands(of: x, .add), let y = operand(of: a, .exp),
      let z = operand(of: b, .exp)
    {
      let value = append(.add, y, append(.softplus, append(.subtract, z, y)))
      return StableSpelling(
        value: value, description: "log(exp(a) + exp(b)) as a + softplus(b - a)")
    }
    guard let term = onePlus(x) else { return nil }
    if let z = operand(of: term, .exp) {
      return StableSpelling(
        value: append(.softplus, z), description: "log(1 + exp(x)) as softplus(x)")
    }
    return StableSpelling(value: append(.log1p, term), description: "log(1 + x) as log1p(x)")
  }

  private mutating func negated(_ x: Value) -> Value {
    operand(of: x, .negate) ?? append(.negate, x)
  }

  private mutating func stableQuotient(_ a: Value, _ b: Value) -> StableSpelling? {
    guard let term = onePlus(b), let z = operand(of: term, .exp) else { return nil }
    if isOne(a) {
      return StableSpelling(
        value: append(.sigmoid, negated(z)),
        description: "1 / (1 + exp(-x)) as sigmoid(x)")
    }
    guard a == term else { return nil }
    return StableSpelling(
      value: append(.sigmoid, z), description: "exp(x) / (1 + exp(x)) as sigmoid(x)")
  }

  private mutating func stableDifference(_ a: Value, _ b: Value) -> StableSpelling? {
    if isOne(b), let z = operand(of: a, .exp) {
      return StableSpelling(value: append(.expm1, z), description: "exp(x) - 1 as expm1(x)")
    }
    guard isOne(a) else { return nil }
    if let z = operand(of: b, .sigmoid) {
      return StableSpelling(
        value: append(.sigmoid, negated(z)),
        description: "1 - sigmoid(x) as sigmoid(-x)")
    }
    if let z = operand(of: b, .erf) {
      return StableSpelling(value: append(.erfc, z), description: "1 - erf(x) as erfc(x)")
    }
    if let squared = squared(b), let z = operand(of: squared, .tanh) {
      return StableSpelling(
        value: append(.sechSquared, z), description: "1 - tanh(x)^2 as 1 / cosh(x)^2")
    }
    return nil
  }

  private mutating func stableRoot(_ x: Value) -> StableSpelling? {
    squared(x).map {
      StableSpelling(value: append(.abs, $0), description: "sqrt(x^2) as abs(x)")
    }
  }

  /// The square of a norm is a sum of squares, whose slope at 0 is no choice.
  private mutating func stableSquare(_ x: Value, _ k: Value) -> StableSpelling? {
    guard function.constant(k) == 2, let instruction = function.instruction(defining: x),
      instruction.op == .norm, case .axis(let axis) = function.attribute(of: instruction)
    else { return nil }
    let inner = function.operand(0, of: instruction)
    let value = sum(append(.multiply, inner, inner), axis: axis)
    return StableSpelling(value: value, description: "norm(x)^2 as dot(x, x)")
  }

  // MARK: - Matching

  private func operands(of value: Value, _ op: Op) -> (Value, Value)? {
    guard let instruction = function.instruction(defining: value), instruction.op == op
    else { return nil }
    return (function.operand(0, of: instruction), function.operand(1, of: instruction))
  }

  private func isOne(_ value: Value) -> Bool { function.constant(value) == 1 }

  /// Returns x when `value` is 1 + x or 1 - y, for x = -y.
  private mutating func onePlus(_ value: Value) -> Value? {
    if let (a, b) = operands(of: value, .add) {
      if isOne(a) { return b }
      if isOne(b) { return a }
    }
    if let (a, b) = operands(of: value, .subtract), isOne(a) { return append(.negate, b) }
    return nil
  }

  /// Returns x when `value` is x^2, x * x or square(x).
  private func squared(_ value: Value) -> Value? {
    if let (a, b) = operands(of: value, .multiply), a == b { return a }
    if let (x, k) = operands(of: value, .integerPower), function.constant(k) == 2 { return x }
    return operand(of: value, .square)
  }
}
