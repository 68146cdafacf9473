/// Writes the sums of the elements up to each along the axis, or, reversed, from each on; the first
/// of them is the element itself. The target may be the source.
package func cumulativeSum(
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafePointer<Double>, _ shape: AxisShape,
  reversed: Bool = false
) { writeCumulativeSums(target, source, shape, reversed) }

/// Writes the cumulative sums along the axis in the same way for Float32.
package func cumulativeSum(
  _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ shape: AxisShape,
  reversed: Bool = false
) { writeCumulativeSums(target, source, shape, reversed) }

@inline(__always)
private func writeCumulativeSums<Scalar: KernelScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ shape: AxisShape,
  _ reversed: Bool
) {
  guard shape.count > 0 else { return }
  let size = shape.count &* shape.inner
  let first = reversed ? size &- shape.inner : 0
  let step = reversed ? -shape.inner : shape.inner
  for block in 0..<shape.outer {
    let start = block &* size &+ first
    if shape.inner == 1 {
      accumulateRun(target + start, source + start, shape.count, step)
    } else {
      accumulateRows(target + start, source + start, shape, step)
    }
  }
}

/// Sums neighbours, which is as slow as the additions, each waiting for the one before.
@inline(__always)
private func accumulateRun<Scalar: KernelScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ count: Int, _ step: Int
) {
  var sum = source[0]
  target[0] = sum
  for index in 1..<max(1, count) {
    sum += source[index &* step]
    target[index &* step] = sum
  }
}

/// Sums rows, each the row before plus that of the source.
@inline(__always)
private func accumulateRows<Scalar: KernelScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ shape: AxisShape,
  _ step: Int
) {
  let inner = shape.inner
  if target != source {
    for lane in 0..<inner { target[lane] = source[lane] }
  }
  for k in 1..<max(1, shape.count) {
    let row = target + k &* step
    let before = UnsafePointer(row - step)
    let elements = source + k &* step
    var lane = 0
    while lane &+ 8 <= inner {
      (row + lane).store((before + lane).eight + (elements + lane).eight)
      lane &+= 8
    }
    while lane < inner {
      row[lane] = before[lane] + elements[lane]
      lane &+= 1
    }
  }
}
