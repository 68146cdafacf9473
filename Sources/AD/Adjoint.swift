import BPIR

/// The derivative of the result with respect to a value, as far as it has been summed up.
///
/// With a mask it stands for `value` where the mask holds and for 0 elsewhere. It is pulled back
/// unmasked through the operations before it, and the choice is made only where it meets a
/// contribution under another mask: so nothing that an arm not taken gives, NaN and infinities
/// included, gets out of that arm.
struct Adjoint {
  /// The value where the mask holds.
  var value: Value
  /// The condition under which it counts; nil when it always does.
  var mask: Value?

  /// Returns the sum of this and `other`.
  func plus(_ other: Adjoint, in builder: inout Builder) -> Adjoint {
    if mask == other.mask {
      return Adjoint(value: builder.append(.add, value, other.value), mask: mask)
    }
    let sum = builder.append(.add, chosen(in: &builder), other.chosen(in: &builder))
    guard let mask, let otherMask = other.mask else { return Adjoint(value: sum) }
    return Adjoint(value: sum).masked(by: builder.append(.or, mask, otherMask), in: &builder)
  }

  /// Returns the adjoint where `condition`, if there is one, holds too.
  func masked(by condition: Value?, in builder: inout Builder) -> Adjoint {
    guard let condition else { return self }
    let both = mask.map { builder.append(.and, $0, condition) } ?? condition
    guard let known = builder.function.constant(both) else { return Adjoint(value: value, mask: both) }
    return Adjoint(value: known != 0 ? value : builder.constant(0))
  }

  /// Returns the value with the mask applied.
  func chosen(in builder: inout Builder) -> Value {
    guard let mask else { return value }
    return builder.append(.select, mask, value, builder.constant(0))
  }
}
