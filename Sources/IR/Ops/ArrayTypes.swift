extension Op {
  /// Whether it works on whole arrays, as its attribute says.
  package var isArrayOperation: Bool {
    if case .array = info.type { true } else { false }
  }

  /// Returns the type of the result for operands of `types`, or nil when they do not fit.
  func arrayType(of types: [ValueType], _ attribute: Attribute) -> ValueType? {
    switch (self, attribute) {
    case (.derivative, .derivative(let kind)):
      types.count == 2 ? ValueType.derivative(of: types[0], types[1], kind) : nil
    case (.dimension, .dimension): types.isEmpty ? .integer : nil
    case (.array, .elements(let elements)):
      elements.type.shape.count.number == elements.count ? elements.type : nil
    case (.iota, .shape(let shape)): shape.rank == 1 ? ValueType(.integer, shape) : nil
    case (.randomUniform, .random(let shape, _)), (.randomNormal, .random(let shape, _)):
      ValueType(.real, shape)
    case (.broadcast, .shape(let shape)): types.first?.broadcast(to: shape)
    case (.reshape, .shape(let shape)): types.first?.reshaped(to: shape)
    case (.transpose, .permutation(let axes)): types.first?.transposed(axes)
    case (.concat, .axis(let axis)): ValueType.concatenated(types, axis)
    case (.slice, .window(let extents)): types.first?.sliced(extents, Array(types.dropFirst()))
    case (.sliceAdd, .window(let extents)), (.sliceSet, .window(let extents)):
      types.count < 2 || types[0].sliced(extents, Array(types.dropFirst(2))) != types[1]
        ? nil : types[0]
    case (.gather, .axis(let axis)):
      types.count == 2 ? types[0].gathered(types[1], axis) : nil
    case (.scatterAdd, .axis(let axis)), (.scatterSet, .axis(let axis)):
      types.count == 3 && types[0].gathered(types[2], axis) == types[1] ? types[0] : nil
    case (.sum, .axis(let axis)): types.first?.reduced(axis) { !$0.isBoolean }
    case (.product, .axis(let axis)): types.first?.reduced(axis) { $0.isReal }
    case (.reduceMaximum, .axis(let axis)), (.reduceMinimum, .axis(let axis)):
      types.first?.reduced(axis) { _ in true }
    case (.argmax, .axis(let axis)), (.argmin, .axis(let axis)):
      types.first?.reduced(axis) { !$0.isBoolean }?.of(.integer)
    case (.logSumExp, .axis(let axis)), (.norm, .axis(let axis)):
      types.first?.reduced(axis) { $0.isReal }
    case (.softmax, .axis(let axis)): types.first?.alongAxis(axis) { $0.isReal }
    case (.productOthers, .axis(let axis)):
      types.dropFirst().allSatisfy { $0 == types[0] }
        ? types.first?.alongAxis(axis) { $0.isReal } : nil
    case (.cumsum, .scan(let axis, _)): types.first?.alongAxis(axis) { !$0.isBoolean }
    case (.matmul, .transposes(let first, let second)):
      types.count == 2 ? ValueType.product(types[0], types[1], first, second) : nil
    default: nil
    }
  }
}

extension ValueType {
  /// Returns the type of a derivative of a value of type `y` with respect to one of type `x`, or nil.
  static func derivative(
    of y: ValueType, _ x: ValueType, _ kind: Attribute.DerivativeKind
  ) -> ValueType? {
    guard y.isReal, x.isReal else { return nil }
    switch kind {
    case .gradient: return y.isScalar ? x : nil
    case .jacobian: return x.with(Shape(y.shape.dimensions + x.shape.dimensions))
    case .elementwise: return y.shape == x.shape ? y : nil
    }
  }

  /// Returns the type stretched to `shape` as NumPy does: dimensions are aligned at the end, and a
  /// dimension of 1 is stretched.
  fileprivate func broadcast(to target: Shape) -> ValueType? {
    guard shape.rank <= target.rank else { return nil }
    let offset = target.rank - shape.rank
    for axis in 0..<shape.rank
    where shape[axis] != target[offset + axis] && shape[axis] != Dimension(1) { return nil }
    return with(target)
  }

  fileprivate func reshaped(to target: Shape) -> ValueType? {
    // What cannot be told before the data is there is compared then.
    let difference = (shape.count - target.count).number
    return difference ?? 0 == 0 ? with(target) : nil
  }

  fileprivate func transposed(_ axes: [Int]) -> ValueType? {
    guard axes.sorted() == Array(0..<shape.rank) else { return nil }
    return with(Shape(axes.map { shape[$0] }))
  }

  fileprivate func reduced(_ axis: Int, where takes: (ValueType) -> Bool) -> ValueType? {
    alongAxis(axis, where: takes)?.with(shape.removing(axis))
  }

  fileprivate func alongAxis(_ axis: Int, where takes: (ValueType) -> Bool) -> ValueType? {
    axis >= 0 && axis < shape.rank && takes(self) ? self : nil
  }

  fileprivate func sliced(
    _ extents: [Attribute.Extent], _ starts: [ValueType]
  ) -> ValueType? {
    guard extents.count == shape.rank, starts.count == shape.rank,
      starts.allSatisfy({ $0 == .integer })
    else { return nil }
    return with(Shape(extents.map(\.count)))
  }

  fileprivate func gathered(_ indices: ValueType, _ axis: Int) -> ValueType? {
    guard indices.isInteger, axis >= 0, axis < shape.rank else { return nil }
    let outer = shape.dimensions[..<axis]
    let inner = shape.dimensions[(axis + 1)...]
    return with(Shape(outer + indices.shape.dimensions + inner))
  }

  fileprivate static func concatenated(_ types: [ValueType], _ axis: Int) -> ValueType? {
    guard let first = types.first, axis >= 0, axis < first.shape.rank else { return nil }
    var length = first.shape[axis]
    for type in types.dropFirst() {
      guard type.shape.rank == first.shape.rank,
        type.with(type.shape.replacing(axis, with: first.shape[axis])) == first
      else { return nil }
      length = length + type.shape[axis]
    }
    return first.with(first.shape.replacing(axis, with: length))
  }

  /// Returns the type of the matrix product, batched over the dimensions before the last two.
  fileprivate static func product(
    _ a: ValueType, _ b: ValueType, _ transposesFirst: Bool, _ transposesSecond: Bool
  ) -> ValueType? {
    let rank = a.shape.rank
    guard a.isReal, b.isReal, rank >= 2, b.shape.rank == rank,
      a.shape.dimensions[..<(rank - 2)] == b.shape.dimensions[..<(rank - 2)]
    else { return nil }
    let (rows, inner) = transposesFirst ? (rank - 1, rank - 2) : (rank - 2, rank - 1)
    let (otherInner, columns) = transposesSecond ? (rank - 1, rank - 2) : (rank - 2, rank - 1)
    guard a.shape[inner] == b.shape[otherInner] else { return nil }
    return a.with(
      Shape(Array(a.shape.dimensions[..<(rank - 2)]) + [a.shape[rows], b.shape[columns]]))
  }
}
