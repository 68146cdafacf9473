// The laws of the operations on arrays. They hold to the last bit, as those of Algebra do.

extension Builder {
  /// Returns what `op` is by a law, or nil.
  mutating func simplified(_ op: Op, _ operands: [Value], _ attribute: Attribute) -> Value? {
    switch (op, attribute) {
    case (.dimension, .dimension(let dimension)):
      return dimension.number.map { constant(Double($0), .integer) }
    case (.broadcast, .shape(let shape)): return simplifiedBroadcast(operands[0], shape)
    case (.reshape, .shape(let shape)): return simplifiedReshape(operands[0], shape)
    case (.transpose, .permutation(let axes)): return simplifiedTranspose(operands[0], axes)
    case (.concat, _): return operands.count == 1 ? operands[0] : nil
    case (.slice, .window(let extents)): return simplifiedSlice(operands, extents)
    case (.gather, _):
      return function.constant(operands[0]).map { number in
        resultConstant(number, op, operands, attribute)
      }
    case (.sum, .axis(let axis)): return simplifiedSum(operands[0], axis)
    case (.reduceMaximum, .axis(let axis)), (.reduceMinimum, .axis(let axis)),
      (.product, .axis(let axis)):
      return reducedAlongOne(operands[0], axis)
    case (.matmul, .transposes(let first, let second)):
      return simplifiedProduct(operands[0], operands[1], first, second)
    default: return nil
    }
  }

  /// Returns `op` of what was stretched, stretched afterwards: op(broadcast x, 2) = broadcast op(x, 2).
  mutating func stretchedLater(_ op: Op, _ operands: [Value]) -> Value? {
    let target = shape(of: operands[0])
    guard !target.isScalar, op != .mark else { return nil }
    var source: Shape?
    var inner: [Value] = []
    for operand in operands where function.constant(operand) == nil {
      guard let instruction = defining(operand), instruction.op == .broadcast else { return nil }
      let value = function.operand(0, of: instruction)
      guard source == nil || source == shape(of: value) else { return nil }
      source = shape(of: value)
      inner.append(value)
    }
    guard let source else { return nil }
    var rest = inner[...]
    let values = operands.map { operand in
      if let number = function.constant(operand) {
        return constant(number, function.type(of: operand).with(source))
      }
      return rest.removeFirst()
    }
    return broadcast(append(op, values), to: target)
  }

  private mutating func resultConstant(
    _ number: Double, _ op: Op, _ operands: [Value], _ attribute: Attribute
  ) -> Value {
    let type = op.arrayType(of: operands.map(function.type), attribute)
    return constant(number, type ?? function.type(of: operands[0]))
  }

  // MARK: - Form

  private mutating func simplifiedBroadcast(_ x: Value, _ shape: Shape) -> Value? {
    if self.shape(of: x) == shape { return x }
    if let number = function.constant(x) {
      return constant(number, function.type(of: x).with(shape))
    }
    // Both stretch the same axes, aligned at the end.
    return operand(of: x, .broadcast).map { broadcast($0, to: shape) }
  }

  private mutating func simplifiedReshape(_ x: Value, _ shape: Shape) -> Value? {
    if self.shape(of: x) == shape { return x }
    if let number = function.constant(x) {
      return constant(number, function.type(of: x).with(shape))
    }
    if let inner = operand(of: x, .reshape) { return reshape(inner, to: shape) }
    guard let inner = operand(of: x, .broadcast), self.shape(of: inner).isScalar else { return nil }
    return broadcast(inner, to: shape)
  }

  private mutating func simplifiedTranspose(_ x: Value, _ axes: [Int]) -> Value? {
    if axes == Array(axes.indices) { return x }
    let shape = self.shape(of: x)
    let result = Shape(axes.map { shape[$0] })
    if let number = function.constant(x) {
      return constant(number, function.type(of: x).with(result))
    }
    // Moving dimensions of 1 moves no element.
    let long = axes.filter { shape[$0] != Dimension(1) }
    if long == long.sorted() { return reshape(x, to: result) }
    guard let instruction = defining(x), instruction.op == .transpose,
      case .permutation(let inner) = function.attribute(of: instruction)
    else { return nil }
    return transpose(function.operand(0, of: instruction), axes.map { inner[$0] })
  }

  private mutating func simplifiedSlice(
    _ operands: [Value], _ extents: [Attribute.Extent]
  ) -> Value? {
    let x = operands[0]
    if let number = function.constant(x) {
      let shape = Shape(extents.map(\.count))
      return constant(number, function.type(of: x).with(shape))
    }
    let shape = self.shape(of: x)
    let takesAll = extents.indices.allSatisfy { axis in
      extents[axis].count == shape[axis] && extents[axis].step == Dimension(1)
        && function.constant(operands[axis + 1]) == 0
    }
    return takesAll ? x : nil
  }

  // MARK: - Along an axis

  private mutating func simplifiedSum(_ x: Value, _ axis: Int) -> Value? {
    if let number = function.constant(x), number == 0 {
      return constant(0, function.type(of: x).with(shape(of: x).removing(axis)))
    }
    return reducedAlongOne(x, axis)
  }

  /// What is made of a single element is that element.
  private mutating func reducedAlongOne(_ x: Value, _ axis: Int) -> Value? {
    let shape = self.shape(of: x)
    return shape[axis] == Dimension(1) ? reshape(x, to: shape.removing(axis)) : nil
  }

  // MARK: - Products

  /// A transposed factor is read in the other order.
  private mutating func simplifiedProduct(
    _ a: Value, _ b: Value, _ first: Bool, _ second: Bool
  ) -> Value? {
    if let inner = matrixTranspose(a) {
      return matmul(inner, b, transposingFirst: !first, second: second)
    }
    if let inner = matrixTranspose(b) {
      return matmul(a, inner, transposingFirst: first, second: !second)
    }
    return nil
  }

  private func matrixTranspose(_ value: Value) -> Value? {
    guard let instruction = defining(value), instruction.op == .transpose,
      case .permutation(let axes) = function.attribute(of: instruction)
    else { return nil }
    let rank = axes.count
    guard rank >= 2 else { return nil }
    let swapped = Array(0..<(rank - 2)) + [rank - 1, rank - 2]
    return axes == swapped ? function.operand(0, of: instruction) : nil
  }
}
