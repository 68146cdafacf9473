import BPIR

/// What the arms of a conditional give as the derivative of one value, each in its own region; nil
/// where an arm gives nothing.
struct ArmDerivatives {
  let then: Derivative?
  let otherwise: Derivative?
  /// The type of the value: where neither arm gives anything there is no other sign of it.
  let type: ValueType

  /// Whether the masks differ from run to run of the same arm.
  private var haveMasks: Bool { then?.mask.whole != nil || otherwise?.mask.whole != nil }

  /// Returns what the arms yield for it.
  func yields(in builder: inout Builder) -> (then: [Value], otherwise: [Value]) {
    func values(_ derivative: Derivative?) -> [Value] {
      let value = derivative?.value ?? builder.constant(0, type)
      guard haveMasks else { return [value] }
      let always = builder.constant(derivative == nil ? 0 : 1, .boolean)
      return [value, derivative?.mask.whole ?? always]
    }
    return (values(then), values(otherwise))
  }

  /// Returns it after the conditional, whose next results stand first in `results`.
  func joined(
    _ condition: Value, _ results: inout ArraySlice<Value>, in builder: inout Builder
  ) -> Derivative {
    let value = results.removeFirst()
    // What an arm that has none hands out is the empty stack.
    if builder.function.type(of: value).isStack { return Derivative(value: value) }
    if haveMasks { return Derivative(value: value, mask: Mask(whole: results.removeFirst())) }
    if otherwise == nil { return Derivative(value: value, mask: Mask(whole: condition)) }
    if then == nil {
      return Derivative(value: value, mask: Mask(whole: builder.append(.not, condition)))
    }
    return Derivative(value: value)
  }
}
