/// A number, or numbers in rows, columns and further dimensions.
package struct Tensor: Equatable, Sendable {
  /// The length of each dimension; that of a single number has none.
  package let shape: [Int]
  /// The elements in row-major order: the last dimension runs fastest.
  package let values: [Double]

  /// Creates the tensor of `shape` whose elements, in row-major order, are `values`.
  package init(shape: [Int], values: [Double]) {
    precondition(
      Tensor.count(of: shape) == values.count, "the shape and the number of elements disagree")
    self.shape = shape
    self.values = values
  }

  /// Creates the tensor without dimensions whose element is `scalar`.
  package init(_ scalar: Double) {
    shape = []
    values = [scalar]
  }

  /// The number of elements.
  package var count: Int { values.count }

  /// Whether it is a single number, without dimensions.
  package var isScalar: Bool { shape.isEmpty }

  /// Returns the number of elements of a tensor of `shape`, or nil if it is no shape, or too large
  /// a one.
  package static func count(of shape: [Int]) -> Int? {
    var count = 1
    for length in shape where length != 0 {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: length)
      if length < 0 || isTooLarge { return nil }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }
}
