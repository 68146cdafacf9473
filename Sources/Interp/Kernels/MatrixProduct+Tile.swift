/// How tiles of C along four rows of it are computed.
struct TileRun {
  /// How much of the depth is added.
  let depth: Int
  /// The rows that there are, at most four.
  let height: Int
  /// The columns that there are.
  let width: Int
  /// Whether the sums go on from what C holds.
  let continues: Bool
}

extension MatrixProduct {
  /// Computes the tiles along four rows of C from a packed strip of A and packed strips of B.
  @inline(__always)
  func writeTiles<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ stripA: UnsafePointer<Scalar>,
    _ stripsB: UnsafePointer<Scalar>, _ edge: UnsafeMutablePointer<Scalar>, _ run: TileRun
  ) {
    let wide = 2 &* Scalar.Lanes.scalarCount
    var stripB = stripsB
    var column = 0
    while column < run.width {
      let isWhole = run.height == tileRows && column &+ wide <= run.width
      let target = isWhole ? c + column : edge
      let stride = isWhole ? columns : wide
      if !isWhole && run.continues { copyTile(edge, wide, c + column, columns, run, column) }
      if column &+ Scalar.Lanes.scalarCount < run.width {
        writeTile(target, stride, stripA, stripB, run.depth, run.continues)
      } else {
        writeHalfTile(target, stride, stripA, stripB, run.depth, run.continues)
      }
      if !isWhole { copyTile(c + column, columns, edge, wide, run, column) }
      stripB += run.depth &* wide
      column &+= wide
    }
  }

  /// Copies the part of a tile that is in C.
  @inline(__always)
  private func copyTile<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ targetStride: Int, _ source: UnsafePointer<Scalar>,
    _ sourceStride: Int, _ run: TileRun, _ column: Int
  ) {
    for row in 0..<run.height {
      for lane in 0..<min(2 &* Scalar.Lanes.scalarCount, run.width &- column) {
        target[row &* targetStride &+ lane] = source[row &* sourceStride &+ lane]
      }
    }
  }

  /// Computes a tile of four rows, each of two registers.
  ///
  /// The eight sums, two registers of B, one of A and one for the product are twelve of the sixteen
  /// registers that the least x86-64 has, and eight sums are enough to hide how long an addition
  /// takes.
  @inline(__always)
  private func writeTile<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ stride: Int, _ stripA: UnsafePointer<Scalar>,
    _ stripB: UnsafePointer<Scalar>, _ depth: Int, _ continues: Bool
  ) {
    let lanes = Scalar.Lanes.scalarCount
    let c1 = c + stride
    let c2 = c1 + stride
    let c3 = c2 + stride
    var s00 = Scalar.Lanes(repeating: 0)
    var s01 = s00
    var s10 = s00
    var s11 = s00
    var s20 = s00
    var s21 = s00
    var s30 = s00
    var s31 = s00
    if continues {
      (s00, s01) = (UnsafePointer(c).lanes, UnsafePointer(c + lanes).lanes)
      (s10, s11) = (UnsafePointer(c1).lanes, UnsafePointer(c1 + lanes).lanes)
      (s20, s21) = (UnsafePointer(c2).lanes, UnsafePointer(c2 + lanes).lanes)
      (s30, s31) = (UnsafePointer(c3).lanes, UnsafePointer(c3 + lanes).lanes)
    }
    var a = stripA
    var b = stripB
    for _ in 0..<depth {
      let b0 = b.lanes
      let b1 = (b + lanes).lanes
      let a0 = a.lanes
      s00 = Scalar.plusProduct(s00, a0, b0)
      s01 = Scalar.plusProduct(s01, a0, b1)
      let a1 = (a + lanes).lanes
      s10 = Scalar.plusProduct(s10, a1, b0)
      s11 = Scalar.plusProduct(s11, a1, b1)
      let a2 = (a + 2 &* lanes).lanes
      s20 = Scalar.plusProduct(s20, a2, b0)
      s21 = Scalar.plusProduct(s21, a2, b1)
      let a3 = (a + 3 &* lanes).lanes
      s30 = Scalar.plusProduct(s30, a3, b0)
      s31 = Scalar.plusProduct(s31, a3, b1)
      a += tileRows &* lanes
      b += 2 &* lanes
    }
    c.store(s00)
    (c + lanes).store(s01)
    c1.store(s10)
    (c1 + lanes).store(s11)
    c2.store(s20)
    (c2 + lanes).store(s21)
    c3.store(s30)
    (c3 + lanes).store(s31)
  }

  /// Computes a tile of four rows, each of one register, from the first halves of the rows of B.
  @inline(__always)
  private func writeHalfTile<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ stride: Int, _ stripA: UnsafePointer<Scalar>,
    _ stripB: UnsafePointer<Scalar>, _ depth: Int, _ continues: Bool
  ) {
    let lanes = Scalar.Lanes.scalarCount
    let c1 = c + stride
    let c2 = c1 + stride
    let c3 = c2 + stride
    var s0 = Scalar.Lanes(repeating: 0)
    var s1 = s0
    var s2 = s0
    var s3 = s0
    if continues {
      (s0, s1) = (UnsafePointer(c).lanes, UnsafePointer(c1).lanes)
      (s2, s3) = (UnsafePointer(c2).lanes, UnsafePointer(c3).lanes)
    }
    var a = stripA
    var b = stripB
    for _ in 0..<depth {
      let factor = b.lanes
      s0 = Scalar.plusProduct(s0, a.lanes, factor)
      s1 = Scalar.plusProduct(s1, (a + lanes).lanes, factor)
      s2 = Scalar.plusProduct(s2, (a + 2 &* lanes).lanes, factor)
      s3 = Scalar.plusProduct(s3, (a + 3 &* lanes).lanes, factor)
      a += tileRows &* lanes
      b += 2 &* lanes
    }
    c.store(s0)
    c1.store(s1)
    c2.store(s2)
    c3.store(s3)
  }
}
