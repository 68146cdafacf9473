// What the array functions of the language are made of.

extension Builder {
  // MARK: - Statistics

  /// Returns the number of elements along an axis as a real number in the shape of `result`.
  private mutating func count(_ x: Value, _ axis: Int, like result: Value) -> Value {
    let size = size(shape(of: x)[axis])
    let real = function.constant(size).map { constant($0) } ?? append(.real, size)
    return broadcast(real, to: shape(of: result))
  }

  mutating func mean(_ x: Value, axis: Int) -> Value {
    let sum = sum(x, axis: axis)
    return append(.divide, sum, count(x, axis, like: sum))
  }

  mutating func mean(_ x: Value) -> Value { mean(flattened(x), axis: 0) }

  private mutating func centered(_ x: Value, axis: Int) -> Value {
    append(.subtract, x, stretched(mean(x, axis: axis), along: axis, like: x))
  }

  private mutating func freedom(
    _ x: Value, _ axis: Int, _ lost: Double, like result: Value
  ) -> Value {
    append(.subtract, count(x, axis, like: result), constant(lost, like: result))
  }

  mutating func variance(_ x: Value, axis: Int, lostFreedom: Double) -> Value {
    let squares = sum(append(.square, centered(x, axis: axis)), axis: axis)
    return append(.divide, squares, freedom(x, axis, lostFreedom, like: squares))
  }

  mutating func deviation(_ x: Value, axis: Int, lostFreedom: Double) -> Value {
    let length = append(.norm, [centered(x, axis: axis)], .axis(axis))
    return append(.divide, length, append(.sqrt, freedom(x, axis, lostFreedom, like: length)))
  }

  // MARK: - Matrices

  mutating func outer(_ a: Value, _ b: Value) -> Value {
    let target = Shape(shape(of: a).dimensions + shape(of: b).dimensions)
    return append(
      .multiply, broadcast(inserting(axis: 1, a), to: target), broadcast(b, to: target))
  }

  mutating func unitMatrix(_ size: Dimension) -> Value {
    let type = ValueType(.real, Shape([size, size]))
    return append(.select, isDiagonal(type.shape), constant(1, type), constant(0, type))
  }

  /// Returns for each element of a matrix whether its row is its column.
  private mutating func isDiagonal(_ shape: Shape) -> Value {
    let rows = append(.iota, [], .shape(Shape([shape[0]])))
    let columns = append(.iota, [], .shape(Shape([shape[1]])))
    return append(
      .equal, broadcast(inserting(axis: 1, rows), to: shape), broadcast(columns, to: shape))
  }

  mutating func trace(of matrix: Value) -> Value {
    let shape = shape(of: matrix)
    if (shape[1] - shape[0]).number != nil { return sum(diagonal(of: matrix)) }
    // How long the diagonal is depends on data.
    let zeros = constant(0, like: matrix)
    return sum(append(.select, isDiagonal(shape), matrix, zeros))
  }

  /// The elements of a matrix whose places, row by row, are a row and a column apart.
  mutating func diagonal(of matrix: Value) -> Value {
    let shape = shape(of: matrix)
    let (rows, columns) = (shape[0], shape[1])
    let isWide = (columns - rows).number.map { $0 >= 0 } ?? true
    let extent = Attribute.Extent(isWide ? rows : columns, step: columns + Dimension(1))
    return slice(flattened(matrix), [constant(0, .integer)], [extent])
  }

  mutating func diagonalMatrix(_ x: Value) -> Value {
    let size = shape(of: x)[0]
    let zeros = constant(0, function.type(of: x).with(Shape([size * size])))
    let extent = Attribute.Extent(size, step: size + Dimension(1))
    let flat = append(.sliceSet, [zeros, x, constant(0, .integer)], .window([extent]))
    return reshape(flat, to: Shape([size, size]))
  }

  // MARK: - Sequences

  mutating func reversed(_ x: Value, axis: Int) -> Value {
    let shape = shape(of: x)
    var starts = shape.dimensions.map { _ in constant(0, .integer) }
    var extents = shape.dimensions.map { Attribute.Extent($0) }
    starts[axis] = size(shape[axis] - Dimension(1))
    extents[axis] = Attribute.Extent(shape[axis], step: Dimension(-1))
    return slice(x, starts, extents)
  }

  /// Both ends are exact: up to the middle the numbers are counted from the first, then from the
  /// last.
  mutating func spaced(_ first: Value, _ last: Value, _ size: Dimension) -> Value {
    let shape = Shape([size])
    let whole = append(.iota, [], .shape(shape))
    let number = append(.real, whole)
    let steps = append(.real, self.size(size - Dimension(1)))
    let one = constant(1)
    let divisor = append(.maximum, steps, one)
    let step = append(.divide, append(.subtract, last, first), divisor)
    func all(_ value: Value, _ builder: inout Builder) -> Value {
      builder.broadcast(value, to: shape)
    }
    let stepEverywhere = all(step, &self)
    let fromFirst = append(
      .add, all(first, &self), append(.multiply, number, stepEverywhere))
    let rest = append(.subtract, all(steps, &self), number)
    let fromLast = append(.subtract, all(last, &self), append(.multiply, rest, stepEverywhere))
    let isEarly = append(.lessEqual, number, rest)
    return append(.select, isEarly, fromFirst, fromLast)
  }

  /// Returns what an open size of a reshape is, or nil when it is none for any data.
  static func size(left count: Dimension, by rest: Dimension) -> Dimension? {
    if let size = count.divided(exactlyBy: rest) { return size }
    guard count.number == nil, let divisor = rest.number, divisor > 0 else { return nil }
    return count.dividedRoundingDown(by: divisor)
  }

  // MARK: - Losses

  /// 0 - x, which is 0 and not -0 for a loss of 0.
  mutating func negative(_ x: Value) -> Value { append(.subtract, constant(0, like: x), x) }

  mutating func logSoftmax(_ x: Value, axis: Int) -> Value {
    let total = append(.logSumExp, [x], .axis(axis))
    return append(.subtract, x, stretched(total, along: axis, like: x))
  }

  /// -(y log p + (1 - y) log(1 - p)), and 0 for a term whose weight is 0; its slope in that weight is
  /// the logarithm all the same.
  mutating func binaryCrossEntropy(_ y: Value, probabilities p: Value) -> Value {
    let one = constant(1, like: y)
    let rest = append(.subtract, one, y)
    let second = append(
      .select, append(.equal, rest, constant(0, like: y)),
      append(.xlogy, rest, append(.subtract, one, p)),
      append(.multiply, rest, append(.log1p, append(.negate, p))))
    return negative(mean(append(.add, append(.xlogy, y, p), second)))
  }

  /// softplus(z) - y z, which is the same for p = sigmoid(z).
  mutating func binaryCrossEntropy(_ y: Value, logits z: Value) -> Value {
    mean(append(.subtract, append(.softplus, z), append(.multiply, y, z)))
  }

  /// Returns 1 where the number of the last axis of `z` is the class, and 0 elsewhere.
  mutating func isClass(_ classes: Value, like z: Value) -> Value {
    let shape = shape(of: z)
    let axis = shape.rank - 1
    let numbers = append(.iota, [], .shape(Shape([shape[axis]])))
    // Read from the numbers that there are, so that a class beyond them ends the run.
    let known = append(.gather, [numbers, classes], .axis(0))
    let isClass = append(
      .equal, stretched(known, along: axis, like: z), broadcast(numbers, to: shape))
    let type = ValueType(.real, shape)
    return append(.select, isClass, constant(1, type), constant(0, type))
  }
}
