import BPIR

// Products and norms along the middle axis of an array, sequence by sequence.

/// Writes the product of each sequence, from the first element on.
func writeProducts<Scalar: MachineScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ axis: AxisShape
) {
  forEachSequence(axis) { result, start in
    var product: Scalar = 1
    for index in 0..<axis.count { product *= source[start &+ index &* axis.inner] }
    target[result] = product
  }
}

/// Writes the Euclidean norm of each sequence; where the squares leave the range of numbers, of the
/// sequence times a power of two, which loses nothing.
func writeNorms<Scalar: MachineScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ axis: AxisShape
) {
  forEachSequence(axis) { result, start in
    func sumOfSquares(_ scale: Scalar) -> Scalar {
      var partials = SIMD8<Scalar>()
      for index in 0..<axis.count {
        let x = source[start &+ index &* axis.inner] * scale
        partials[index & 7] += x * x
      }
      let (a, b) = (partials[0] + partials[1], partials[2] + partials[3])
      let (c, d) = (partials[4] + partials[5], partials[6] + partials[7])
      return (a + b) + (c + d)
    }
    let square = sumOfSquares(1)
    if square >= Scalar.leastScaledNorm, square < .infinity {
      target[result] = square.squareRoot()
      return
    }
    var largest: Scalar = 0
    for index in 0..<axis.count {
      let magnitude = source[start &+ index &* axis.inner].magnitude
      largest = magnitude > largest || magnitude.isNaN ? magnitude : largest
    }
    guard largest > 0, largest < .infinity else {
      target[result] = square.isNaN ? .nan : largest
      return
    }
    // Up to the middle of the range, so that no scale is itself out of it.
    let exponent = -largest.exponent
    let first = Scalar(sign: .plus, exponent: exponent / 2, significand: 1)
    let second = Scalar(sign: .plus, exponent: exponent - exponent / 2, significand: 1)
    target[result] = scaledNorm(source + start, axis, first, second)
  }
}

private func scaledNorm<Scalar: MachineScalar>(
  _ source: UnsafePointer<Scalar>, _ axis: AxisShape, _ first: Scalar, _ second: Scalar
) -> Scalar {
  var sum: Scalar = 0
  for index in 0..<axis.count {
    let x = source[index &* axis.inner] * first * second
    sum += x * x
  }
  return sum.squareRoot() / first / second
}

extension MachineScalar {
  /// Below this sum the squares of some elements may have lost digits.
  static var leastScaledNorm: Self { leastNormalMagnitude / ulpOfOne / ulpOfOne }
}

/// Returns how many numbers the products of others need besides operands and results.
func productsOfOthersScratch(operandCount: Int, _ axis: AxisShape) -> Int {
  (1 << (operandCount - 1)) * (axis.count + 2)
}

/// Writes for each element of a sequence the product of the others; with further operands the sum of
/// the products in which each of these takes the place of one factor.
///
/// The products of what stands before an element and of what stands after it, for each choice of the
/// further operands that took a place there: the coefficients of a polynomial in one variable for each
/// of them, without squares.
///
/// - Parameter scratch: memory for `productsOfOthersScratch` numbers.
func writeProductsOfOthers<Scalar: MachineScalar>(
  _ target: UnsafeMutablePointer<Scalar>, _ sources: [UnsafePointer<Scalar>], _ axis: AxisShape,
  scratch before: UnsafeMutablePointer<Scalar>
) {
  let choices = 1 << (sources.count - 1)
  let after = before + choices * (axis.count + 1)
  /// Multiplies the polynomial from `old` by the factors of an element into `new`.
  func multiply(_ old: Int, _ new: Int, _ buffer: UnsafeMutablePointer<Scalar>, _ place: Int) {
    // From the largest choice down, since a choice reads only smaller ones.
    for choice in (0..<choices).reversed() {
      var value = buffer[old + choice] * sources[0][place]
      for further in 1..<max(1, sources.count) where choice & (1 << (further - 1)) != 0 {
        value += buffer[old + choice & ~(1 << (further - 1))] * sources[further][place]
      }
      buffer[new + choice] = value
    }
  }
  forEachSequence(axis) { _, start in
    for choice in 0..<choices { before[choice] = choice == 0 ? 1 : 0 }
    for choice in 0..<choices { after[choice] = choice == 0 ? 1 : 0 }
    for index in 0..<axis.count {
      multiply(index * choices, (index + 1) * choices, before, start &+ index &* axis.inner)
    }
    for index in (0..<axis.count).reversed() {
      let place = start &+ index &* axis.inner
      var sum: Scalar = 0
      for choice in 0..<choices {
        sum += before[index * choices + choice] * after[choices - 1 - choice]
      }
      target[place] = sum
      multiply(0, 0, after, place)
    }
  }
}

/// Writes the places of the extreme elements as Float32.
func writePositions(
  _ op: Op, _ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>,
  _ axis: AxisShape
) {
  withUnsafeTemporaryAllocation(of: Double.self, capacity: axis.outer * axis.inner) { places in
    guard let base = places.baseAddress else { return }
    if op == .argmax {
      positionOfMaximum(base, source, axis)
    } else {
      positionOfMinimum(base, source, axis)
    }
    for index in 0..<axis.outer * axis.inner { target[index] = Float(base[index]) }
  }
}

/// Calls `body` with the number of each result and where its sequence starts.
@inline(__always)
private func forEachSequence(_ axis: AxisShape, _ body: (Int, Int) -> Void) {
  for outer in 0..<axis.outer {
    for inner in 0..<axis.inner {
      body(outer &* axis.inner &+ inner, outer &* axis.count &* axis.inner &+ inner)
    }
  }
}
