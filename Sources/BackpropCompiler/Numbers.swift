import BPInterp

/// A number, or numbers in rows, columns and further dimensions.
///
/// Literals make it: `3.5` is a number, `[1, 2, 3]` has shape `[3]`, and `[[1, 2], [3, 4], [5, 6]]` has
/// shape `[3, 2]`.
public struct Numbers: Hashable, Sendable {
  /// The length of each dimension; a single number has none.
  public let shape: [Int]
  /// The elements, the last dimension running fastest.
  public let elements: [Double]

  /// Creates a single number.
  public init(_ number: Double) {
    shape = []
    elements = [number]
  }

  /// Creates a vector.
  public init(_ elements: [Double]) {
    shape = [elements.count]
    self.elements = elements
  }

  /// Creates an array of `shape` with the elements in row-major order; nil where their number is not
  /// the product of the lengths.
  public init?(shape: [Int], elements: [Double]) {
    guard Tensor.count(of: shape) == elements.count else { return nil }
    self.shape = shape
    self.elements = elements
  }

  /// The number; nil for an array.
  public var number: Double? { shape.isEmpty ? elements[0] : nil }

  /// Returns the element at the position that `indices` count from 0, one for each dimension; nil where
  /// there is none.
  public subscript(indices: Int...) -> Double? {
    guard indices.count == shape.count else { return nil }
    var place = 0
    for (index, length) in zip(indices, shape) {
      guard (0..<length).contains(index) else { return nil }
      place = place * length + index
    }
    return elements[place]
  }

  init(_ tensor: Tensor) {
    shape = tensor.shape
    elements = tensor.values
  }

  var tensor: Tensor { Tensor(shape: shape, values: elements) }
}

extension Numbers: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral number: Double) { self.init(number) }
  public init(integerLiteral number: Int) { self.init(Double(number)) }
}

extension Numbers: ExpressibleByArrayLiteral {
  /// Creates an array of `rows`, which have one shape.
  ///
  /// - Precondition: The rows of a literal have one shape.
  public init(arrayLiteral rows: Numbers...) {
    let inner = rows.first?.shape ?? []
    precondition(rows.allSatisfy { $0.shape == inner }, "the rows have different shapes")
    shape = [rows.count] + inner
    elements = rows.flatMap(\.elements)
  }
}

extension Numbers: CustomStringConvertible {
  /// The elements with brackets around each dimension.
  public var description: String {
    guard let length = shape.first else { return "\(elements[0])" }
    guard shape.count > 1 else { return "\(elements)" }
    let inner = Array(shape.dropFirst())
    let size = inner.reduce(1, *)
    let rows = (0..<length).map { row in
      Numbers(Tensor(shape: inner, values: Array(elements[row * size..<(row + 1) * size])))
        .description
    }
    return "[\(rows.joined(separator: ", "))]"
  }
}
