/// Writes the greatest elements along the axis: -∞ for none, NaN where there is a NaN, and the last
/// of zeros of both signs, as `kernel(.maximum, …)` from the left gives it.
package func maximum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>, _ shape: AxisShape
) { writeExtrema(Upper.self, target, source, shape) }

/// Writes the greatest elements along the axis in the same way for Float32.
package func maximum(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ shape: AxisShape
) { writeExtrema(Upper.self, target, source, shape) }

/// Writes the least elements along the axis: ∞ for none, NaN where there is a NaN, and the last of
/// zeros of both signs, as `kernel(.minimum, …)` from the left gives it.
package func minimum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>, _ shape: AxisShape
) { writeExtrema(Lower.self, target, source, shape) }

/// Writes the least elements along the axis in the same way for Float32.
package func minimum(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ shape: AxisShape
) { writeExtrema(Lower.self, target, source, shape) }

@inline(__always)
private func writeExtrema<End: Extremum, Scalar: KernelScalar>(
  _: End.Type, _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>,
  _ shape: AxisShape
) {
  let count = shape.count
  let inner = shape.inner
  if inner == 1 {
    for index in 0..<shape.outer {
      target[index] = extremumOfRun(End.self, source + index &* count, count)
    }
    return
  }
  shape.forEachSequence(source) { index, start in
    var best = SIMD8<Scalar>(repeating: End.start())
    for k in 0..<count { best = End.choice(best, (start + k &* inner).eight) }
    (target + index).store(best)
  } one: { index, start in
    var best: Scalar = End.start()
    for k in 0..<count { best = End.choice(best, start[k &* inner]) }
    target[index] = best
  }
}

/// Returns the extremum of neighbours. Each lane meets every eighth element only, which makes a
/// difference for zeros, of which the last is looked for; a NaN ends up in some lane.
@inline(__always)
func extremumOfRun<End: Extremum, Scalar: KernelScalar>(
  _: End.Type, _ source: UnsafePointer<Scalar>, _ count: Int
) -> Scalar {
  var lanes = SIMD8<Scalar>(repeating: End.start())
  var others = lanes
  var index = 0
  while index &+ 16 <= count {
    lanes = End.choice(lanes, (source + index).eight)
    others = End.choice(others, (source + index + 8).eight)
    index &+= 16
  }
  if index &+ 8 <= count {
    lanes = End.choice(lanes, (source + index).eight)
    index &+= 8
  }
  var best = End.choice(of: End.choice(lanes, others))
  while index < count {
    best = End.choice(best, source[index])
    index &+= 1
  }
  while best == 0, index > 0 {
    index &-= 1
    if source[index] == 0 { return source[index] }
  }
  return best
}
