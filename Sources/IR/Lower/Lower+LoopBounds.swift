import BPLexer
import BPParser

extension Lowering {
  /// Returns what a `for` counts, and how many turns that are; nil and none after a report.
  mutating func lowerCount(_ expression: LoweredExpression) -> (CountedRange?, limit: Value) {
    let none = frame.builder.constant(0, .integer)
    guard case .range(let range) = expression.operand, let bounds = values(range.bounds) else {
      return (nil, none)
    }
    var whole: [Value] = []
    for (bound, expression) in zip(bounds, range.bounds) {
      guard let value = wholeBound(bound, at: expression.span) else { return (nil, none) }
      whole.append(value)
    }
    frame.builder.span = expression.span
    let step = whole.count == 3 ? whole[2] : frame.builder.constant(1, .integer)
    if frame.builder.function.constant(step) == 0 {
      report(.stepIsZero(at: range.bounds[2].span))
      return (nil, none)
    }
    return (
      CountedRange(first: whole[0], step: step),
      turnCount(whole[0], whole[1], step, range.isClosed)
    )
  }

  private mutating func wholeBound(_ value: Value, at span: Span) -> Value? {
    if shape(value).isScalar {
      if type(value).isInteger { return value }
      if type(value).isReal, let whole = frame.builder.wholeNumber(value) { return whole }
    }
    report(.boundIsNoInteger(type(value), at: span))
    return nil
  }

  /// Returns how many numbers a range has.
  private mutating func turnCount(
    _ lower: Value, _ upper: Value, _ step: Value, _ isClosed: Bool
  ) -> Value {
    let known = frame.builder.function.constant(step)
    let distance =
      known == -1
      ? frame.builder.append(.subtract, lower, upper)
      : frame.builder.append(.subtract, upper, lower)
    var count: Value
    if known?.magnitude == 1 {
      count = isClosed ? plus(distance, 1) : distance
    } else {
      // From the first number to the last, and that one: floor((b - a) / k) + 1.
      let reach = isClosed ? distance : frame.builder.append(.subtract, distance, sign(of: step))
      count = plus(quotient(reach, step), 1)
    }
    if let dimension = frame.builder.function.dimension(of: count), isCount(dimension) {
      return count
    }
    return frame.builder.append(.maximum, frame.builder.constant(0, .integer), count)
  }

  /// Whether a dimension is at least 0 by its form: a number, or a product of sizes.
  private func isCount(_ dimension: Dimension) -> Bool {
    if let number = dimension.number { return number >= 0 }
    guard dimension.isMultiple, let term = dimension.terms.first, term.coefficient > 0 else {
      return false
    }
    return term.factors.allSatisfy { factor in
      if case .symbol(let name) = factor { symbols.contains(name) } else { false }
    }
  }

  private mutating func plus(_ value: Value, _ number: Double) -> Value {
    frame.builder.append(.add, value, frame.builder.constant(number, .integer))
  }

  /// Returns 1 or -1.
  private mutating func sign(of step: Value) -> Value {
    let zero = frame.builder.constant(0, .integer)
    let isForward = frame.builder.append(.less, zero, step)
    return frame.builder.append(
      .select, isForward, frame.builder.constant(1, .integer),
      frame.builder.constant(-1, .integer))
  }

  /// Returns floor(a / b): what is divided is a multiple, so the real quotient is exact. A remainder by
  /// 0 ends the run.
  private mutating func quotient(_ a: Value, _ b: Value) -> Value {
    let rest = frame.builder.append(.modulo, a, b)
    let multiple = asReal(frame.builder.append(.subtract, a, rest))
    let quotient = frame.builder.append(.divide, multiple, asReal(b))
    if let number = frame.builder.function.constant(quotient) {
      return frame.builder.constant(number, .integer)
    }
    return frame.builder.append(.integer, quotient)
  }
}
