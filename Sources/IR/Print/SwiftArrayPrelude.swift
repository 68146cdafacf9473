/// The functions on sequences of numbers that emitted files bring along. They compute what the
/// interpreter computes, to the last bit.
enum SwiftArrayPrelude {
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

  static let product = """
    /// Returns the product of `count` numbers that are `stride` apart.
    func productOfElements(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Double {
      var product = 1.0
      for k in 0..<count { product *= x[k * stride] }
      return product
    }
    """

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

  static let norm = """
    /// Returns the Euclidean norm of `count` numbers that are `stride` apart. Where the squares would
    /// leave the range of numbers, it is that of the numbers times a power of two.
    func euclideanNorm(_ x: UnsafePointer<Double>, count: Int, stride: Int = 1) -> Double {
      var p = SIMD8<Double>(repeating: 0)
      var largest = 0.0
      for k in 0..<count {
        let element = x[k * stride]
        p[k % 8] += element * element
        let magnitude = element.magnitude
        largest = magnitude > largest || magnitude.isNaN ? magnitude : largest
      }
      let square = ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
      if square >= 0x1p-918 && square < .infinity { return square.squareRoot() }
      guard largest > 0 && largest < .infinity else { return square.isNaN ? .nan : largest }
      // In two steps, so that no scale is itself out of the range.
      let exponent = -largest.exponent
      let first = Double(sign: .plus, exponent: exponent / 2, significand: 1)
      let second = Double(sign: .plus, exponent: exponent - exponent / 2, significand: 1)
      var sum = 0.0
      for k in 0..<count {
        let scaled = x[k * stride] * first * second
        sum += scaled * scaled
      }
      return sum.squareRoot() / first / second
    }
    """

  static let cumulativeSums = """
    /// Writes the sums of the first 1, 2, … `count` numbers that are `stride` apart.
    func cumulativeSums(
      of x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int, stride: Int = 1
    ) {
      guard count > 0 else { return }
      var sum = x[0]
      y[0] = sum
      for k in 1..<count {
        sum += x[k * stride]
        y[k * stride] = sum
      }
    }
    """

  static let productsOfOthers = """
    /// Writes for each of `count` numbers that are `stride` apart the product of the others, without
    /// a division, which would fail at zeros.
    func productsOfOthers(
      of x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int, stride: Int = 1,
      scratch before: UnsafeMutablePointer<Double>
    ) {
      before[0] = 1
      for k in 0..<count { before[k + 1] = before[k] * x[k * stride] }
      var after = 1.0
      for k in (0..<count).reversed() {
        y[k * stride] = 0 + before[k] * after
        after *= x[k * stride]
      }
    }
    """

  static let productsOfOthersReplacing = """
    /// Writes for each of `count` numbers, the first of `x`, the sum of the products of the others in
    /// which each of the further sequences takes the place of one factor.
    ///
    /// A choice of further sequences is a number whose bits name them.
    func productsOfOthers(
      of x: [UnsafePointer<Double>], into y: UnsafeMutablePointer<Double>, count: Int,
      stride: Int = 1, scratch: UnsafeMutablePointer<Double>
    ) {
      let choices = 1 << (x.count - 1)
      let after = scratch + choices * (count + 1)
      for choice in 0..<choices {
        scratch[choice] = choice == 0 ? 1 : 0
        after[choice] = choice == 0 ? 1 : 0
      }
      func multiply(
        _ old: UnsafeMutablePointer<Double>, _ new: UnsafeMutablePointer<Double>, _ place: Int
      ) {
        // From the largest choice down, since a choice reads only smaller ones.
        for choice in (0..<choices).reversed() {
          var value = old[choice] * x[0][place]
          for further in 1..<x.count where choice & (1 << (further - 1)) != 0 {
            value += old[choice & ~(1 << (further - 1))] * x[further][place]
          }
          new[choice] = value
        }
      }
      for k in 0..<count {
        multiply(scratch + k * choices, scratch + (k + 1) * choices, k * stride)
      }
      for k in (0..<count).reversed() {
        var sum = 0.0
        for choice in 0..<choices {
          sum += scratch[k * choices + choice] * after[choices - 1 - choice]
        }
        y[k * stride] = sum
        multiply(after, after, k * stride)
      }
    }
    """

