/// The dimensions of an array; a number has none.
package struct Shape: Hashable, Sendable {
  /// The dimensions, outermost first.
  package let dimensions: [Dimension]

  /// The shape of a number.
  package static let scalar = Shape([] as [Dimension])

  /// Creates the shape with `dimensions`.
  package init(_ dimensions: [Dimension]) { self.dimensions = dimensions }

  /// Creates the shape whose dimensions are all known.
  package init(_ numbers: [Int]) { self.init(numbers.map(Dimension.init)) }

  /// How many dimensions there are.
  package var rank: Int { dimensions.count }

  /// Whether it is that of a number.
  package var isScalar: Bool { dimensions.isEmpty }

  /// How many elements there are.
  package var count: Dimension { dimensions.reduce(Dimension(1), *) }

  /// The dimensions as numbers, or nil when one is not known before data arrives.
  package var numbers: [Int]? {
    var numbers: [Int] = []
    for dimension in dimensions {
      guard let number = dimension.number else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Dimension number `axis`.
  package subscript(axis: Int) -> Dimension { dimensions[axis] }

  /// Returns the shape without dimension number `axis`.
  package func removing(_ axis: Int) -> Shape {
    Shape(Array(dimensions[..<axis] + dimensions[(axis + 1)...]))
  }

  /// Returns the shape with `dimension` in place of dimension number `axis`.
  package func replacing(_ axis: Int, with dimension: Dimension) -> Shape {
    Shape(Array(dimensions[..<axis] + [dimension] + dimensions[(axis + 1)...]))
  }

  /// Returns the shape with each symbol replaced by what `sizes` says.
  package func substituting(_ sizes: [String: Dimension]) -> Shape {
    isScalar ? self : Shape(dimensions.map { $0.substituting(sizes) })
  }
}

extension Shape: CustomStringConvertible {
  /// The shape as declarations write it: `[n, 3]`.
  package var description: String {
    "[\(dimensions.map(\.description).joined(separator: ", "))]"
  }
}
