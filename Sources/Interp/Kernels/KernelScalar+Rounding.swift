extension KernelScalar {
  /// Returns the nearest whole numbers, even ones where two are as near.
  ///
  /// Adding the least number without fraction rounds to a whole one; larger numbers and NaN stay as
  /// they are. The least x86-64 has no instruction for it.
  @inline(__always)
  static func round(_ a: SIMD8<Self>) -> SIMD8<Self> {
    let limit = SIMD8(repeating: leastWithoutFraction)
    let size = magnitude(a)
    let whole = magnitude((size + limit) - limit, signOf: a)
    return choose(less(size, limit), whole, a)
  }

  /// Returns the greatest whole numbers that are not greater.
  @inline(__always)
  static func floor(_ a: SIMD8<Self>) -> SIMD8<Self> {
    let nearest = round(a)
    let one = SIMD8<Self>(repeating: 1)
    return choose(less(a, nearest), nearest - one, nearest)
  }

  /// Returns the least whole numbers that are not less, -0 for those between -1 and 0.
  @inline(__always)
  static func ceil(_ a: SIMD8<Self>) -> SIMD8<Self> {
    let nearest = round(a)
    let one = SIMD8<Self>(repeating: 1)
    let above = magnitude(nearest + one, signOf: a)
    return choose(less(nearest, a), above, nearest)
  }
}
