/// The type of a value of the IR.
package enum ValueType: UInt8, Hashable, Sendable, CaseIterable {
  /// A real number, Float64.
  case real
  /// A whole number, exact within ±2^53.
  case integer
  /// A condition.
  case boolean

  /// The largest whole number; beyond it not every whole number is a Float64.
  package static let largestInteger = 0x1p53

  /// Returns whether `number` is a value of the type.
  package func holds(_ number: Double) -> Bool {
    switch self {
    case .real: true
    case .integer: number.rounded() == number && number.magnitude <= ValueType.largestInteger
    case .boolean: number == 0 || number == 1
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// The type as the text of the IR and messages write it.
  package var description: String {
    switch self {
    case .real: "real"
    case .integer: "int"
    case .boolean: "bool"
    }
  }

  /// Creates the type that the text of the IR writes as `text`.
  package init?(_ text: some StringProtocol) {
    guard let type = ValueType.allCases.first(where: { $0.description == text }) else { return nil }
    self = type
  }
}
