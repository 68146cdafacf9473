// Sums of columns, which are next to each other.

extension SwiftArrayPrelude {
  /// The sums of columns.
  static let sumsOfColumns = """
    /// Writes the sums of `columns` columns, each of `count` numbers that are `stride` apart: two columns at a
    /// time, and each as `sumOfElements` does it.
    func sumsOfColumns(
      _ x: UnsafePointer<Double>, count: Int, stride: Int, columns: Int,
      into sums: UnsafeMutablePointer<Double>
    ) {
      func pair(_ place: Int) -> SIMD2<Double> {
        UnsafeRawPointer(x + place).loadUnaligned(as: SIMD2<Double>.self)
      }
      for column in Swift.stride(from: 0, to: columns - 1, by: 2) {
        var p0 = SIMD2<Double>(repeating: 0)
        var (p1, p2, p3, p4, p5, p6, p7) = (p0, p0, p0, p0, p0, p0, p0)
        var place = column
        for _ in 0..<count / 8 {
          p0 += pair(place)
          p1 += pair(place + stride)
          p2 += pair(place + 2 * stride)
          p3 += pair(place + 3 * stride)
          p4 += pair(place + 4 * stride)
          p5 += pair(place + 5 * stride)
          p6 += pair(place + 6 * stride)
          p7 += pair(place + 7 * stride)
          place += 8 * stride
        }
        let rest = count % 8
        if rest > 0 { p0 += pair(place) }
        if rest > 1 { p1 += pair(place + stride) }
        if rest > 2 { p2 += pair(place + 2 * stride) }
        if rest > 3 { p3 += pair(place + 3 * stride) }
        if rest > 4 { p4 += pair(place + 4 * stride) }
        if rest > 5 { p5 += pair(place + 5 * stride) }
        if rest > 6 { p6 += pair(place + 6 * stride) }
        let sum = ((p0 + p1) + (p2 + p3)) + ((p4 + p5) + (p6 + p7))
        (sums[column], sums[column + 1]) = (sum[0], sum[1])
      }
      guard columns % 2 == 1 else { return }
      sums[columns - 1] = sumOfElements(x + (columns - 1), count: count, stride: stride)
    }
    """
}
