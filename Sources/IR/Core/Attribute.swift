/// What an operation on arrays needs to know besides its operands.
package enum Attribute: Hashable, Sendable {
  /// The dimension that is the value.
  case dimension(Dimension)
  /// The shape of the result.
  case shape(Shape)
  /// The axis that it works along.
  case axis(Int)
  /// The axis that it works along, and whether from its end to its start.
  case scan(axis: Int, isReversed: Bool)
  /// For each axis of the result the axis of the operand.
  case permutation([Int])
  /// What is taken along each axis.
  case window([Extent])
  /// Which factors are transposed.
  case transposes(first: Bool, second: Bool)
  /// The elements of a constant.
  case elements(Elements)
  /// The shape of random numbers, and where their sequence starts.
  case random(Shape, seed: Int)

  /// Which derivative of the language is meant.
  case derivative(DerivativeKind)

  /// The derivatives that programs ask for.
  package enum DerivativeKind: String, Hashable, Sendable, CaseIterable {
    /// Of a number with respect to a value.
    case gradient
    /// Of each element with respect to each element.
    case jacobian
    /// Of each element of an array with respect to the same element of the other.
    case elementwise
  }

  /// What a slice takes along one axis.
  package struct Extent: Hashable, Sendable {
    /// How many elements.
    package let count: Dimension
    /// The distance from one to the next; it may be negative.
    package let step: Dimension

    /// Creates the extent of `count` elements that are `step` apart.
    package init(_ count: Dimension, step: Dimension = Dimension(1)) {
      self.count = count
      self.step = step
    }
  }

  /// The elements of a constant array, the same when their bits are.
  package struct Elements: Hashable, Sendable {
    /// The type of the array.
    package let type: ValueType
    private let bits: [UInt64]

    /// Creates the array of `numbers`, in row-major order.
    package init(_ numbers: [Double], _ type: ValueType) {
      self.type = type
      bits = numbers.map { ($0.isNaN ? .nan : type.isInteger ? $0 + 0 : $0).bitPattern }
    }

    /// The elements in row-major order.
    package var numbers: [Double] { bits.map { Double(bitPattern: $0) } }

    /// How many elements there are.
    package var count: Int { bits.count }
  }

  /// Returns the attribute with each symbol replaced by what `sizes` says.
  package func substituting(_ sizes: [String: Dimension]) -> Attribute {
    switch self {
    case .dimension(let dimension): .dimension(dimension.substituting(sizes))
    case .shape(let shape): .shape(shape.substituting(sizes))
    case .window(let extents):
      .window(extents.map { $0.substituting(sizes) })
    case .random(let shape, let seed): .random(shape.substituting(sizes), seed: seed)
    case .axis, .scan, .permutation, .transposes, .elements, .derivative: self
    }
  }
}

extension Attribute.Extent {
  /// Returns the extent with each symbol replaced by what `sizes` says.
  package func substituting(_ sizes: [String: Dimension]) -> Attribute.Extent {
    Attribute.Extent(count.substituting(sizes), step: step.substituting(sizes))
  }
}
