import BPIR

// The tangents of operations on arrays. Most are linear, and their tangent is the operation itself.

extension Forward {
  /// Copies an operation on arrays and gives its result a tangent in each direction.
  mutating func sweepArrayOperation(
    _ instruction: Instruction, _ operands: [Value], _ primals: [Value]
  ) {
    let attribute = old.attribute(of: instruction)
    let result = builder.append(instruction.op, primals, attribute)
    self.primals[instruction.result] = result
    guard activity[instruction.result] else { return }
    for direction in directions.indices {
      var tangents: [Derivative?] = []
      for operand in operands {
        tangents.append(tangent(operand, direction)?.ofWholeArray(in: &builder))
      }
      guard let mask = commonMask(&tangents) else { continue }
      let push = Pushforward(
        op: instruction.op, attribute: attribute, primals: primals, result: result,
        tangents: tangents.map { $0?.value })
      if let value = pushed(push) {
        setTangent(instruction.result, direction, Derivative(value: value, mask: mask))
      }
    }
  }

  /// Returns the mask that all tangents share; where they differ their choices are taken first. Nil
  /// where no operand moves.
  private mutating func commonMask(_ tangents: inout [Derivative?]) -> Mask? {
    let moving = tangents.compactMap { $0 }
    guard var mask = moving.first?.mask else { return nil }
    if moving.allSatisfy({ $0.mask == mask }) { return mask }
    for other in moving.dropFirst() { mask = mask.or(other.mask, in: &builder) }
    for index in tangents.indices {
      guard let tangent = tangents[index] else { continue }
      tangents[index] = Derivative(value: tangent.chosen(in: &builder))
    }
    return mask
  }
}

/// An operation on arrays with the tangents of its operands in one direction; nil is zero.
struct Pushforward {
  let op: Op
  let attribute: Attribute
  let primals: [Value]
  let result: Value
  let tangents: [Value?]
}

extension Forward {
  private mutating func pushed(_ push: Pushforward) -> Value? {
    switch (push.op, push.attribute) {
    case (.broadcast, _), (.reshape, _), (.transpose, _), (.sum, _), (.cumsum, _):
      return push.tangents[0].map { builder.append(push.op, [$0], push.attribute) }
    case (.slice, _), (.gather, _):
      return push.tangents[0].map {
        builder.append(push.op, [$0] + push.primals[1...], push.attribute)
      }
    case (.concat, _):
      let parts = push.primals.indices.map { tangent($0, push) } as [Value]
      return builder.append(.concat, parts, push.attribute)
    case (.sliceAdd, _), (.sliceSet, _), (.scatterAdd, _), (.scatterSet, _):
      let operands = [tangent(0, push), tangent(1, push)] + push.primals[2...]
      return builder.append(push.op, operands, push.attribute)
    case (.product, .axis(let axis)):
      let others = builder.append(.productOthers, [push.primals[0]], push.attribute)
      return weightedSum(others, push, axis)
    case (.productOthers, _): return pushedProductOthers(push)
    case (.reduceMaximum, .axis(let axis)), (.reduceMinimum, .axis(let axis)):
      return pushedMaximum(push, axis)
    case (.norm, .axis(let axis)): return pushedNorm(push, axis)
    case (.softmax, .axis(let axis)): return pushedSoftmax(push, axis)
    case (.logSumExp, .axis(let axis)):
      let weights = builder.append(.softmax, [push.primals[0]], push.attribute)
      return weightedSum(weights, push, axis)
    case (.matmul, _): return pushedProduct(push)
    default: return nil
    }
  }

  /// Returns the tangent of an operand, zeros where it does not move.
  private mutating func tangent(_ position: Int, _ push: Pushforward) -> Value {
    push.tangents[position] ?? builder.constant(0, like: push.primals[position])
  }

  private mutating func weightedSum(_ weights: Value, _ push: Pushforward, _ axis: Int) -> Value {
    builder.sum(builder.append(.multiply, weights, tangent(0, push)), axis: axis)
  }

  private mutating func pushedProductOthers(_ push: Pushforward) -> Value? {
    var sum: Value?
    for (position, tangent) in push.tangents.enumerated() {
      guard let tangent else { continue }
      var operands = push.primals
      if position == 0 { operands.append(tangent) } else { operands[position] = tangent }
      let term = builder.append(.productOthers, operands, push.attribute)
      sum = sum.map { builder.append(.add, $0, term) } ?? term
    }
    return sum
  }

  /// The mean of the tangents of those that tie.
  private mutating func pushedMaximum(_ push: Pushforward, _ axis: Int) -> Value {
    let x = push.primals[0]
    let expanded = builder.stretched(push.result, along: axis, like: x)
    let isChosen = builder.append(.equal, x, expanded)
    let tangent = tangent(0, push)
    let chosen = builder.append(.select, isChosen, tangent, builder.constant(0, like: tangent))
    // Where one is NaN none is chosen.
    let count = builder.count(of: isChosen, axis: axis)
    let divisor = builder.append(.maximum, count, builder.constant(1, like: count))
    return builder.append(.divide, builder.sum(chosen, axis: axis), divisor)
  }

  private mutating func pushedNorm(_ push: Pushforward, _ axis: Int) -> Value {
    let y = push.result
    let x = push.primals[0]
    let slope = builder.append(.divide, x, builder.stretched(y, along: axis, like: x))
    let tangent = weightedSum(slope, push, axis)
    let zero = builder.constant(0, like: y)
    return builder.append(.select, builder.append(.equal, y, zero), zero, tangent)
  }

  /// dy = y (dx - sum(y dx))
  private mutating func pushedSoftmax(_ push: Pushforward, _ axis: Int) -> Value {
    let mean = weightedSum(push.result, push, axis)
    let centered = builder.append(
      .subtract, tangent(0, push),
      builder.stretched(mean, along: axis, like: push.primals[0]))
    return builder.append(.multiply, push.result, centered)
  }

  private mutating func pushedProduct(_ push: Pushforward) -> Value? {
    let (a, b) = (push.primals[0], push.primals[1])
    let first = push.tangents[0].map { builder.append(.matmul, [$0, b], push.attribute) }
    let second = push.tangents[1].map { builder.append(.matmul, [a, $0], push.attribute) }
    guard let first, let second else { return first ?? second }
    return builder.append(.add, first, second)
  }
}
