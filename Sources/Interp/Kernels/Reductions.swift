/// A walk along the middle axis of an array: [outer, count, inner], dense and row by row.
///
/// The results have the shape [outer, inner], those of cumulative sums the shape of the operand.
package struct AxisShape: Sendable {
  /// The product of the sizes before the axis.
  package let outer: Int
  /// The size of the axis.
  package let count: Int
  /// The product of the sizes after the axis.
  package let inner: Int

  /// Creates the shape of the sizes.
  package init(outer: Int, count: Int, inner: Int) {
    self.outer = outer
    self.count = count
    self.inner = inner
  }

  /// Calls `one` with the number of each result and the first element of its sequence, or `eight`
  /// for eight neighbours together.
  @inline(__always)
  func forEachSequence<Scalar: KernelScalar>(
    _ source: UnsafePointer<Scalar>, eight: (Int, UnsafePointer<Scalar>) -> Void,
    one: (Int, UnsafePointer<Scalar>) -> Void
  ) {
    for block in 0..<outer {
      let start = source + block &* count &* inner
      var lane = 0
      while lane &+ 8 <= inner {
        eight(block &* inner &+ lane, start + lane)
        lane &+= 8
      }
      while lane < inner {
        one(block &* inner &+ lane, start + lane)
        lane &+= 1
      }
    }
  }
}

// MARK: Sums

/// Writes the sums along the axis.
///
/// Element i is added to partial sum i mod 8, each of which starts at +0, and the result is
/// ((p0 + p1) + (p2 + p3)) + ((p4 + p5) + (p6 + p7)). So the sum of nothing is +0, the sum of one
/// element is that element, and zeros of either sign have the sum +0.
package func sum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>, _ shape: AxisShape
) { writeSums(target, source, shape) }

/// Writes the sums along the axis in the same order for Float32.
package func sum(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ shape: AxisShape
) { writeSums(target, source, shape) }

@inline(__always)
private func writeSums<Scalar: KernelScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ shape: AxisShape
) {
  let count = shape.count
  let inner = shape.inner
  if inner == 1 {
    for index in 0..<shape.outer { target[index] = sumOfRun(source + index &* count, count) }
    return
  }
  shape.forEachSequence(source) { index, start in
    (target + index).store(sumsOfEight(start, count, inner))
  } one: { index, start in
    target[index] = sumOfColumn(start, count, inner)
  }
}

/// Returns the partial sums combined as the fixed tree.
@inline(__always)
private func combined<Scalar: KernelScalar>(_ p: SIMD8<Scalar>) -> Scalar {
  ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
}

/// Returns the sum of neighbours: the partial sums are the lanes.
@inline(__always)
private func sumOfRun<Scalar: KernelScalar>(_ source: UnsafePointer<Scalar>, _ count: Int) -> Scalar
{
  var partials = SIMD8<Scalar>(repeating: 0)
  var index = 0
  while index &+ 8 <= count {
    partials += (source + index).eight
    index &+= 8
  }
  for lane in 0..<(count &- index) { partials[lane] += source[index &+ lane] }
  return combined(partials)
}

/// Returns the sum of elements that are `stride` apart.
@inline(__always)
private func sumOfColumn<Scalar: KernelScalar>(
  _ source: UnsafePointer<Scalar>, _ count: Int, _ stride: Int
) -> Scalar {
  var partials = SIMD8<Scalar>(repeating: 0)
  var next = source
  for _ in 0..<(count >> 3) {
    let two = next + 2 &* stride
    let four = next + 4 &* stride
    let six = four + 2 &* stride
    partials += SIMD8(
      next[0], next[stride], two[0], two[stride], four[0], four[stride], six[0], six[stride])
    next += 8 &* stride
  }
  for lane in 0..<(count & 7) {
    partials[lane] += next.pointee
    next += stride
  }
  return combined(partials)
}

/// Returns the sums of eight neighbouring columns. One partial sum of all columns is computed after
/// the other, in registers, and each element is read once.
@inline(__always)
private func sumsOfEight<Scalar: KernelScalar>(
  _ source: UnsafePointer<Scalar>, _ count: Int, _ stride: Int
) -> SIMD8<Scalar> {
  func partial(_ number: Int) -> SIMD8<Scalar> {
    var sum = SIMD8<Scalar>(repeating: 0)
    var index = number
    var next = source + number &* stride
    while index < count {
      sum += next.eight
      next += 8 &* stride
      index &+= 8
    }
    return sum
  }
  let first = (partial(0) + partial(1)) + (partial(2) + partial(3))
  return first + ((partial(4) + partial(5)) + (partial(6) + partial(7)))
}
