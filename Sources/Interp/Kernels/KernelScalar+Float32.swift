extension Float: KernelScalar {
  package typealias Lanes = SIMD4<Float>
  package typealias Mask = SIMDMask<SIMD8<Int32>>

  @inline(__always)
  package static func plusProduct(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes { sum + a * b }

  @inline(__always)
  package static func sumInOrder(
    _ sum: SIMD4<Float>, _ factors: SIMD4<Float>, _ r0: SIMD4<Float>, _ r1: SIMD4<Float>,
    _ r2: SIMD4<Float>, _ r3: SIMD4<Float>
  ) -> SIMD4<Float> {
    let first = sum + factors[0] * SIMD4(r0[0], r1[0], r2[0], r3[0])
    let second = first + factors[1] * SIMD4(r0[1], r1[1], r2[1], r3[1])
    let third = second + factors[2] * SIMD4(r0[2], r1[2], r2[2], r3[2])
    return third + factors[3] * SIMD4(r0[3], r1[3], r2[3], r3[3])
  }

  @inline(__always)
  package static func less(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> Mask { a .< b }

  @inline(__always)
  package static func lessEqual(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> Mask { a .<= b }

  @inline(__always)
  package static func equal(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> Mask { a .== b }

  @inline(__always)
  package static func choose(
    _ mask: Mask, _ a: SIMD8<Float>, _ b: SIMD8<Float>
  ) -> SIMD8<Float> { b.replacing(with: a, where: mask) }

  @inline(__always)
  package static func magnitude(_ a: SIMD8<Float>) -> SIMD8<Float> {
    let bits = unsafeBitCast(a, to: SIMD8<UInt32>.self)
    return unsafeBitCast(bits & ~signBits, to: SIMD8<Float>.self)
  }

  @inline(__always)
  package static func magnitude(_ a: SIMD8<Float>, signOf sign: SIMD8<Float>) -> SIMD8<Float> {
    let bits = unsafeBitCast(a, to: SIMD8<UInt32>.self) & ~signBits
    let signs = unsafeBitCast(sign, to: SIMD8<UInt32>.self) & signBits
    return unsafeBitCast(bits | signs, to: SIMD8<Float>.self)
  }

  @inline(__always)
  package static var leastWithoutFraction: Float { 0x1p23 }

  @inline(__always)
  private static var signBits: SIMD8<UInt32> { SIMD8(repeating: 1 << 31) }
}
