extension MatrixProduct {
  /// Writes the product of a matrix and a vector.
  ///
  /// - Parameters:
  ///   - matrix: `count` rows of `depth` elements, or, transposed, `depth` rows of `count` elements.
  @inline(__always)
  func writeVector<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, matrix: UnsafePointer<Scalar>,
    vector: UnsafePointer<Scalar>, count: Int, isTransposed: Bool
  ) {
    if isTransposed {
      addRows(target, matrix, vector, count)
    } else {
      multiplyRows(target, matrix, vector, count)
    }
  }

  /// Writes the inner products of the rows with the vector, sixteen rows at a time: one alone would
  /// wait for each of its additions.
  @inline(__always)
  private func multiplyRows<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ matrix: UnsafePointer<Scalar>,
    _ vector: UnsafePointer<Scalar>, _ count: Int
  ) {
    var row = 0
    while row &+ 16 <= count {
      multiplySixteenRows(target + row, matrix + row &* depth, vector)
      row &+= 16
    }
    while row &+ 4 <= count {
      let sums = multiplyFourRows(
        SIMD4(repeating: 0), matrix + row &* depth, vector, from: 0, depth)
      (target + row).store(sums)
      row &+= 4
    }
    while row < count {
      let elements = matrix + row &* depth
      var sum: Scalar = 0
      for k in 0..<depth { sum += vector[k] * elements[k] }
      target[row] = sum
      row &+= 1
    }
  }

  /// Writes sixteen inner products, each lane adding up those of one row in order.
  @inline(__always)
  private func multiplySixteenRows<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ r0: UnsafePointer<Scalar>,
    _ vector: UnsafePointer<Scalar>
  ) {
    let r4 = r0 + 4 &* depth
    let r8 = r4 + 4 &* depth
    let r12 = r8 + 4 &* depth
    var s0 = SIMD4<Scalar>(repeating: 0)
    var s4 = s0
    var s8 = s0
    var s12 = s0
    var k = 0
    while k &+ 4 <= depth {
      let factors = (vector + k).four
      s0 = addFour(s0, factors, r0 + k)
      s4 = addFour(s4, factors, r4 + k)
      s8 = addFour(s8, factors, r8 + k)
      s12 = addFour(s12, factors, r12 + k)
      k &+= 4
    }
    target.store(multiplyFourRows(s0, r0, vector, from: k, depth))
    (target + 4).store(multiplyFourRows(s4, r4, vector, from: k, depth))
    (target + 8).store(multiplyFourRows(s8, r8, vector, from: k, depth))
    (target + 12).store(multiplyFourRows(s12, r12, vector, from: k, depth))
  }

  /// Returns the sums plus the products of the factors with four elements of each of four rows.
  @inline(__always)
  private func addFour<Scalar: KernelScalar>(
    _ sums: SIMD4<Scalar>, _ factors: SIMD4<Scalar>, _ row: UnsafePointer<Scalar>
  ) -> SIMD4<Scalar> {
    let second = row + depth
    let third = second + depth
    let fourth = third + depth
    return Scalar.sumInOrder(sums, factors, row.four, second.four, third.four, fourth.four)
  }

  /// Returns the sums of four rows continued from a place of the depth.
  @inline(__always)
  private func multiplyFourRows<Scalar: KernelScalar>(
    _ sums: SIMD4<Scalar>, _ row: UnsafePointer<Scalar>, _ vector: UnsafePointer<Scalar>,
    from start: Int, _ depth: Int
  ) -> SIMD4<Scalar> {
    let second = row + depth
    let third = second + depth
    let fourth = third + depth
    var sums = sums
    var k = start
    while k < depth {
      sums += vector[k] * SIMD4(row[k], second[k], third[k], fourth[k])
      k &+= 1
    }
    return sums
  }

  /// Writes the sum of the rows times the elements of the vector, four rows at a time: they are
  /// read in order, and the target is read and written once for four.
  @inline(__always)
  private func addRows<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ matrix: UnsafePointer<Scalar>,
    _ vector: UnsafePointer<Scalar>, _ count: Int
  ) {
    for index in 0..<count { target[index] = 0 }
    var k = 0
    while k &+ 4 <= depth {
      addFourRows(target, matrix + k &* count, vector + k, count)
      k &+= 4
    }
    while k < depth {
      let row = matrix + k &* count
      let factor = vector[k]
      for index in 0..<count { target[index] += factor * row[index] }
      k &+= 1
    }
  }

  @inline(__always)
  private func addFourRows<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ r0: UnsafePointer<Scalar>,
    _ vector: UnsafePointer<Scalar>, _ count: Int
  ) {
    typealias Lanes = Scalar.Lanes
    let r1 = r0 + count
    let r2 = r1 + count
    let r3 = r2 + count
    let f0 = Lanes(repeating: vector[0])
    let f1 = Lanes(repeating: vector[1])
    let f2 = Lanes(repeating: vector[2])
    let f3 = Lanes(repeating: vector[3])
    var index = 0
    while index &+ Lanes.scalarCount <= count {
      var sum = UnsafePointer(target + index).lanes
      sum = Scalar.plusProduct(sum, f0, (r0 + index).lanes)
      sum = Scalar.plusProduct(sum, f1, (r1 + index).lanes)
      sum = Scalar.plusProduct(sum, f2, (r2 + index).lanes)
      sum = Scalar.plusProduct(sum, f3, (r3 + index).lanes)
      (target + index).store(sum)
      index &+= Lanes.scalarCount
    }
    while index < count {
      var sum = target[index] + vector[0] * r0[index]
      sum += vector[1] * r1[index]
      sum += vector[2] * r2[index]
      target[index] = sum + vector[3] * r3[index]
      index &+= 1
    }
  }
}
