/// A type of number that array kernels work on: Float64 or Float32.
///
/// Kernels are written once over this protocol and specialised for both types by the entry points
/// that callers see. What is a requirement here is so because the compiler turns it into single
/// instructions only where it knows the type: comparisons and choices of generic vectors become
/// loops over their lanes.
package protocol KernelScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// As many lanes as one register has on every platform: 16 bytes.
  associatedtype Lanes: SIMD where Lanes.Scalar == Self
  /// Which lanes of a `SIMD8` meet a condition.
  associatedtype Mask

  /// Returns `sum + a * b`, rounded after the product and after the sum.
  static func plusProduct(_ sum: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes
  /// Returns in each lane the sum plus the products of the factors with a row, one after the other.
  static func sumInOrder(
    _ sum: SIMD4<Self>, _ factors: SIMD4<Self>, _ r0: SIMD4<Self>, _ r1: SIMD4<Self>,
    _ r2: SIMD4<Self>, _ r3: SIMD4<Self>
  ) -> SIMD4<Self>
  /// Returns where `a` is less than `b`.
  static func less(_ a: SIMD8<Self>, _ b: SIMD8<Self>) -> Mask
  /// Returns where `a` is at most `b`.
  static func lessEqual(_ a: SIMD8<Self>, _ b: SIMD8<Self>) -> Mask
  /// Returns where `a` equals `b`.
  static func equal(_ a: SIMD8<Self>, _ b: SIMD8<Self>) -> Mask
  /// Returns `a` where the mask holds, and `b` elsewhere.
  static func choose(_ mask: Mask, _ a: SIMD8<Self>, _ b: SIMD8<Self>) -> SIMD8<Self>
  /// Returns the magnitudes of `a`.
  static func magnitude(_ a: SIMD8<Self>) -> SIMD8<Self>
  /// Returns the magnitudes of `a` with the signs of `sign`.
  static func magnitude(_ a: SIMD8<Self>, signOf sign: SIMD8<Self>) -> SIMD8<Self>
  /// The whole part of a number of this magnitude or a larger one is the number: 2^52 or 2^23.
  static var leastWithoutFraction: Self { get }
}

extension UnsafePointer where Pointee: KernelScalar {
  /// The numbers from here on, one in each lane.
  @inline(__always)
  var lanes: Pointee.Lanes { UnsafeRawPointer(self).loadUnaligned(as: Pointee.Lanes.self) }

  /// The four numbers from here on.
  @inline(__always)
  var four: SIMD4<Pointee> { UnsafeRawPointer(self).loadUnaligned(as: SIMD4<Pointee>.self) }

  /// The eight numbers from here on.
  @inline(__always)
  var eight: SIMD8<Pointee> { UnsafeRawPointer(self).loadUnaligned(as: SIMD8<Pointee>.self) }
}

extension UnsafeMutablePointer where Pointee: KernelScalar {
  /// Writes the lanes from here on.
  @inline(__always)
  func store(_ lanes: Pointee.Lanes) {
    UnsafeMutableRawPointer(self).storeBytes(of: lanes, as: Pointee.Lanes.self)
  }

  /// Writes the four numbers from here on.
  @inline(__always)
  func store(_ four: SIMD4<Pointee>) {
    UnsafeMutableRawPointer(self).storeBytes(of: four, as: SIMD4<Pointee>.self)
  }

  /// Writes the eight numbers from here on.
  @inline(__always)
  func store(_ eight: SIMD8<Pointee>) {
    UnsafeMutableRawPointer(self).storeBytes(of: eight, as: SIMD8<Pointee>.self)
  }
}
