import BPIR

// What takes or replaces parts of an array. The adjoint of a part is added to the running adjoint of
// the whole, in its place.

extension Reverse {
  mutating func pullBackPart(_ pullback: ArrayPullback) {
    let dy = pullback.dy.value
    switch pullback.op {
    case .slice: addPart(.sliceAdd, pullback, Array(pullback.primals[1...]))
    case .gather: addPart(.scatterAdd, pullback, [pullback.primals[1]])
    case .sliceAdd:
      contribute(dy, pullback, to: 0)
      contribute(part(.slice, of: dy, pullback), pullback, to: 1)
    case .scatterAdd:
      contribute(dy, pullback, to: 0)
      contribute(part(.gather, of: dy, pullback), pullback, to: 1)
    case .sliceSet:
      // The part is read before it is replaced, so that this can happen in place.
      let part = part(.slice, of: dy, pullback)
      contribute(replaced(dy, pullback), pullback, to: 0)
      contribute(part, pullback, to: 1)
    case .scatterSet:
      let part = part(.gather, of: dy, pullback)
      contribute(replaced(dy, pullback), pullback, to: 0)
      contribute(part, pullback, to: 1, where: isLast(pullback))
    default: break
    }
  }

  /// Adds the adjoint of a part to that of the whole.
  private mutating func addPart(_ op: Op, _ pullback: ArrayPullback, _ places: [Value]) {
    let type = builder.function.type(of: pullback.primals[0])
    accumulate(pullback.operands[0], pullback.dy.mask) { current, builder in
      let dy = pullback.dy
      let current = current?.ofWholeArray(in: &builder)
      guard let current, current.mask != dy.mask else {
        let base = current?.value ?? builder.constant(0, type)
        let sum = builder.append(op, [base, dy.value] + places, pullback.attribute)
        return Derivative(value: sum, mask: dy.mask)
      }
      let base = current.chosen(in: &builder)
      let part = dy.chosen(in: &builder)
      let sum = builder.append(op, [base, part] + places, pullback.attribute)
      return Derivative(value: sum, mask: current.mask.or(dy.mask, in: &builder))
    }
    takeNote(of: nil, to: pullback.operands[0])
  }

  private mutating func part(_ op: Op, of dy: Value, _ pullback: ArrayPullback) -> Value {
    builder.append(op, [dy] + pullback.primals[2...], pullback.attribute)
  }

  /// Returns `dy` with zeros in place of the part that was replaced.
  private mutating func replaced(_ dy: Value, _ pullback: ArrayPullback) -> Value {
    let zeros = builder.constant(0, like: pullback.primals[1])
    return builder.append(
      pullback.op, [dy, zeros] + pullback.primals[2...], pullback.attribute)
  }

  /// Returns for each element of the part whether it is the last one at its index, and counts.
  private mutating func isLast(_ pullback: ArrayPullback) -> Value? {
    guard case .axis(let axis) = pullback.attribute else { return nil }
    let indices = pullback.primals[2]
    let shape = builder.shape(of: indices)
    let numbers = builder.append(.iota, [], .shape(Shape([shape.count])))
    let length = builder.shape(of: pullback.primals[0])[axis]
    let none = builder.constant(-1, ValueType(.integer, Shape([length])))
    let flat = builder.flattened(indices)
    let writers = builder.append(.scatterSet, [none, numbers, flat], .axis(0))
    let isLast = builder.append(
      .equal, builder.append(.gather, [writers, flat], .axis(0)), numbers)
    let part = builder.shape(of: pullback.primals[1])
    let inner = Array(repeating: Dimension(1), count: part.rank - axis - shape.rank)
    let view = builder.reshape(isLast, to: Shape(shape.dimensions + inner))
    return builder.broadcast(view, to: part)
  }
}
