import BPIR

/// Writes `op` of the first `count` elements of `a`, `b` and `c`: the values and, NaNs aside, the
/// bits of `kernel(_:_:_:_:)`, and the square too. Conditions are 1 and 0.
///
/// The target may be an operand, but overlaps none otherwise. Operands that the operation does not
/// have are not read and may be any pointers.
package func runTile(
  _ op: Op, _ target: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>,
  _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>, _ count: Int
) {
  if writeVectors(op, target, a, b, c, count) { return }
  let second = op.hasSecondOperand ? b : a
  for index in 0..<count { target[index] = kernel(op, a[index], second[index], 0) }
}

/// Writes `op` of the first `count` elements of `a`, `b` and `c` in the same way for Float32: what
/// IEEE 754 rounds correctly in Float32, and all else in Float64, which is then rounded.
package func runTile(
  _ op: Op, _ target: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>,
  _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>, _ count: Int
) {
  if writeVectors(op, target, a, b, c, count) { return }
  let second = op.hasSecondOperand ? b : a
  for index in 0..<count {
    target[index] = Float(kernel(op, Double(a[index]), Double(second[index]), 0))
  }
}

extension Op {
  /// Whether the operation, which is none that is computed eight at a time, has two operands: said here,
  /// since for a few elements to look it up takes longer than they do.
  var hasSecondOperand: Bool {
    switch self {
    case .modulo, .fmod, .power, .integerPower, .atan2, .hypot, .polygamma, .sincDerivative: true
    default: false
    }
  }
}

/// Writes the operation when eight elements are computed together, and returns whether it did.
@inline(__always)
private func writeVectors<Scalar: KernelScalar>(
  _ op: Op, _ target: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>,
  _ b: UnsafePointer<Scalar>, _ c: UnsafePointer<Scalar>, _ count: Int
) -> Bool {
  typealias Eight = SIMD8<Scalar>
  let zero = Eight(repeating: 0)
  let one = Eight(repeating: 1)
  switch op {
  case .add: map(target, a, b, count) { $0 + $1 }
  case .subtract: map(target, a, b, count) { $0 - $1 }
  case .multiply, .and: map(target, a, b, count) { $0 * $1 }
  case .divide: map(target, a, b, count) { $0 / $1 }
  case .equal: map(target, a, b, count) { Scalar.choose(Scalar.equal($0, $1), one, zero) }
  case .notEqual: map(target, a, b, count) { Scalar.choose(Scalar.equal($0, $1), zero, one) }
  case .less: map(target, a, b, count) { Scalar.choose(Scalar.less($0, $1), one, zero) }
  case .lessEqual: map(target, a, b, count) { Scalar.choose(Scalar.lessEqual($0, $1), one, zero) }
  case .greater: map(target, a, b, count) { Scalar.choose(Scalar.less($1, $0), one, zero) }
  case .greaterEqual:
    map(target, a, b, count) { Scalar.choose(Scalar.lessEqual($1, $0), one, zero) }
  case .or: map(target, a, b, count) { Scalar.choose(Scalar.lessEqual($0, $1), $1, $0) }
  case .minimum: map(target, a, b, count) { choice($0, $1, Scalar.less($0, $1)) }
  case .maximum: map(target, a, b, count) { choice($0, $1, Scalar.less($1, $0)) }
  case .select: select(target, a, b, c, count)
  case .real: map(target, a, count) { $0 + zero }
  // A product with -1 changes the sign of zeros too.
  case .negate: map(target, a, count) { $0 * -one }
  case .square: map(target, a, count) { $0 * $0 }
  case .not: map(target, a, count) { one - $0 }
  case .abs: map(target, a, count) { Scalar.magnitude($0) }
  case .floor: map(target, a, count) { Scalar.floor($0) }
  case .ceil: map(target, a, count) { Scalar.ceil($0) }
  case .round: map(target, a, count) { Scalar.round($0) }
  // The compiler has a root for one number only.
  case .sqrt: for index in 0..<count { target[index] = a[index].squareRoot() }
  default: return false
  }
  return true
}

// MARK: Loops

/// Each block of operands is read before its results are written, so the target may be an operand,
/// and no test for overlap is needed. Of the elements that are left over each is computed in all
/// lanes, which the compiler reduces to the one that is used.
@inline(__always)
private func map<Scalar: KernelScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ count: Int,
  _ operation: (SIMD8<Scalar>) -> SIMD8<Scalar>
) {
  var index = 0
  while index &+ 8 <= count {
    (target + index).store(operation((a + index).eight))
    index &+= 8
  }
  while index < count {
    target[index] = operation(SIMD8(repeating: a[index]))[0]
    index &+= 1
  }
}

@inline(__always)
private func map<Scalar: KernelScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>,
  _ count: Int, _ operation: (SIMD8<Scalar>, SIMD8<Scalar>) -> SIMD8<Scalar>
) {
  var index = 0
  while index &+ 8 <= count {
    (target + index).store(operation((a + index).eight, (b + index).eight))
    index &+= 8
  }
  while index < count {
    target[index] = operation(SIMD8(repeating: a[index]), SIMD8(repeating: b[index]))[0]
    index &+= 1
  }
}

@inline(__always)
private func select<Scalar: KernelScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ condition: UnsafePointer<Scalar>,
  _ b: UnsafePointer<Scalar>, _ c: UnsafePointer<Scalar>, _ count: Int
) {
  let zero = SIMD8<Scalar>(repeating: 0)
  var index = 0
  while index &+ 8 <= count {
    let isFalse = Scalar.equal((condition + index).eight, zero)
    (target + index).store(Scalar.choose(isFalse, (c + index).eight, (b + index).eight))
    index &+= 8
  }
  while index < count {
    target[index] = condition[index] != 0 ? b[index] : c[index]
    index &+= 1
  }
}

/// Returns `a` where it is preferred or NaN, and `b` elsewhere.
@inline(__always)
private func choice<Scalar: KernelScalar>(
  _ a: SIMD8<Scalar>, _ b: SIMD8<Scalar>, _ isPreferred: Scalar.Mask
) -> SIMD8<Scalar> {
  Scalar.choose(Scalar.equal(a, a), Scalar.choose(isPreferred, a, b), a)
}
