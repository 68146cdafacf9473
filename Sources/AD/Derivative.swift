import BPIR

/// The derivative of the result with respect to a value or, in forward mode, of a value in a
/// direction, as far as it has been summed up.
///
/// With a mask it stands for `value` where the mask holds and for 0 elsewhere. It is carried
/// unmasked through operations, and the choice is made only where it meets a contribution under
/// another mask: so nothing that an arm not taken gives, NaN and infinities included, gets out of
/// that arm.
struct Derivative {
  /// The value where the mask holds.
  var value: Value
  /// Where it counts.
  var mask = Mask()

  /// Returns the sum of this and `other`.
  func plus(_ other: Derivative, in builder: inout Builder) -> Derivative {
    if mask == other.mask {
      return Derivative(value: builder.append(.add, value, other.value), mask: mask)
    }
    let sum = builder.append(.add, chosen(in: &builder), other.chosen(in: &builder))
    return Derivative(value: sum, mask: mask.or(other.mask, in: &builder)).settled(in: &builder)
  }

  /// Returns the derivative where `condition`, if there is one, holds too.
  func masked(by condition: Value?, in builder: inout Builder) -> Derivative {
    guard let condition else { return self }
    switch builder.function.decided(condition) {
    case nil:
      return Derivative(value: value, mask: mask.and(condition, in: &builder))
        .settled(in: &builder)
    case 0: return Derivative(value: builder.constant(0, like: value))
    default: return self
    }
  }

  /// Returns what `formula` gives for it.
  func scaled(
    _ formula: Formula, _ operands: [Value], _ result: Value, in builder: inout Builder
  ) -> Derivative {
    formula.applied(to: self, operands: operands, result: result, in: &builder)
  }

  /// Returns the value with the mask applied.
  func chosen(in builder: inout Builder) -> Value {
    let elements = ofWholeArray(in: &builder)
    guard let whole = mask.whole else { return elements.value }
    return builder.choose(whole, elements.value)
  }

  /// Returns the derivative without a mask that differs from element to element: what is not a matter
  /// of single elements takes the choice as it is. What the mask says of all elements stays.
  func ofWholeArray(in builder: inout Builder) -> Derivative {
    guard let elements = mask.elements else { return self }
    return Derivative(value: builder.choose(elements, value), mask: Mask(whole: mask.whole))
  }

  /// Returns the derivative without conditions that always hold, and 0 where one never does.
  private func settled(in builder: inout Builder) -> Derivative {
    var settled = self
    for path in [\Mask.whole, \Mask.elements] {
      guard let known = mask[keyPath: path].flatMap(builder.function.constant) else { continue }
      if known == 0 { return Derivative(value: builder.constant(0, like: value)) }
      settled.mask[keyPath: path] = nil
    }
    return settled
  }
}

/// The condition under which a derivative counts, in two parts: the first passes through operations
/// on whole arrays, the second only through those on single elements.
struct Mask: Hashable {
  /// The condition for all elements; nil when there is none.
  var whole: Value?
  /// The condition of each element; nil when there is none.
  var elements: Value?

  /// Returns the mask of what counts where `condition` holds too.
  func and(_ condition: Value, in builder: inout Builder) -> Mask {
    var mask = self
    let single = builder.single(condition)
    if builder.shape(of: single).isScalar {
      mask.whole = whole.map { builder.append(.and, $0, single) } ?? single
    } else {
      mask.elements = elements.map { builder.append(.and, $0, single) } ?? single
    }
    return mask
  }

  /// Returns the mask of a sum: each part of it where both terms have one.
  func or(_ other: Mask, in builder: inout Builder) -> Mask {
    var mask = Mask()
    if let a = whole, let b = other.whole { mask.whole = builder.append(.or, a, b) }
    if let a = elements, let b = other.elements { mask.elements = builder.append(.or, a, b) }
    return mask
  }
}

extension Function {
  /// Returns a condition on constants, such as that an exponent written as 2 is not 0, as a number; nil where
  /// it depends on more. It is such a constant itself where instructions are simplified as they are made.
  fileprivate func decided(_ condition: Value, depth: Int = 4) -> Double? {
    if let number = constant(condition) { return number }
    guard depth > 0, type(of: condition).isBoolean,
      let instruction = instruction(defining: condition)
    else { return nil }
    if instruction.op == .broadcast {
      return decided(operand(0, of: instruction), depth: depth - 1)
    }
    guard instruction.op.isOperation, !instruction.op.isArrayOperation else { return nil }
    var numbers: [Double] = []
    for operand in operands(of: instruction) {
      guard let number = decided(operand, depth: depth - 1) else { return nil }
      numbers.append(number)
    }
    return instruction.op.evaluated(numbers)
  }
}

extension Builder {
  /// Returns the condition that a stretched one repeats.
  fileprivate func single(_ condition: Value) -> Value {
    guard let instruction = function.instruction(defining: condition), instruction.op == .broadcast
    else { return condition }
    let operand = function.operand(0, of: instruction)
    return function.type(of: operand).isScalar ? operand : condition
  }

  /// Returns `value` where `condition` holds, and 0 elsewhere.
  fileprivate mutating func choose(_ condition: Value, _ value: Value) -> Value {
    let stretched = broadcast(condition, to: shape(of: value))
    return append(.select, stretched, value, constant(0, like: value))
  }
}

extension Formula {
  /// Returns what the formula gives for a derivative; a choice against zero becomes its mask.
  func applied(
    to derivative: Derivative, operands: [Value], result: Value, in builder: inout Builder
  ) -> Derivative {
    switch self {
    case .apply(.select, let choice) where choice[2] == .number(0):
      let mask = choice[0].instantiated(operands: operands, result: result, in: &builder)
      return choice[1].applied(to: derivative, operands: operands, result: result, in: &builder)
        .masked(by: mask, in: &builder)
    case .apply(.select, let choice) where choice[1] == .number(0):
      let condition = choice[0].instantiated(operands: operands, result: result, in: &builder)
      return choice[2].applied(to: derivative, operands: operands, result: result, in: &builder)
        .masked(by: builder.append(.not, builder.single(condition)), in: &builder)
    default:
      let value = instantiated(
        operands: operands, result: result, adjoint: derivative.value, in: &builder)
      return Derivative(value: value, mask: derivative.mask)
    }
  }
}
