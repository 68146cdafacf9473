import BPIR

/// An operation on arrays while its adjoint is pulled back.
struct ArrayPullback {
  let op: Op
  let attribute: Attribute
  /// The operands in the old function.
  let operands: [Value]
  /// What stands for them.
  let primals: [Value]
  /// What stands for the result.
  let result: Value
  /// The adjoint of the result.
  let dy: Derivative
  /// Whether contributions are taken by their magnitude.
  let takesMagnitudes: Bool
}

extension Reverse {
  /// Pulls an adjoint back through an operation on arrays.
  mutating func pullBackArray(_ adjoint: Derivative, through instruction: Instruction) {
    let operands = Array(old.operands(of: instruction))
    guard operands.contains(where: { activity[$0] }) else { return }
    builder.span = instruction.span
    let pullback = ArrayPullback(
      op: instruction.op, attribute: old.attribute(of: instruction), operands: operands,
      primals: primals(of: operands), result: primal(instruction.result),
      dy: adjoint.ofWholeArray(in: &builder), takesMagnitudes: options.takesMagnitudes)
    switch instruction.op {
    case .broadcast, .reshape, .transpose, .concat: pullBackForm(pullback)
    case .slice, .sliceAdd, .sliceSet, .gather, .scatterAdd, .scatterSet: pullBackPart(pullback)
    case .sum, .product, .productOthers, .reduceMaximum, .reduceMinimum, .cumsum, .norm, .softmax,
      .logSumExp:
      pullBackReduction(pullback)
    case .matmul: pullBackProduct(pullback)
    default: break
    }
  }

  /// Adds `value`, under the mask of the result's adjoint, to the adjoint of an operand.
  mutating func contribute(
    _ value: Value, _ pullback: ArrayPullback, to position: Int, where mask: Value? = nil
  ) {
    let magnitude = pullback.takesMagnitudes ? builder.append(.abs, value) : value
    let derivative = Derivative(value: magnitude, mask: pullback.dy.mask)
    contribute(derivative.masked(by: mask, in: &builder), to: pullback.operands[position])
  }

  /// Returns what stands for an operand that is a factor: its magnitude where those are asked for.
  mutating func factor(_ position: Int, _ pullback: ArrayPullback) -> Value {
    let value = pullback.primals[position]
    return pullback.takesMagnitudes ? builder.append(.abs, value) : value
  }
}
