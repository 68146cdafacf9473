// The operations on arrays in the words of those who build with them.

extension Builder {
  /// Returns the shape of `value`.
  package func shape(of value: Value) -> Shape { function.type(of: value).shape }

  /// Returns the constant of the type of `value` whose elements are all `number`.
  package mutating func constant(_ number: Double, like value: Value) -> Value {
    constant(number, function.type(of: value))
  }

  // MARK: - Form

  /// Returns `value` stretched to `shape` as NumPy does.
  package mutating func broadcast(_ value: Value, to shape: Shape) -> Value {
    self.shape(of: value) == shape ? value : append(.broadcast, [value], .shape(shape))
  }

  /// Returns the elements of `value` in another shape.
  package mutating func reshape(_ value: Value, to shape: Shape) -> Value {
    self.shape(of: value) == shape ? value : append(.reshape, [value], .shape(shape))
  }

  /// Returns the elements of `value` as a vector.
  package mutating func flattened(_ value: Value) -> Value {
    reshape(value, to: Shape([shape(of: value).count]))
  }

  /// Returns `value` with its axes in the order `axes`.
  package mutating func transpose(_ value: Value, _ axes: [Int]) -> Value {
    append(.transpose, [value], .permutation(axes))
  }

  /// Returns `value` with a dimension of 1 put in before axis number `axis`.
  package mutating func inserting(axis: Int, _ value: Value) -> Value {
    let dimensions = shape(of: value).dimensions
    return reshape(
      value, to: Shape(Array(dimensions[..<axis]) + [Dimension(1)] + Array(dimensions[axis...])))
  }

  /// Returns `value`, which lacks the axis number `axis` of `other`, stretched along it.
  package mutating func stretched(
    _ value: Value, along axis: Int, like other: Value
  ) -> Value {
    broadcast(inserting(axis: axis, value), to: shape(of: other))
  }

  // MARK: - Along an axis

  /// Returns the sums of `value` along an axis.
  package mutating func sum(_ value: Value, axis: Int) -> Value {
    append(.sum, [value], .axis(axis))
  }

  /// Returns the sum of all elements of `value`.
  package mutating func sum(_ value: Value) -> Value {
    shape(of: value).isScalar ? value : sum(flattened(value), axis: 0)
  }

  // MARK: - Products

  /// Returns the matrix product of `a` and `b`, each perhaps transposed.
  package mutating func matmul(
    _ a: Value, _ b: Value, transposingFirst first: Bool = false, second: Bool = false
  ) -> Value {
    append(.matmul, [a, b], .transposes(first: first, second: second))
  }

  // MARK: - Parts

  /// Returns the elements of `value` from `starts` on.
  package mutating func slice(
    _ value: Value, _ starts: [Value], _ extents: [Attribute.Extent]
  ) -> Value {
    append(.slice, [value] + starts, .window(extents))
  }

  /// Returns the size `dimension` as a whole number.
  package mutating func size(_ dimension: Dimension) -> Value {
    if let number = dimension.number { return constant(Double(number), .integer) }
    return append(.dimension, [], .dimension(dimension))
  }
}