  static let multiplyMatrices = """
    /// Writes the product of the matrices `a` and `b`, which are dense, row by row, and perhaps stored
    /// transposed. Each element is a sum over the depth in order.
    func multiplyMatrices(
      _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
      into c: UnsafeMutablePointer<Double>, rows: Int, depth: Int, columns: Int,
      transposingFirst: Bool = false, transposingSecond: Bool = false
    ) {
      let (aRow, aStep) = transposingFirst ? (1, rows) : (depth, 1)
      let (bStep, bColumn) = transposingSecond ? (1, depth) : (columns, 1)
      if columns >= 8 || rows < 8 {
        multiply(a, aRow, aStep, b, bStep, bColumn, c, columns, 1, rows, depth, columns)
      } else {
        // What has few columns has many rows: it is computed as its transpose.
        multiply(b, bColumn, bStep, a, aStep, aRow, c, 1, columns, columns, depth, rows)
      }
    }

    /// Writes a product of matrices whose neighbours are as far apart as the arguments say: four rows
    /// and eight columns at a time, of which the last may be computed twice.
    func multiply(
      _ a: UnsafePointer<Double>, _ aRow: Int, _ aStep: Int, _ b: UnsafePointer<Double>,
      _ bStep: Int, _ bColumn: Int, _ c: UnsafeMutablePointer<Double>, _ cRow: Int, _ cColumn: Int,
      _ rows: Int, _ depth: Int, _ columns: Int
    ) {
      guard columns >= 8 else {
        for row in 0..<rows {
          for column in 0..<columns {
            var sum = 0.0
            for k in 0..<depth { sum += a[row * aRow + k * aStep] * b[k * bStep + column * bColumn] }
            c[row * cRow + column * cColumn] = sum
          }
        }
        return
      }
      for start in Swift.stride(from: 0, to: columns, by: 8) {
        let column = min(start, columns - 8)
        for first in Swift.stride(from: 0, to: rows, by: 4) {
          let row = max(0, min(first, rows - 4))
          let last = rows - 1
          let (a0, a1) = (a + row * aRow, a + min(row + 1, last) * aRow)
          let (a2, a3) = (a + min(row + 2, last) * aRow, a + min(row + 3, last) * aRow)
          var s0 = SIMD8<Double>(repeating: 0)
          var (s1, s2, s3) = (s0, s0, s0)
          var next = b + column * bColumn
          for k in 0..<depth {
            let elements =
              bColumn == 1
              ? UnsafeRawPointer(next).loadUnaligned(as: SIMD8<Double>.self)
              : SIMD8(
                next[0], next[bColumn], next[2 * bColumn], next[3 * bColumn], next[4 * bColumn],
                next[5 * bColumn], next[6 * bColumn], next[7 * bColumn])
            s0 += a0[k * aStep] * elements
            s1 += a1[k * aStep] * elements
            s2 += a2[k * aStep] * elements
            s3 += a3[k * aStep] * elements
            next += bStep
          }
          let (c0, c1) = (c + row * cRow, c + min(row + 1, last) * cRow)
          let (c2, c3) = (c + min(row + 2, last) * cRow, c + min(row + 3, last) * cRow)
          for lane in 0..<8 {
            let place = (column + lane) * cColumn
            (c0[place], c1[place], c2[place], c3[place]) = (s0[lane], s1[lane], s2[lane], s3[lane])
          }
        }
      }
    }
    """

  static let uniformNumber = """
    /// Returns number `index` of the random sequence `seed`, uniform in [0, 1): SplitMix64 with the
    /// index as its counter.
    func uniformNumber(seed: Int, index: Int) -> Double {
      func mixed(_ value: UInt64) -> UInt64 {
        var z = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
      }
      let start = mixed(UInt64(bitPattern: Int64(seed)) &+ 0x9E37_79B9_7F4A_7C15)
      let counter = UInt64(bitPattern: Int64(index)) &+ 1
      return Double(mixed(start &+ counter &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
    }
    """

  static let normalNumber = """
    /// Returns number `index` of the random sequence `seed`, normal with mean 0 and deviation 1: made
    /// of two uniform ones by the method of Box and Muller.
    func normalNumber(seed: Int, index: Int) -> Double {
      let radius = (-2 * log1p(-uniformNumber(seed: seed, index: 2 * index))).squareRoot()
      return radius * cos(2 * Double.pi * uniformNumber(seed: seed, index: 2 * index + 1))
    }
    """

  static let checkIndex = """
    /// Ends the program unless `index` names one of `size` elements.
    func checkIndex(_ index: Int, size: Int) {
      precondition(index >= 0 && index < size, "index \\(index) is outside 0..<\\(size)")
    }
    """

  static let checkSlice = """
    /// Ends the program unless all of `count` elements from `start` on, `step` apart, are among `size`.
    func checkSlice(_ start: Int, count: Int, step: Int, size: Int) {
      guard count > 0 else { return }
      let last = start + (count - 1) * step
      precondition(start >= 0 && start < size, "index \\(start) is outside 0..<\\(size)")
      precondition(last >= 0 && last < size, "index \\(last) is outside 0..<\\(size)")
    }
    """
}
