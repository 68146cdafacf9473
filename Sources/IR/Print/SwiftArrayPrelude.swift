/// The functions on sequences of numbers that emitted files bring along. They compute what the
/// interpreter computes, to the last bit.
enum SwiftArrayPrelude {
  /// The sum, in the order that all sums have.
  static let sum = """
    /// Returns the sum of `count` numbers that are `stride` apart: number k is added to partial sum
    /// k mod 8, which loses fewer digits than one sum and keeps the processor busy.
    func sumOfElements(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Double {
      var p = SIMD8<Double>(repeating: 0)
      var next = x
      for _ in 0..<count / 8 {
        p += SIMD8(
          next[0], next[stride], next[2 * stride], next[3 * stride], next[4 * stride],
          next[5 * stride], next[6 * stride], next[7 * stride])
        next += 8 * stride
      }
      for k in 0..<count % 8 { p[k] += next[k * stride] }
      return ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
    }
    """

  /// The partial sums of a tile.
  static let addToPartials = """
    /// Adds element k of `x` to partial sum k mod 8.
    func addElements(
      _ x: UnsafePointer<Double>, count: Int, to partials: UnsafeMutablePointer<Double>
    ) {
      var p = UnsafeRawPointer(partials).loadUnaligned(as: SIMD8<Double>.self)
      var next = x
      for _ in 0..<count / 8 {
        p += UnsafeRawPointer(next).loadUnaligned(as: SIMD8<Double>.self)
        next += 8
      }
      for k in 0..<count % 8 { p[k] += next[k] }
      for k in 0..<8 { partials[k] = p[k] }
    }
    """

  /// The sum of partial sums.
  static let sumOfPartials = """
    /// Returns the sum of eight partial sums.
    func sumOfPartials(_ p: UnsafePointer<Double>) -> Double {
      ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
    }
    """

  /// The product.
  static let product = """
    /// Returns the product of `count` numbers that are `stride` apart.
    func productOfElements(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Double {
      var product: Double = 1
      for k in 0..<count { product *= x[k * stride] }
      return product
    }
    """

  /// The largest element.
  static let largest = """
    /// Returns the largest of `count` numbers that are `stride` apart, and NaN where one is NaN.
    func largestElement(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Double {
      var largest = -Double.infinity
      for k in 0..<count {
        let element = x[k * stride]
        largest = largest > element || largest.isNaN ? largest : element
      }
      return largest
    }
    """

  /// The smallest element.
  static let smallest = """
    /// Returns the smallest of `count` numbers that are `stride` apart, and NaN where one is NaN.
    func smallestElement(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Double {
      var smallest = Double.infinity
      for k in 0..<count {
        let element = x[k * stride]
        smallest = smallest < element || smallest.isNaN ? smallest : element
      }
      return smallest
    }
    """

  /// The place of the largest element.
  static let placeOfLargest = """
    /// Returns the place of the largest of `count` numbers that are `stride` apart: of equals the
    /// first, and that of the first NaN where there is one.
    func placeOfLargest(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Int {
      var place = 0
      for k in 0..<count where !x[place * stride].isNaN {
        if x[k * stride] > x[place * stride] || x[k * stride].isNaN { place = k }
      }
      return place
    }
    """

  /// The place of the smallest element.
  static let placeOfSmallest = """
    /// Returns the place of the smallest of `count` numbers that are `stride` apart: of equals the
    /// first, and that of the first NaN where there is one.
    func placeOfSmallest(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Int {
      var place = 0
      for k in 0..<count where !x[place * stride].isNaN {
        if x[k * stride] < x[place * stride] || x[k * stride].isNaN { place = k }
      }
      return place
    }
    """

  /// The Euclidean norm.
  static let norm = """
    /// Returns the Euclidean norm of `count` numbers that are `stride` apart. Where the squares would
    /// leave the range of numbers, it is that of the numbers times a power of two.
    func euclideanNorm(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Double {
      var p = SIMD8<Double>(repeating: 0)
      var largest: Double = 0
      for k in 0..<count {
        let element = x[k * stride]
        p[k % 8] += element * element
        let magnitude = element.magnitude
        largest = magnitude > largest || magnitude.isNaN ? magnitude : largest
      }
      let least = Double.leastNormalMagnitude / Double.ulpOfOne / Double.ulpOfOne
      let square = ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
      if square >= least && square < .infinity { return square.squareRoot() }
      guard largest > 0 && largest < .infinity else { return square.isNaN ? .nan : largest }
      // In two steps, so that no scale is itself out of the range.
      let exponent = -largest.exponent
      let first = Double(sign: .plus, exponent: exponent / 2, significand: 1)
      let second = Double(sign: .plus, exponent: exponent - exponent / 2, significand: 1)
      var sum: Double = 0
      for k in 0..<count {
        let scaled = x[k * stride] * first * second
        sum += scaled * scaled
      }
      return sum.squareRoot() / first / second
    }
    """
}
