import BPIR

// What only moves elements: the adjoint moves back, and where an element was copied the adjoints of
// the copies are summed. This is the one place where broadcasting is undone.

extension Reverse {
  mutating func pullBackForm(_ pullback: ArrayPullback) {
    let dy = pullback.dy.value
    let x = pullback.primals[0]
    let shape = builder.shape(of: x)
    switch (pullback.op, pullback.attribute) {
    case (.broadcast, _): contribute(builder.sum(dy, to: shape), pullback, to: 0)
    case (.reshape, _): contribute(builder.reshape(dy, to: shape), pullback, to: 0)
    case (.transpose, .permutation(let axes)):
      let inverse = axes.indices.map { axis in axes.firstIndex(of: axis) ?? axis }
      contribute(builder.transpose(dy, inverse), pullback, to: 0)
    case (.concat, .axis(let axis)): pullBackConcat(pullback, axis)
    default: break
    }
  }

  private mutating func pullBackConcat(_ pullback: ArrayPullback, _ axis: Int) {
    var start = Dimension(0)
    for (position, operand) in pullback.primals.enumerated() {
      let shape = builder.shape(of: operand)
      if activity[pullback.operands[position]] {
        let zero = builder.constant(0, .integer)
        var starts = Array(repeating: zero, count: shape.rank)
        starts[axis] = builder.size(start)
        let extents = shape.dimensions.map { Attribute.Extent($0) }
        contribute(builder.slice(pullback.dy.value, starts, extents), pullback, to: position)
      }
      start = start + shape[axis]
    }
  }
}
