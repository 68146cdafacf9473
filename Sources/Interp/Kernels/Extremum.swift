/// Which end of the order is looked for.
protocol Extremum {
  /// Whether the end is the upper one.
  static var isUpper: Bool { get }
}

/// The upper end.
enum Upper: Extremum {
  /// Whether the end is the upper one.
  @inline(__always) static var isUpper: Bool { true }
}

/// The lower end.
enum Lower: Extremum {
  /// Whether the end is the upper one.
  @inline(__always) static var isUpper: Bool { false }
}

extension Extremum {
  /// The extremum of nothing.
  @inline(__always)
  static func start<Scalar: KernelScalar>() -> Scalar { isUpper ? -.infinity : .infinity }

  /// Where `a` is nearer to the end than `b`.
  @inline(__always)
  static func precedes<Scalar: KernelScalar>(
    _ a: SIMD8<Scalar>, _ b: SIMD8<Scalar>
  ) -> Scalar.Mask { isUpper ? Scalar.less(b, a) : Scalar.less(a, b) }

  /// Returns in each lane the element nearer to the end: that of `b` of equals, NaN where one is NaN.
  @inline(__always)
  static func choice<Scalar: KernelScalar>(
    _ a: SIMD8<Scalar>, _ b: SIMD8<Scalar>
  ) -> SIMD8<Scalar> {
    Scalar.choose(Scalar.equal(a, a), Scalar.choose(precedes(a, b), a, b), a)
  }

  /// Returns the same for two numbers, computed without branches, which would be guessed wrong.
  @inline(__always)
  static func choice<Scalar: KernelScalar>(_ a: Scalar, _ b: Scalar) -> Scalar {
    choice(SIMD8(repeating: a), SIMD8(repeating: b))[0]
  }

  /// Returns the extremum of the lanes.
  @inline(__always)
  static func choice<Scalar: KernelScalar>(of lanes: SIMD8<Scalar>) -> Scalar {
    let four = choice(lanes, SIMD8(lowHalf: lanes.highHalf, highHalf: lanes.highHalf)).lowHalf
    let two = choice(
      SIMD8(lowHalf: four, highHalf: four),
      SIMD8(lowHalf: SIMD4(four[2], four[3], four[2], four[3]), highHalf: four))
    return choice(two[0], two[1])
  }
}
