import BPLexer

// What the rows of `ArrayFunctions` ask of a call.

extension ArrayCall {
  /// Returns what `reduce` makes of the elements along the axis, or of all elements in a row.
  mutating func reduced(
    _ reduce: (inout Builder, Value, Int) -> Value
  ) -> Value? {
    guard let x = number(0) else { return nil }
    return reduced(x, reduce)
  }

  /// Returns the same for real numbers.
  mutating func reducedReal(_ reduce: (inout Builder, Value, Int) -> Value) -> Value? {
    guard let x = real(0) else { return nil }
    return reduced(x, reduce)
  }

  /// Returns the same for conditions.
  mutating func reducedCondition(_ op: Op) -> Value? {
    guard let x = condition(0) else { return nil }
    return reduced(x) { builder, x, axis in builder.append(op, [x], .axis(axis)) }
  }

  private mutating func reduced(
    _ x: Value, _ reduce: (inout Builder, Value, Int) -> Value
  ) -> Value? {
    guard has(1) else { return reduce(&builder, builder.flattened(x), 0) }
    guard let axis = axis(1, of: x, or: 0) else { return nil }
    return reduce(&builder, x, axis)
  }

  /// Returns two real arguments, stretched to one shape.
  mutating func reals(_ first: Int, _ second: Int) -> (Value, Value)? {
    guard let a = real(first), let b = real(second), let x = arguments[first],
      let y = arguments[second], let stretched = lowering.broadcast([a, b], [x, y], at: span)
    else { return nil }
    return (stretched[0], stretched[1])
  }

  /// Returns a real argument that is a vector.
  mutating func vector(_ position: Int) -> Value? { real(position, rank: 1, "a vector") }

  /// Returns a real argument that is a matrix.
  mutating func matrix(_ position: Int) -> Value? { real(position, rank: 2, "a matrix") }

  private mutating func real(_ position: Int, rank: Int, _ word: String) -> Value? {
    guard let value = real(position) else { return nil }
    guard shape(value).rank == rank else {
      report(.arrayExpected("'\(function.name)'", rank: word, shape(value), at: span(position)))
      return nil
    }
    return value
  }

  // MARK: - Forms

  mutating func broadcast(_ value: Value, to shape: Shape, at place: Span) -> Value? {
    guard let common = lowering.commonShape(shape, self.shape(value), at: span),
      common == shape.substituting(lowering.sizes)
    else {
      report(
        .arrayExpected("'\(function.name)'", rank: "shape \(shape)", self.shape(value), at: place))
      return nil
    }
    return lowering.stretched(value, to: common)
  }

  mutating func reshaped() -> Value? {
    guard let x = value(0), var target = shape(argument: 1, checked: false) else { return nil }
    let count = shape(x).count
    if let open = target.dimensions.firstIndex(of: Dimension(-1)) {
      let rest = target.removing(open).count
      guard let size = Builder.size(left: count, by: rest), target.dimensions.count(of: -1) == 1
      else {
        report(.reshapeDoesNotDivide(shape(x), target, at: span))
        return nil
      }
      target = target.replacing(open, with: size)
    }
    guard let target = checked(target, at: span(1)) else { return nil }
    // Where no equation tells a size, the counts are compared when the data is there.
    let isOpen = (count - target.count).isOpen
    guard lowering.unify(count, target.count, at: span) || isOpen else {
      report(.reshapeChangesCount(shape(x), target, at: span))
      return nil
    }
    return builder.reshape(x, to: target.substituting(lowering.sizes))
  }

  /// Returns the variadic arguments with elements of one kind.
  private mutating func parts() -> [Value]? {
    guard let values = lowering.values(variadic) else { return nil }
    guard values.allSatisfy({ type($0).isBoolean == type(values[0]).isBoolean }) else {
      report(.elementKindDiffers(at: span))
      return nil
    }
    return lowering.asOneElement(values)
  }

  mutating func concatenated() -> Value? {
    guard let values = parts(), let first = values.first,
      let axis = axis(1, of: first, or: 0)
    else { return nil }
    for (value, argument) in zip(values, variadic).dropFirst() {
      let (a, b) = (shape(first), shape(value))
      guard a.rank == b.rank, lowering.unify(a.removing(axis), b.removing(axis), at: span) else {
        report(.partsDiffer(lowering.operands(variadic, values), axis, at: argument.span))
        return nil
      }
    }
    return builder.append(.concat, values, .axis(axis))
  }

  mutating func stacked() -> Value? {
    guard let values = parts(), let first = values.first else { return nil }
    for (value, argument) in zip(values, variadic).dropFirst() {
      guard lowering.unify(shape(first), shape(value), at: span) else {
        report(.partsDiffer(lowering.operands(variadic, values), nil, at: argument.span))
        return nil
      }
    }
    // The new axis is one of the result.
    let inserted = builder.inserting(axis: 0, first)
    guard let axis = axis(1, of: inserted, or: 0) else { return nil }
    return builder.stack(values, axis: axis)
  }

  // MARK: - Makers

  mutating func filled(_ number: Double) -> Value? {
    guard let shape = shape(argument: 0) else { return nil }
    return builder.constant(number, ValueType(.real, shape))
  }

  mutating func numbers(from start: Dimension, to end: Dimension) -> Value? {
    var count = end - start
    if let number = count.number, number < 0 { count = Dimension(0) }
    guard let shape = checked(Shape([count]), at: span) else { return nil }
    let numbers = builder.append(.iota, [], .shape(shape))
    let first = builder.broadcast(builder.size(start), to: shape)
    return start == Dimension(0) ? numbers : builder.append(.add, numbers, first)
  }

  mutating func random(_ op: Op) -> Value? {
    guard let shape = shape(argument: 0), let seed = literal(3, or: 0) else { return nil }
    guard let whole = Int(exactly: seed) else {
      report(.literalExpected("seed", at: span(3)))
      return nil
    }
    return builder.append(op, [], .random(shape, seed: whole))
  }

  // MARK: - Models

  /// Returns the binary cross-entropy; of probabilities that are sigmoid(z) that of the logits z,
  /// which does not overflow.
  mutating func crossEntropy(of y: Value, probabilities p: Value) -> Value? {
    if lowering.options.rewrites, let z = builder.operand(of: p, .sigmoid) {
      lowering.rewritings.append(
        Rewriting(span: span, description: "bce(y, sigmoid(z)) as bce_with_logits(y, z)"))
      return builder.binaryCrossEntropy(y, logits: z)
    }
    return builder.binaryCrossEntropy(y, probabilities: p)
  }

  mutating func crossEntropyOfRows() -> Value? {
    guard let y = number(0), let z = real(1), let argument = arguments[0], let other = arguments[1]
    else { return nil }
    guard shape(z).rank >= 1 else {
      report(.arrayExpected("'cross_entropy'", rank: "an array", shape(z), at: span(1)))
      return nil
    }
    let axis = shape(z).rank - 1
    let rows = shape(z).removing(axis)
    let areClasses = type(y).isInteger && shape(y).rank == rows.rank
    guard lowering.unify(shape(y), areClasses ? rows : shape(z), at: span) else {
      report(.shapesDiffer(lowering.operands([argument, other], [y, z]), at: span, other.span))
      return nil
    }
    let weights = areClasses ? builder.isClass(y, like: z) : lowering.asReal(y)
    let products = builder.append(
      .multiply, weights, builder.logSoftmax(z, axis: axis))
    return builder.negative(builder.mean(builder.sum(products, axis: axis)))
  }
}

extension [Dimension] {
  fileprivate func count(of number: Int) -> Int { count { $0 == Dimension(number) } }
}
