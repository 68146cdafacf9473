extension MatrixProduct {
  /// Writes the product block by block (Goto and van de Geijn, Anatomy of High-Performance Matrix
  /// Multiplication, 2008): B is packed into strips as wide as a tile, A into strips of four rows
  /// with each element in all lanes, so that the inner loop needs no shuffles.
  ///
  /// Blocks of the depth come in order and go on from what is in C, so sums keep their order.
  @inline(__always)
  func writePacked<Scalar: KernelScalar>(
    _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>,
    _ scratch: UnsafeMutablePointer<Scalar>
  ) {
    let lanes = Scalar.Lanes.scalarCount
    let edge = scratch
    let stripA = edge + tileRows &* 2 &* lanes
    let stripsB = stripA + min(depth, packedDepth) &* tileRows &* lanes
    var column = 0
    while column < columns {
      let width = min(packedColumns, columns &- column)
      var k = 0
      while k < depth {
        let count = min(packedDepth, depth &- k)
        packB(stripsB, b + (k &* depthStrideB &+ column &* columnStrideB), count, width)
        var row = 0
        while row < rows {
          let height = min(tileRows, rows &- row)
          packA(stripA, a + (row &* rowStrideA &+ k &* depthStrideA), count, height)
          writeTiles(
            c + (row &* columns &+ column), stripA, stripsB, edge,
            TileRun(depth: count, height: height, width: width, continues: k > 0))
          row &+= tileRows
        }
        k &+= packedDepth
      }
      column &+= packedColumns
    }
  }

  /// Packs the columns of B in strips of `2 * lanes`, each row by row; the last is filled with 0.
  @inline(__always)
  private func packB<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ count: Int, _ width: Int
  ) {
    let strip = 2 &* Scalar.Lanes.scalarCount
    var target = target
    var column = 0
    while column < width {
      let source = b + column &* columnStrideB
      let used = min(strip, width &- column)
      if used < strip {
        packNarrow(target, source, count, used)
      } else if transposesB {
        packTransposed(target, source, count)
      } else {
        packPlain(target, source, count)
      }
      target += count &* strip
      column &+= strip
    }
  }

  @inline(__always)
  private func packPlain<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ count: Int
  ) {
    let lanes = Scalar.Lanes.scalarCount
    var target = target
    var source = source
    for _ in 0..<count {
      target.store(source.lanes)
      (target + lanes).store((source + lanes).lanes)
      target += 2 &* lanes
      source += columns
    }
  }

  /// Packs a strip whose columns lie one after the other.
  @inline(__always)
  private func packTransposed<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ count: Int
  ) {
    let strip = 2 &* Scalar.Lanes.scalarCount
    for lane in 0..<strip {
      let column = source + lane &* depth
      var target = target + lane
      for k in 0..<count {
        target.pointee = column[k]
        target += strip
      }
    }
  }

  @inline(__always)
  private func packNarrow<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ count: Int,
    _ used: Int
  ) {
    let strip = 2 &* Scalar.Lanes.scalarCount
    for k in 0..<count {
      let row = source + k &* depthStrideB
      for lane in 0..<used { target[k &* strip &+ lane] = row[lane &* columnStrideB] }
      for lane in used..<strip { target[k &* strip &+ lane] = 0 }
    }
  }

  /// Packs rows of A column by column, each element in all lanes; rows beyond `height` are 0.
  @inline(__always)
  private func packA<Scalar: KernelScalar>(
    _ target: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ count: Int, _ height: Int
  ) {
    let lanes = Scalar.Lanes.scalarCount
    for row in 0..<tileRows {
      var target = target + row &* lanes
      var source = a + row &* rowStrideA
      for _ in 0..<count {
        target.store(Scalar.Lanes(repeating: row < height ? source.pointee : 0))
        target += tileRows &* lanes
        source += depthStrideA
      }
    }
  }
}
