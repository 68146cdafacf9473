// Tests that a run has to make, and the loan of an array.

extension SwiftArrayPrelude {
  /// The test of an index.
  static let checkIndex = """
    /// Ends the program unless `index` names one of `size` elements.
    func checkIndex(_ index: Int, size: Int) {
      precondition(index >= 0 && index < size, "index \\(index) is outside 0..<\\(size)")
    }
    """

  /// The test of a slice.
  static let checkSlice = """
    /// Ends the program unless all of `count` elements from `start` on, `step` apart, are among `size`.
    func checkSlice(_ start: Int, count: Int, step: Int, size: Int) {
      guard count > 0 else { return }
      let last = start + (count - 1) * step
      precondition(start >= 0 && start < size, "index \\(start) is outside 0..<\\(size)")
      precondition(last >= 0 && last < size, "index \\(last) is outside 0..<\\(size)")
    }
    """

  /// The loan of an array's memory.
  static let withElements = """
    /// Returns what `body` returns of a pointer to the elements of `array`.
    @inline(__always)
    func withElements(
      of array: inout [Double], _ body: (UnsafeMutablePointer<Double>) -> Double
    ) -> Double {
      array.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress { return body(start) }
        var none: Double = 0
        return body(&none)
      }
    }
    """
}
