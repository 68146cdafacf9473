/// The type of a value of the IR: what its elements are, and its shape.
package struct ValueType: Hashable, Sendable {
  /// What each element is.
  package let element: Element
  /// The shape; that of a number has no dimensions.
  package let shape: Shape
  /// Whether it is a stack of such values, and not a single one.
  package let isStack: Bool

  /// The kinds of element.
  package enum Element: UInt8, Hashable, Sendable, CaseIterable {
    /// A real number, Float64.
    case real
    /// A whole number, exact within ±2^53.
    case integer
    /// A condition.
    case boolean
  }

  /// A real number.
  package static let real = ValueType(.real)
  /// A whole number.
  package static let integer = ValueType(.integer)
  /// A condition.
  package static let boolean = ValueType(.boolean)

  /// Creates the type of an array of `element`, or of a single one.
  package init(_ element: Element, _ shape: Shape = .scalar) {
    self.init(element, shape, isStack: false)
  }

  private init(_ element: Element, _ shape: Shape, isStack: Bool) {
    self.element = element
    self.shape = shape
    self.isStack = isStack
  }

  /// The type of stacks of values of this type.
  package var stack: ValueType { ValueType(element, shape, isStack: true) }

  /// The type of what a stack holds.
  package var unstacked: ValueType { ValueType(element, shape) }

  /// The largest whole number; beyond it not every whole number is a Float64.
  package static let largestInteger = 0x1p53

  /// Whether it is the type of a single number or condition.
  package var isScalar: Bool { shape.isScalar && !isStack }

  /// Whether it is the type of a single array.
  package var isArray: Bool { !shape.isScalar && !isStack }

  /// Whether the elements are real numbers.
  package var isReal: Bool { element == .real && !isStack }

  /// Whether the elements are whole numbers.
  package var isInteger: Bool { element == .integer && !isStack }

  /// Whether the elements are conditions.
  package var isBoolean: Bool { element == .boolean && !isStack }

  /// Returns the type with other elements.
  package func of(_ element: Element) -> ValueType {
    ValueType(element, shape, isStack: isStack)
  }

  /// Returns the type with another shape.
  package func with(_ shape: Shape) -> ValueType {
    ValueType(element, shape, isStack: isStack)
  }

  /// Returns whether `number` can be an element.
  package func holds(_ number: Double) -> Bool {
    if isStack { return number == 0 }
    return switch element {
    case .real: true
    case .integer: number.rounded() == number && number.magnitude <= ValueType.largestInteger
    case .boolean: number == 0 || number == 1
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// The type as the text of the IR and messages write it: `real`, `int[4]`.
  package var description: String {
    if isStack { return "stack of \(unstacked)" }
    return isScalar ? element.description : "\(element)\(shape)"
  }
}

extension ValueType.Element: CustomStringConvertible {
  /// The element as the text of the IR and messages write it.
  package var description: String {
    switch self {
    case .real: "real"
    case .integer: "int"
    case .boolean: "bool"
    }
  }

  /// Creates the element that the text of the IR writes as `text`.
  package init?(_ text: some StringProtocol) {
    guard let element = Self.allCases.first(where: { $0.description == text }) else { return nil }
    self = element
  }
}
