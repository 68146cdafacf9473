import BPLexer
import BPParser

extension Lowering {
  /// Lowers `x[…] = v`: the array with `v` in place of a part is a new version of `x`.
  mutating func lowerElementDefinition(
    _ index: Int, _ node: SyntaxNode, _ outcome: inout BlockOutcome
  ) {
    let value = pop()
    let entries = popArguments(Int(node.count))
    let operand = pop()
    let target = tree.targets[Int(node.payload)]
    let result = marked(replaced(operand, entries, value, at: node.span), target.name)
    bind(target.name, result, at: index)
    outcome.parts = [(.name(target.name), result)]
    for value in result.values {
      frame.names.append(NamedValue(value: value, name: text(target.name), span: node.span))
    }
  }

  private mutating func replaced(
    _ operand: LoweredExpression, _ entries: [LoweredExpression], _ value: LoweredExpression,
    at span: Span
  ) -> Operand {
    guard let values = values([operand, value]), var index = index(values[0], entries, at: span)
    else { return .broken }
    guard type(values[0]).isBoolean == type(values[1]).isBoolean else {
      report(.elementKindDiffers(at: span))
      return .broken
    }
    let fitted = asOneElement(values)
    frame.builder.span = span
    let part = taken(index, from: fitted[0])
    guard let new = stretched(fitted[1], to: index, of: part, at: span) else {
      let parts = operands([operand, value], values)
      report(
        .partDiffers(
          target(operand, entries, at: span), partShape(index, of: part).substituting(sizes),
          parts[1], of: parts[0]))
      return .broken
    }
    // The shape of the value may have told what a symbol is.
    index.extents = index.extents.map { $0.substituting(sizes) }
    let whole = scattered(part, index.gathers[...], new)
    let view = frame.builder.reshape(whole, to: Shape(index.extents.map(\.count)))
    return .value(
      frame.builder.append(
        .sliceSet, [fitted[0], view] + index.starts, .window(index.extents)))
  }

  /// Returns `value` in the shape of the part that an index names.
  private mutating func stretched(
    _ value: Value, to index: LoweredIndex, of part: Value, at span: Span
  ) -> Value? {
    let target = partShape(index, of: part)
    guard let common = commonShape(target, shape(value), at: span), common.rank == target.rank,
      common == target.substituting(sizes)
    else { return nil }
    return stretched(value, to: common)
  }

  /// Returns the shape of the part that an index names.
  private func partShape(_ index: LoweredIndex, of part: Value) -> Shape {
    var dimensions = shape(part).dimensions
    for gather in index.gathers.reversed() {
      dimensions.replaceSubrange(
        gather.axis...gather.axis, with: shape(gather.indices).dimensions)
    }
    return Shape(dimensions)
  }

  /// Returns the text of what is defined in the statement at `span`: up to the bracket after the last
  /// entry.
  private func target(
    _ operand: LoweredExpression, _ entries: [LoweredExpression], at span: Span
  ) -> String {
    let last = entries.last?.span.end ?? operand.span.end
    let rest = tree.source.bytes[Span(last, span.end).range]
    let length = rest.prefix { $0 != UInt8(ascii: "]") }.count + 1
    return quoted(Span(span.start, min(span.end, last + UInt32(length))))
  }

  /// Returns `part` with `value` at the indices of `gathers`.
  private mutating func scattered(
    _ part: Value, _ gathers: ArraySlice<(axis: Int, indices: Value)>, _ value: Value
  ) -> Value {
    guard let gather = gathers.last else { return value }
    var inner = value
    if gathers.count > 1 {
      let taken = frame.builder.append(.gather, [part, gather.indices], .axis(gather.axis))
      inner = scattered(taken, gathers.dropLast(), value)
    }
    return frame.builder.append(.scatterSet, [part, inner, gather.indices], .axis(gather.axis))
  }
}
