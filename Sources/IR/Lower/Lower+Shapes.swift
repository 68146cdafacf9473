import BPLexer
import BPParser

extension Lowering {
  func type(_ value: Value) -> ValueType { frame.builder.function.type(of: value) }

  func shape(_ value: Value) -> Shape { type(value).shape }

  /// Returns `values` stretched to one shape as NumPy does; nil after a report.
  mutating func broadcast(
    _ values: [Value], _ arguments: [LoweredExpression], at span: Span
  ) -> [Value]? {
    if values.allSatisfy({ shape($0).isScalar }) { return values }
    var common = shape(values[0])
    for (value, argument) in zip(values, arguments).dropFirst() {
      guard let joined = commonShape(common, shape(value), at: span) else {
        report(.shapesDiffer(operands(arguments, values), at: span, argument.span))
        return nil
      }
      common = joined
    }
    return values.map { stretched($0, to: common) }
  }

  /// Returns `value` stretched to `shape`. Where only data tells whether a size is that of the shape, it
  /// is given that size, and the counts are compared when the data is there.
  mutating func stretched(_ value: Value, to target: Shape) -> Value {
    let own = shape(value)
    let offset = target.rank - own.rank
    let dimensions = own.dimensions.enumerated().map { axis, dimension in
      dimension == Dimension(1) ? dimension : target[offset + axis]
    }
    let fitted = frame.builder.reshape(value, to: Shape(dimensions))
    return frame.builder.broadcast(fitted, to: target)
  }

  /// Returns the shape that arrays of the shapes `a` and `b` are stretched to, or nil when they do not
  /// fit: dimensions are aligned at the end, and a dimension of 1 is stretched.
  mutating func commonShape(_ a: Shape, _ b: Shape, at span: Span) -> Shape? {
    let rank = max(a.rank, b.rank)
    var dimensions: [Dimension] = []
    for axis in 0..<rank {
      let x = axis + a.rank - rank < 0 ? Dimension(1) : current(a[axis + a.rank - rank])
      let y = axis + b.rank - rank < 0 ? Dimension(1) : current(b[axis + b.rank - rank])
      if x == Dimension(1) {
        dimensions.append(y)
      } else if y == Dimension(1) || unify(x, y, at: span) || (x - y).isOpen {
        dimensions.append(x)
      } else {
        return nil
      }
    }
    // A later axis may have told what a symbol of an earlier one is.
    return Shape(dimensions).substituting(sizes)
  }

  // MARK: - Words for messages

  /// Returns the operands as the user wrote them, with their shapes and where these come from.
  func operands(_ arguments: [LoweredExpression], _ values: [Value]) -> [ShapedOperand] {
    zip(arguments, values).map { argument, value in
      ShapedOperand(
        text: quoted(argument.span), span: argument.span, shape: shape(value).substituting(sizes),
        origin: origin(argument.span))
    }
  }

  /// Returns the text at `span` on one line, cut when it is long.
  func quoted(_ span: Span) -> String {
    let text = tree.source.text(span).split { $0.isWhitespace }.joined(separator: " ")
    return text.count <= 40 ? text : text.prefix(39) + "…"
  }

  /// Returns where the name at `span` got its value, when it is a name.
  private func origin(_ span: Span) -> Span? {
    let text = tree.source.text(span)
    guard let name = tree.names.firstIndex(of: text) else { return nil }
    if let leaf = leafIndices[UInt32(name)] { return leaves[leaf].span }
    return frame.names.last { $0.name == text }?.span
  }
}

/// An operand in a message about shapes.
struct ShapedOperand {
  /// The text of the program.
  let text: String
  /// Where it stands.
  let span: Span
  /// Its shape.
  let shape: Shape
  /// Where the name that it is was given its value.
  let origin: Span?
}
