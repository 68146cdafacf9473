// The algebraic laws that are applied as instructions are made.
//
// A law holds for every operand, NaN, infinities and both zeros included, to the last bit; and it
// never makes more instructions than it saves. That is why `x + 0`, `0 * x`, `x - x` and `x / x` are
// not here.

extension Builder {
  /// Returns what `op` of one operand is by folding or a law, or nil.
  mutating func simplified(_ op: Op, _ a: Value) -> Value? {
    if let constant = folded(op, a) { return constant }
    if let stretched = stretchedLater(op, [a]) { return stretched }
    switch op {
    // -(-x) = x, not (not x) = x
    case .negate, .not: return operand(of: a, op)
    // |(|x|)| = |x|
    case .abs where defining(a)?.op == .abs: return a
    // f(-x) = f(x) for even f
    case _ where op.info.traits.contains(.even):
      return operand(of: a, .negate).map { append(op, $0) }
    default: return nil
    }
  }

  /// Returns what `op` of two operands is by folding or a law, or nil.
  mutating func simplified(_ op: Op, _ a: Value, _ b: Value) -> Value? {
    if let constant = folded(op, a, b) { return constant }
    if let stretched = stretchedLater(op, [a, b]) { return stretched }
    switch op {
    case .add: return simplifiedSum(a, b)
    case .subtract: return simplifiedDifference(a, b)
    case .multiply: return simplifiedProduct(a, b)
    case .divide: return simplifiedQuotient(a, b)
    case .power: return simplifiedPower(a, b)
    case .integerPower: return simplifiedIntegerPower(a, b)
    case .and, .or: return simplifiedLogic(op, a, b)
    // min(x, x) = x
    case .minimum, .maximum: return a == b ? a : nil
    default: return nil
    }
  }

  /// Returns what `op` of three operands is by folding or a law, or nil.
  mutating func simplified(_ op: Op, _ a: Value, _ b: Value, _ c: Value) -> Value? {
    guard op == .select else { return stretchedLater(op, [a, b, c]) }
    if let condition = function.constant(a) { return condition != 0 ? b : c }
    if b == c { return b }
    // where(not c, a, b) = where(c, b, a)
    if let opposite = operand(of: a, .not) { return append(.select, opposite, c, b) }
    // where(c, where(c, a, …), b) = where(c, a, b), and the same for the other arm
    if let inner = defining(b), inner.op == .select, function.operand(0, of: inner) == a {
      return append(.select, a, function.operand(1, of: inner), c)
    }
    if let inner = defining(c), inner.op == .select, function.operand(0, of: inner) == a {
      return append(.select, a, b, function.operand(2, of: inner))
    }
    return stretchedLater(op, [a, b, c])
  }

  // MARK: - Arithmetic

  private mutating func simplifiedSum(_ a: Value, _ b: Value) -> Value? {
    // x + (-0) = x
    if isNegativeZero(b) { return a }
    if isNegativeZero(a) { return b }
    // a + (-b) = a - b
    if let negated = operand(of: b, .negate) { return append(.subtract, a, negated) }
    if let negated = operand(of: a, .negate) { return append(.subtract, b, negated) }
    return nil
  }

  private mutating func simplifiedDifference(_ a: Value, _ b: Value) -> Value? {
    // x - 0 = x
    if function.constant(b)?.bitPattern == 0 { return a }
    // a - (-b) = a + b
    return operand(of: b, .negate).map { append(.add, a, $0) }
  }

  private mutating func simplifiedProduct(_ a: Value, _ b: Value) -> Value? {
    if let law = multipliedByUnit(a, b) ?? multipliedByUnit(b, a) { return law }
    let (x, y) = (operand(of: a, .negate), operand(of: b, .negate))
    // (-a) * (-b) = a * b, (-a) * b = -(a * b), c * (-x) = (-c) * x
    if let x, let y { return append(.multiply, x, y) }
    if let x {
      return function.constant(b).map { append(.multiply, x, negative($0, like: b)) }
        ?? append(.negate, append(.multiply, x, b))
    }
    if let y {
      return function.constant(a).map { append(.multiply, negative($0, like: a), y) }
        ?? append(.negate, append(.multiply, a, y))
    }
    return nil
  }

  /// 1 * x = x, (-1) * x = -x
  private mutating func multipliedByUnit(_ unit: Value, _ x: Value) -> Value? {
    switch function.constant(unit) {
    case 1: x
    case -1: append(.negate, x)
    default: nil
    }
  }

  private mutating func simplifiedQuotient(_ a: Value, _ b: Value) -> Value? {
    if let divisor = function.constant(b) {
      // x / 1 = x, x / (-1) = -x
      if divisor == 1 { return a }
      if divisor == -1 { return append(.negate, a) }
      // x / 2^k = x * 2^-k, both exact but for the same rounding at the ends of the range
      if divisor.significand == 1, (1 / divisor).isNormal, divisor.isNormal {
        return append(.multiply, a, constant(1 / divisor, function.type(of: b)))
      }
    }
    let (x, y) = (operand(of: a, .negate), operand(of: b, .negate))
    // (-a) / (-b) = a / b, (-a) / b = -(a / b), c / (-x) = (-c) / x
    if let x, let y { return append(.divide, x, y) }
    if let x { return append(.negate, append(.divide, x, b)) }
    if let y {
      return function.constant(a).map { append(.divide, negative($0, like: a), y) }
        ?? append(.negate, append(.divide, a, y))
    }
    return nil
  }

  /// x^p for a whole number p is a product.
  private mutating func simplifiedPower(_ x: Value, _ p: Value) -> Value? {
    guard let exponent = function.constant(p), exponent == exponent.rounded(),
      exponent.magnitude <= ValueType.largestInteger
    else { return nil }
    let type = function.type(of: p).of(.integer)
    return append(.integerPower, x, constant(exponent, type))
  }

  /// x^0 = 1, x^1 = x
  private mutating func simplifiedIntegerPower(_ x: Value, _ k: Value) -> Value? {
    switch function.constant(k) {
    case 0: constant(1, function.type(of: x))
    case 1: x
    default: nil
    }
  }

  /// x and true = x, x and false = false, x and x = x, and the same for or
  private mutating func simplifiedLogic(_ op: Op, _ a: Value, _ b: Value) -> Value? {
    if a == b { return a }
    // x and not x = false, x or not x = true
    if operand(of: a, .not) == b || operand(of: b, .not) == a {
      return constant(op == .or ? 1 : 0, function.type(of: a))
    }
    for (known, other) in [(a, b), (b, a)] {
      guard let value = function.constant(known) else { continue }
      return (value != 0) == (op == .and) ? other : known
    }
    return nil
  }

  // MARK: - Matching

  func defining(_ value: Value) -> Instruction? { function.instruction(defining: value) }

  /// Returns the operand of the instruction that makes `value`, when that is an `op`.
  func operand(of value: Value, _ op: Op) -> Value? {
    guard let instruction = defining(value), instruction.op == op else { return nil }
    return function.operand(0, of: instruction)
  }

  private func isNegativeZero(_ value: Value) -> Bool {
    function.constant(value)?.bitPattern == (-0.0).bitPattern
  }

  private mutating func negative(_ number: Double, like value: Value) -> Value {
    constant(-number, function.type(of: value))
  }
}
