extension MatrixProduct {
  /// Writes a small product element by element, four of a row at a time: packing it would take
  /// longer than the product.
  @inline(__always)
  func writeDirectly<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>
  ) {
    writeFours(
      c, nil, a, (rows, rowStrideA, depthStrideA), b, (columns, columnStrideB, depthStrideB))
  }

  /// Writes a product with few elements, or its sum with `addend`, in the same way: one with a vector
  /// four rows at a time. `addend` may be `c`, and overlaps it nowhere else.
  @inline(__always)
  func writeSmall<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, adding addend: UnsafePointer<Scalar>?,
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>
  ) {
    if columns == 1 {
      writeFours(c, addend, b, (1, 1, depthStrideB), a, (rows, rowStrideA, depthStrideA))
    } else {
      writeFours(
        c, addend, a, (rows, rowStrideA, depthStrideA), b,
        (columns, columnStrideB, depthStrideB))
    }
  }

  /// Which vectors are multiplied: how many there are, how far apart, and their elements.
  private typealias Vectors = (count: Int, step: Int, stride: Int)

  /// Writes the sums of products of the rows of `a` with the columns of `b`.
  @inline(__always)
  private func writeFours<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ addend: UnsafePointer<Scalar>?,
    _ a: UnsafePointer<Scalar>, _ rows: Vectors, _ b: UnsafePointer<Scalar>, _ columns: Vectors
  ) {
    var place = 0
    for row in 0..<rows.count {
      let rowA = a + row &* rows.step
      var column = b
      var left = columns.count
      while left >= 4 {
        let sums =
          columns.step == 1
          ? sums(rowA, rows.stride, column, columns.stride) { $0.four }
          : sums(rowA, rows.stride, column, columns.stride) { y in
            let step = columns.step
            return SIMD4(y[0], y[step], y[2 &* step], y[3 &* step])
          }
        (c + place).store(addend.map { ($0 + place).four + sums } ?? sums)
        place &+= 4
        left &-= 4
        column += 4 &* columns.step
      }
      while left > 0 {
        let sum = sum(rowA, rows.stride, column, columns.stride)
        c[place] = addend.map { $0[place] + sum } ?? sum
        place &+= 1
        left &-= 1
        column += columns.step
      }
    }
  }

  /// Returns the sums of products of `x` with four vectors, whose elements `four` reads.
  @inline(__always)
  private func sums<Scalar: KernelScalar>(
    _ x: UnsafePointer<Scalar>, _ strideX: Int, _ y: UnsafePointer<Scalar>, _ strideY: Int,
    four: (UnsafePointer<Scalar>) -> SIMD4<Scalar>
  ) -> SIMD4<Scalar> {
    var (x, y) = (x, y)
    var sums = SIMD4<Scalar>(repeating: 0)
    for _ in 0..<depth {
      sums += SIMD4(repeating: x.pointee) * four(y)
      x += strideX
      y += strideY
    }
    return sums
  }

  /// Returns the sum of products of `x` with `y`.
  @inline(__always)
  private func sum<Scalar: KernelScalar>(
    _ x: UnsafePointer<Scalar>, _ strideX: Int, _ y: UnsafePointer<Scalar>, _ strideY: Int
  ) -> Scalar {
    var (x, y) = (x, y)
    var sum: Scalar = 0
    for _ in 0..<depth {
      sum += x.pointee * y.pointee
      x += strideX
      y += strideY
    }
    return sum
  }
}
