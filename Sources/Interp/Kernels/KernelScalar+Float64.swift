extension Double: KernelScalar {
  package typealias Lanes = SIMD2<Double>
  package typealias Mask = SIMDMask<SIMD8<Int64>>

  @inline(__always)
  package static func plusProduct(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes { sum + a * b }

  @inline(__always)
  package static func sumInOrder(
    _ sum: SIMD4<Double>, _ factors: SIMD4<Double>, _ r0: SIMD4<Double>, _ r1: SIMD4<Double>,
    _ r2: SIMD4<Double>, _ r3: SIMD4<Double>
  ) -> SIMD4<Double> {
    let first = sum + factors[0] * SIMD4(r0[0], r1[0], r2[0], r3[0])
    let second = first + factors[1] * SIMD4(r0[1], r1[1], r2[1], r3[1])
    let third = second + factors[2] * SIMD4(r0[2], r1[2], r2[2], r3[2])
    return third + factors[3] * SIMD4(r0[3], r1[3], r2[3], r3[3])
  }

  @inline(__always)
  package static func less(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> Mask { a .< b }

  @inline(__always)
  package static func lessEqual(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> Mask { a .<= b }

  @inline(__always)
  package static func equal(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> Mask { a .== b }

  @inline(__always)
  package static func choose(
    _ mask: Mask, _ a: SIMD8<Double>, _ b: SIMD8<Double>
  ) -> SIMD8<Double> { b.replacing(with: a, where: mask) }

  @inline(__always)
  package static func magnitude(_ a: SIMD8<Double>) -> SIMD8<Double> {
    let bits = unsafeBitCast(a, to: SIMD8<UInt64>.self)
    return unsafeBitCast(bits & ~signBits, to: SIMD8<Double>.self)
  }

  @inline(__always)
  package static func magnitude(
    _ a: SIMD8<Double>, signOf sign: SIMD8<Double>
  ) -> SIMD8<Double> {
    let bits = unsafeBitCast(a, to: SIMD8<UInt64>.self) & ~signBits
    let signs = unsafeBitCast(sign, to: SIMD8<UInt64>.self) & signBits
    return unsafeBitCast(bits | signs, to: SIMD8<Double>.self)
  }

  @inline(__always)
  package static var leastWithoutFraction: Double { 0x1p52 }

  @inline(__always)
  private static var signBits: SIMD8<UInt64> { SIMD8(repeating: 1 << 63) }
}
