import BPIR

/// How a loop or a call hands a derivative on: its value and, where it says so, when it counts.
struct CarriedDerivative: Hashable {
  let type: ValueType
  /// Whether it says when it counts.
  var isMasked = false

  /// How many values stand for it.
  var count: Int { isMasked ? 2 : 1 }

  /// Returns what stands for `derivative`; nil is zero, and counts never.
  func values(_ derivative: Derivative?, in builder: inout Builder) -> [Value] {
    let zero = builder.constant(0, type)
    guard isMasked else { return [derivative?.chosen(in: &builder) ?? zero] }
    guard let derivative = derivative?.ofWholeArray(in: &builder) else {
      return [zero, builder.constant(0, .boolean)]
    }
    return [derivative.value, derivative.mask.whole ?? builder.constant(1, .boolean)]
  }

  /// Returns the derivative whose values stand first in `values`, which it leaves without them.
  func taken(from values: inout ArraySlice<Value>) -> Derivative {
    let value = values.removeFirst()
    return Derivative(value: value, mask: Mask(whole: isMasked ? values.removeFirst() : nil))
  }
}
