import BPIR

// What is computed along an axis. `expanded` stretches what belongs to the result along it again.

extension Reverse {
  mutating func pullBackReduction(_ pullback: ArrayPullback) {
    let dy = pullback.dy.value
    let y = pullback.result
    switch (pullback.op, pullback.attribute) {
    case (.sum, .axis(let axis)):
      contribute(expanded(dy, axis, pullback), pullback, to: 0)
    case (.product, .axis(let axis)):
      let others = builder.append(
        .productOthers, [factor(0, pullback)], pullback.attribute)
      contribute(builder.append(.multiply, expanded(dy, axis, pullback), others), pullback, to: 0)
    case (.productOthers, _): pullBackProductOthers(pullback)
    case (.reduceMaximum, .axis(let axis)), (.reduceMinimum, .axis(let axis)):
      let isChosen = builder.append(
        .equal, pullback.primals[0], expanded(y, axis, pullback))
      let share = builder.append(.divide, dy, builder.count(of: isChosen, axis: axis))
      contribute(expanded(share, axis, pullback), pullback, to: 0, where: isChosen)
    case (.cumsum, .scan(let axis, let isReversed)):
      let sums = builder.append(.cumsum, [dy], .scan(axis: axis, isReversed: !isReversed))
      contribute(sums, pullback, to: 0)
    case (.norm, .axis(let axis)):
      let slope = builder.append(.divide, pullback.primals[0], expanded(y, axis, pullback))
      let isZero = builder.append(.equal, y, builder.constant(0, like: y))
      contribute(
        builder.append(.multiply, expanded(dy, axis, pullback), slope), pullback, to: 0,
        where: expanded(builder.append(.not, isZero), axis, pullback))
    case (.softmax, .axis(let axis)): pullBackSoftmax(pullback, axis)
    case (.logSumExp, .axis(let axis)):
      let weights = builder.append(.softmax, [pullback.primals[0]], pullback.attribute)
      contribute(builder.append(.multiply, expanded(dy, axis, pullback), weights), pullback, to: 0)
    default: break
    }
  }

  /// dx = y (dy - sum(dy y))
  private mutating func pullBackSoftmax(_ pullback: ArrayPullback, _ axis: Int) {
    let (dy, y) = (pullback.dy.value, pullback.result)
    let mean = builder.sum(builder.append(.multiply, dy, y), axis: axis)
    let centered = builder.append(
      pullback.takesMagnitudes ? .add : .subtract, dy, expanded(mean, axis, pullback))
    contribute(builder.append(.multiply, y, centered), pullback, to: 0)
  }

  /// The product without one factor is linear in each of the others, and in what stands for them: the
  /// adjoint takes the place of another factor.
  private mutating func pullBackProductOthers(_ pullback: ArrayPullback) {
    let factors = pullback.primals.indices.map { factor($0, pullback) } as [Value]
    for position in factors.indices where activity[pullback.operands[position]] {
      var operands = factors
      if position == 0 {
        operands.append(pullback.dy.value)
      } else {
        operands[position] = pullback.dy.value
      }
      contribute(
        builder.append(.productOthers, operands, pullback.attribute), pullback, to: position)
    }
  }

  private mutating func expanded(_ value: Value, _ axis: Int, _ pullback: ArrayPullback) -> Value {
    builder.stretched(value, along: axis, like: pullback.primals[0])
  }
}

extension Builder {
  /// Returns along an axis how many of `conditions` hold, as real numbers.
  mutating func count(of conditions: Value, axis: Int) -> Value {
    let type = function.type(of: conditions).of(.real)
    return sum(append(.select, conditions, constant(1, type), constant(0, type)), axis: axis)
  }
}
