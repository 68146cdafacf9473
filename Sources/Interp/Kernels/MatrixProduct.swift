/// The sizes of a product of matrices and how its operands are stored: C = A @ B, where A has
/// `rows` × `depth` elements and B `depth` × `columns`, all dense and row by row.
package struct MatrixProduct: Sendable {
  /// The rows of A and C.
  package let rows: Int
  /// The columns of A, the rows of B: what is summed over.
  package let depth: Int
  /// The columns of B and C.
  package let columns: Int
  /// Whether A is stored as its transpose: `depth` × `rows`.
  package let transposesA: Bool
  /// Whether B is stored as its transpose: `columns` × `depth`.
  package let transposesB: Bool

  /// Creates the product of the sizes.
  package init(
    rows: Int, depth: Int, columns: Int, transposesA: Bool = false, transposesB: Bool = false
  ) {
    self.rows = rows
    self.depth = depth
    self.columns = columns
    self.transposesA = transposesA
    self.transposesB = transposesB
  }

  /// How far apart neighbours in a column of A are.
  var rowStrideA: Int { transposesA ? 1 : depth }
  /// How far apart neighbours in a row of A are.
  var depthStrideA: Int { transposesA ? rows : 1 }
  /// How far apart neighbours in a column of B are.
  var depthStrideB: Int { transposesB ? 1 : columns }
  /// How far apart neighbours in a row of B are.
  var columnStrideB: Int { transposesB ? depth : 1 }
}

/// How much of the depth and of the columns is packed at a time: 512 KiB of Float64, which stays in
/// the second cache, read in strips of 8 KiB, which stay in the first.
let packedDepth = 256
let packedColumns = 256
/// The rows of C that are computed at a time.
let tileRows = 4

extension MatrixProduct {
  /// How many elements of scratch memory the product needs, at most 75,000.
  package func scratchCount<Scalar: KernelScalar>(_: Scalar.Type) -> Int {
    guard method == .packed else { return 0 }
    let lanes = Scalar.Lanes.scalarCount
    let depth = min(depth, packedDepth)
    let columns = min(columns, packedColumns).rounded(upTo: 2 * lanes)
    return depth * columns + depth * tileRows * lanes + tileRows * 2 * lanes
  }

  /// Writes the product of `a` and `b` to `c`, which overlaps neither.
  ///
  /// Each element is the sum from 0 over the depth in order, each product and each sum rounded.
  ///
  /// - Parameter scratch: memory of `scratchCount(Double.self)` elements.
  package func run(
    _ c: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) { write(c, a, b, scratch) }

  /// Writes the product of `a` and `b` to `c`, which overlaps neither.
  ///
  /// Each element is the sum from 0 over the depth in order, each product and each sum rounded.
  ///
  /// - Parameter scratch: memory of `scratchCount(Float.self)` elements.
  package func run(
    _ c: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) { write(c, a, b, scratch) }

  /// The ways to compute a product; all give the same bits.
  private enum Method { case columnVector, rowVectors, direct, packed }

  /// The fastest way: packing pays when each element is used for more than a few rows and columns.
  private var method: Method {
    if columns == 1 { return .columnVector }
    if rows == 1 { return .rowVectors }
    if rows * depth * columns <= 512 { return .direct }
    return rows < tileRows && !transposesA ? .rowVectors : .packed
  }

  @inline(__always)
  private func write<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>,
    _ scratch: UnsafeMutablePointer<Scalar>
  ) {
    switch method {
    case .columnVector:
      writeVector(c, matrix: a, vector: b, count: rows, isTransposed: transposesA)
    case .rowVectors:
      for row in 0..<rows {
        writeVector(
          c + row &* columns, matrix: b, vector: a + row &* depth, count: columns,
          isTransposed: !transposesB)
      }
    case .direct: writeDirectly(c, a, b)
    case .packed: writePacked(c, a, b, scratch)
    }
  }
}

extension Int {
  /// Returns the least multiple of `unit` that is not less.
  func rounded(upTo unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
