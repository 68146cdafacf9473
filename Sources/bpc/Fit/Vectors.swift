// Lists of numbers as vectors.

/// Returns the inner product of two vectors.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
  return sum
}

extension [Double] {
  /// Adds `factor` times `other`.
  mutating func add(_ factor: Double, times other: [Double]) {
    for index in 0..<Swift.min(count, other.count) { self[index] += factor * other[index] }
  }

  /// Multiplies every number by `factor`.
  mutating func scale(by factor: Double) {
    for index in indices { self[index] *= factor }
  }

  /// Whether every number is finite.
  var areFinite: Bool {
    // What is finite times zero is zero; anything else is NaN, and stays it.
    var sum = 0.0
    for number in self { sum += 0 * number }
    return sum == 0
  }

  /// The largest magnitude, 0 where there are no numbers.
  var largestMagnitude: Double {
    var largest = 0.0
    for number in self { largest = Swift.max(largest, number.magnitude) }
    return largest
  }
}
