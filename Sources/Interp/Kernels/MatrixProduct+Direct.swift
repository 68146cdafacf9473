extension MatrixProduct {
  /// Writes a small product element by element, four of a row at a time: packing it would take
  /// longer than the product.
  @inline(__always)
  func writeDirectly<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>
  ) {
    writeFours(
      c, a, (rows, rowStrideA, depthStrideA), b, (columns, columnStrideB, depthStrideB))
  }

  /// Writes a product with few elements in the same way: one with a vector four rows at a time.
  @inline(__always)
  func writeSmall<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>
  ) {
    guard columns == 1 else { return writeDirectly(c, a, b) }
    writeFours(c, b, (1, 1, depthStrideB), a, (rows, rowStrideA, depthStrideA))
  }

  /// Writes the sums of products of the rows of `a` with the columns of `b`, of each of which there are
  /// `count`, `step` apart, their elements `stride` apart.
  @inline(__always)
  private func writeFours<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>,
    _ rows: (count: Int, step: Int, stride: Int), _ b: UnsafePointer<Scalar>,
    _ columns: (count: Int, step: Int, stride: Int)
  ) {
    let (depthStrideA, depthStrideB) = (rows.stride, columns.stride)
    let columnStrideB = columns.step
    var target = c
    for row in 0..<rows.count {
      let rowA = a + row &* rows.step
      var column = 0
      while column < columns.count {
        var x = rowA
        var y = b + column &* columnStrideB
        if column &+ 4 <= columns.count {
          var s0: Scalar = 0
          var s1: Scalar = 0
          var s2: Scalar = 0
          var s3: Scalar = 0
          for _ in 0..<depth {
            let factor = x.pointee
            s0 += factor * y.pointee
            s1 += factor * y[columnStrideB]
            s2 += factor * y[2 &* columnStrideB]
            s3 += factor * y[3 &* columnStrideB]
            x += depthStrideA
            y += depthStrideB
          }
          target[0] = s0
          target[1] = s1
          target[2] = s2
          target[3] = s3
          target += 4
          column &+= 4
        } else {
          var sum: Scalar = 0
          for _ in 0..<depth {
            sum += x.pointee * y.pointee
            x += depthStrideA
            y += depthStrideB
          }
          target.pointee = sum
          target += 1
          column &+= 1
        }
      }
    }
  }
}
