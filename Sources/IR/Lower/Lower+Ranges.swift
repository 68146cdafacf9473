import BPLexer
import BPParser

extension Lowering {
  /// Returns what a range takes of an axis with `size` elements; nil after a report.
  mutating func part(
    _ range: IndexRange, _ size: Dimension, at span: Span
  ) -> (start: Value, extent: Attribute.Extent)? {
    guard let bounds = values(range.bounds) else { return nil }
    var whole: [Value] = []
    for (bound, expression) in zip(bounds, range.bounds) {
      guard shape(bound).isScalar, let value = wholeIndex(bound, at: expression.span) else {
        if !shape(bound).isScalar {
          report(.indexIsNoInteger(isBoolean: false, at: expression.span))
        }
        return nil
      }
      whole.append(value)
    }
    guard let step = step(whole, range) else { return nil }
    let lower = boundFromStart(whole[0], size)
    let upper = boundFromStart(whole[1], size)
    guard let count = count(lower, upper, step, range.isClosed, at: span) else { return nil }
    return checkedPart(lower, count, step, size, at: span)
  }

  private mutating func step(_ bounds: [Value], _ range: IndexRange) -> Int? {
    guard bounds.count == 3 else { return 1 }
    guard let step = frame.builder.function.constant(bounds[2]).flatMap({ Int(exactly: $0) }) else {
      report(.stepIsNoNumber(at: range.bounds[2].span))
      return nil
    }
    if step == 0 { report(.stepIsZero(at: range.bounds[2].span)) }
    return step == 0 ? nil : step
  }

  /// A literal below 0 counts from the end.
  private mutating func boundFromStart(_ value: Value, _ size: Dimension) -> Value {
    guard let number = frame.builder.function.constant(value).flatMap({ Int(exactly: $0) }),
      number < 0
    else { return value }
    return frame.builder.size(size + Dimension(number))
  }

  /// Returns how many elements a range takes.
  private mutating func count(
    _ lower: Value, _ upper: Value, _ step: Int, _ isClosed: Bool, at span: Span
  ) -> Dimension? {
    guard let difference = frame.builder.function.difference(upper, lower) else {
      report(.lengthDependsOnData(at: span))
      return nil
    }
    // From the first element to the last, and that one: floor((b - a) / k) + 1.
    let reach = isClosed ? difference : difference - Dimension(step > 0 ? 1 : -1)
    let count = reach.dividedRoundingDown(by: step) + Dimension(1)
    return (count.number ?? 0) < 0 ? Dimension(0) : count
  }

  private mutating func checkedPart(
    _ lower: Value, _ count: Dimension, _ step: Int, _ size: Dimension, at span: Span
  ) -> (start: Value, extent: Attribute.Extent)? {
    let extent = Attribute.Extent(count, step: Dimension(step))
    guard let start = frame.builder.function.dimension(of: lower)?.number,
      let number = count.number, let known = size.number
    else { return (lower, extent) }
    // An empty range takes nothing, wherever it starts.
    if number == 0 { return (frame.builder.constant(0, .integer), extent) }
    let last = Dimension(start) + Dimension(number - 1) * Dimension(step)
    guard start >= 0, start < known, let end = last.number, end >= 0, end < known else {
      report(.rangeOutOfRange(quoted(span), size, at: span))
      return nil
    }
    return (lower, extent)
  }
}

extension Function {
  /// Returns `a - b` as a dimension, also where both contain the same computed whole number.
  func difference(_ a: Value, _ b: Value) -> Dimension? {
    if let x = dimension(of: a), let y = dimension(of: b) { return x - y }
    let (first, rest) = offset(of: a)
    let (second, others) = offset(of: b)
    return first == second ? rest - others : nil
  }

  /// Returns what `value` is made of as a computed number and a dimension that is added.
  private func offset(of value: Value) -> (Value, Dimension) {
    guard let instruction = instruction(defining: value), instruction.operandCount == 2 else {
      return (value, Dimension(0))
    }
    let (a, b) = (operand(0, of: instruction), operand(1, of: instruction))
    switch instruction.op {
    case .add:
      if let added = dimension(of: b) {
        let (base, rest) = offset(of: a)
        return (base, rest + added)
      }
      guard let added = dimension(of: a) else { return (value, Dimension(0)) }
      let (base, rest) = offset(of: b)
      return (base, rest + added)
    case .subtract:
      guard let taken = dimension(of: b) else { return (value, Dimension(0)) }
      let (base, rest) = offset(of: a)
      return (base, rest - taken)
    default: return (value, Dimension(0))
    }
  }
}
