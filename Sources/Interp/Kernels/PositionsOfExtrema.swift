/// Writes the places of the greatest elements along the axis: the first of equals, or the first NaN.
/// The axis has at least one element; if it has none, the places are 0.
package func positionOfMaximum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>, _ shape: AxisShape
) { writePositions(Upper.self, target, source, shape) }

/// Writes the places of the greatest elements along the axis in the same way for Float32.
package func positionOfMaximum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Float>, _ shape: AxisShape
) { writePositions(Upper.self, target, source, shape) }

/// Writes the places of the least elements along the axis: the first of equals, or the first NaN.
/// The axis has at least one element; if it has none, the places are 0.
package func positionOfMinimum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>, _ shape: AxisShape
) { writePositions(Lower.self, target, source, shape) }

/// Writes the places of the least elements along the axis in the same way for Float32.
package func positionOfMinimum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Float>, _ shape: AxisShape
) { writePositions(Lower.self, target, source, shape) }

@inline(__always)
private func writePositions<End: Extremum, Scalar: KernelScalar>(
  _: End.Type, _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Scalar>,
  _ shape: AxisShape
) {
  let count = shape.count
  let inner = shape.inner
  if inner == 1 {
    for index in 0..<shape.outer {
      let start = source + index &* count
      let best = extremumOfRun(End.self, start, count)
      target[index] = firstPosition(of: best, start, count, 1)
    }
    return
  }
  shape.forEachSequence(source) { index, start in
    writePositionsOfEight(End.self, target + index, start, count, inner)
  } one: { index, start in
    var best: Scalar = End.start()
    for k in 0..<count { best = End.choice(best, start[k &* inner]) }
    target[index] = firstPosition(of: best, start, count, inner)
  }
}

/// Returns the first place of the extremum, which is found before: two simple walks are faster than
/// one that keeps places.
@inline(__always)
private func firstPosition<Scalar: KernelScalar>(
  of best: Scalar, _ source: UnsafePointer<Scalar>, _ count: Int, _ stride: Int
) -> Double {
  for index in 0..<count {
    let element = source[index &* stride]
    if element == best || element != element { return Double(index) }
  }
  return 0
}

/// Writes the places in eight neighbouring columns. Going back, the first that fits is kept last.
/// Places are counted in the type of the elements, which holds the whole numbers up to 2^24.
@inline(__always)
private func writePositionsOfEight<End: Extremum, Scalar: KernelScalar>(
  _: End.Type, _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Scalar>,
  _ count: Int, _ stride: Int
) {
  var best = SIMD8<Scalar>(repeating: End.start())
  for k in 0..<count { best = End.choice(best, (source + k &* stride).eight) }
  guard count < 1 << 24 else {
    for lane in 0..<8 { target[lane] = firstPosition(of: best[lane], source + lane, count, stride) }
    return
  }
  var places = SIMD8<Scalar>(repeating: 0)
  var place = SIMD8(repeating: Scalar(count))
  var row = source + count &* stride
  for _ in 0..<count {
    row -= stride
    place -= SIMD8(repeating: 1)
    let elements = row.eight
    places = Scalar.choose(Scalar.equal(elements, best), place, places)
    places = Scalar.choose(Scalar.equal(elements, elements), places, place)
  }
  for lane in 0..<8 { target[lane] = Double(places[lane]) }
}
