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
  /// The condition under which it counts; nil when it always does.
  var mask: Value?

  /// Returns the sum of this and `other`.
  func plus(_ other: Derivative, in builder: inout Builder) -> Derivative {
    if mask == other.mask {
      return Derivative(value: builder.append(.add, value, other.value), mask: mask)
    }
    let sum = builder.append(.add, chosen(in: &builder), other.chosen(in: &builder))
    guard let mask, let otherMask = other.mask else { return Derivative(value: sum) }
    let (a, b) = builder.ofOneShape(mask, otherMask)
    return Derivative(value: sum).masked(by: builder.append(.or, a, b), in: &builder)
  }

  /// Returns the adjoint where `condition`, if there is one, holds too.
  func masked(by condition: Value?, in builder: inout Builder) -> Derivative {
    guard let condition = condition.map(builder.single) else { return self }
    let both = mask.map { builder.both($0, condition) } ?? condition
    guard let known = builder.function.constant(both) else {
      return Derivative(value: value, mask: both)
    }
    return Derivative(value: known != 0 ? value : builder.constant(0, like: value))
  }

  /// Returns what `formula` gives for it.
  func scaled(
    _ formula: Formula, _ operands: [Value], _ result: Value, in builder: inout Builder
  ) -> Derivative {
    formula.applied(to: self, operands: operands, result: result, in: &builder)
  }

  /// Returns the value with the mask applied.
  func chosen(in builder: inout Builder) -> Value {
    guard let mask else { return value }
    let condition = builder.broadcast(mask, to: builder.shape(of: value))
    return builder.append(.select, condition, value, builder.constant(0, like: value))
  }
}

extension Derivative {
  /// Returns the derivative without a mask that differs from element to element: what is not a matter
  /// of single elements takes the choice as it is. What the mask says of all elements stays.
  func ofWholeArray(in builder: inout Builder) -> Derivative {
    guard let mask, !builder.shape(of: mask).isScalar else { return self }
    return Derivative(value: chosen(in: &builder), mask: builder.whole(mask))
  }

  /// Returns the derivative with what `transform` makes of its value.
  func map(_ transform: (Value) -> Value) -> Derivative {
    Derivative(value: transform(value), mask: mask)
  }
}

extension Builder {
  /// Returns the condition that a stretched one repeats: it passes through what works on whole arrays.
  fileprivate func single(_ condition: Value) -> Value {
    guard let instruction = function.instruction(defining: condition), instruction.op == .broadcast
    else { return condition }
    let operand = function.operand(0, of: instruction)
    return function.type(of: operand).isScalar ? operand : condition
  }

  /// Returns the condition without which no element of `mask` holds, or nil when none is known.
  fileprivate mutating func whole(_ mask: Value) -> Value? {
    let condition = single(mask)
    if shape(of: condition).isScalar { return condition }
    guard let instruction = function.instruction(defining: condition),
      instruction.op == .and || instruction.op == .or
    else { return nil }
    let parts = function.operands(of: instruction).map { whole($0) }
    guard let first = parts[0], let second = parts[1] else {
      return instruction.op == .and ? parts[0] ?? parts[1] : nil
    }
    return append(instruction.op, first, second)
  }

  /// Returns `a` and `b`, of which one may be a number, with one shape.
  fileprivate mutating func ofOneShape(_ a: Value, _ b: Value) -> (Value, Value) {
    let shape = shape(of: a).isScalar ? shape(of: b) : shape(of: a)
    return (broadcast(a, to: shape), broadcast(b, to: shape))
  }

  fileprivate mutating func both(_ a: Value, _ b: Value) -> Value {
    let (a, b) = ofOneShape(a, b)
    return append(.and, a, b)
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

/// What the arms of a conditional give as the derivative of one value, each in its own region; nil
/// where an arm gives nothing.
struct ArmDerivatives {
  let then: Derivative?
  let otherwise: Derivative?

  /// Whether the masks differ from run to run of the same arm.
  private var haveMasks: Bool { then?.mask != nil || otherwise?.mask != nil }

  /// Returns what the arms yield for it.
  func yields(in builder: inout Builder) -> (then: [Value], otherwise: [Value]) {
    func values(_ derivative: Derivative?) -> [Value] {
      let type = (then ?? otherwise).map { builder.function.type(of: $0.value) } ?? .real
      let value = derivative?.value ?? builder.constant(0, type)
      guard haveMasks else { return [value] }
      let always = builder.constant(derivative == nil ? 0 : 1, .boolean)
      return [value, derivative?.mask ?? always]
    }
    return (values(then), values(otherwise))
  }

  /// Returns it after the conditional, whose next results stand first in `results`.
  func joined(
    _ condition: Value, _ results: inout ArraySlice<Value>, in builder: inout Builder
  ) -> Derivative {
    let value = results.removeFirst()
    if haveMasks { return Derivative(value: value, mask: results.removeFirst()) }
    if otherwise == nil { return Derivative(value: value, mask: condition) }
    if then == nil { return Derivative(value: value, mask: builder.append(.not, condition)) }
    return Derivative(value: value)
  }
}
