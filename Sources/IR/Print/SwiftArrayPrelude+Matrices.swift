// The product of matrices.

extension SwiftArrayPrelude {
  /// The product of matrices.
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

    /// Writes a product of matrices whose neighbours are as far apart as the arguments say: two rows and
    /// eight columns at a time, or four where no more are left; the last may be computed twice.
    func multiply(
      _ a: UnsafePointer<Double>, _ aRow: Int, _ aStep: Int, _ b: UnsafePointer<Double>,
      _ bStep: Int, _ bColumn: Int, _ c: UnsafeMutablePointer<Double>, _ cRow: Int, _ cColumn: Int,
      _ rows: Int, _ depth: Int, _ columns: Int
    ) {
      guard columns >= 8 else {
        for row in 0..<rows {
          for column in 0..<columns {
            var sum: Double = 0
            for k in 0..<depth { sum += a[row * aRow + k * aStep] * b[k * bStep + column * bColumn] }
            c[row * cRow + column * cColumn] = sum
          }
        }
        return
      }
      for start in Swift.stride(from: 0, to: columns, by: 8) {
        let isNarrow = columns - start <= 4
        let column = min(start, columns - (isNarrow ? 4 : 8))
        for first in Swift.stride(from: 0, to: rows, by: 2) {
          let row = max(0, min(first, rows - 2))
          let (c0, c1) = (c + row * cRow, c + min(row + 1, rows - 1) * cRow)
          var (a0, a1) = (a + row * aRow, a + min(row + 1, rows - 1) * aRow)
          var next = b + column * bColumn
          if isNarrow {
            var s0 = SIMD4<Double>(repeating: 0)
            var s1 = s0
            for _ in 0..<depth {
              let elements =
                bColumn == 1
                ? UnsafeRawPointer(next).loadUnaligned(as: SIMD4<Double>.self)
                : SIMD4(next[0], next[bColumn], next[2 * bColumn], next[3 * bColumn])
              s0 += a0.pointee * elements
              s1 += a1.pointee * elements
              next += bStep
              a0 += aStep
              a1 += aStep
            }
            for lane in 0..<4 {
              let place = (column + lane) * cColumn
              (c0[place], c1[place]) = (s0[lane], s1[lane])
            }
            continue
          }
          var s0 = SIMD8<Double>(repeating: 0)
          var s1 = s0
          for _ in 0..<depth {
            let elements =
              bColumn == 1
              ? UnsafeRawPointer(next).loadUnaligned(as: SIMD8<Double>.self)
              : SIMD8(
                next[0], next[bColumn], next[2 * bColumn], next[3 * bColumn], next[4 * bColumn],
                next[5 * bColumn], next[6 * bColumn], next[7 * bColumn])
            s0 += a0.pointee * elements
            s1 += a1.pointee * elements
            next += bStep
            a0 += aStep
            a1 += aStep
          }
          for lane in 0..<8 {
            let place = (column + lane) * cColumn
            (c0[place], c1[place]) = (s0[lane], s1[lane])
          }
        }
      }
    }
    """
}
