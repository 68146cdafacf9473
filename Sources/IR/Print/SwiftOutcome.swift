/// What a private function gives.
enum SwiftOutcome {
  /// The value.
  case value
  /// The value as its result, and the derivatives where the caller wants them.
  case gradient
  /// The value with its first and second derivatives.
  case hessian
  /// The value as its result, and the products of the second derivatives with a direction where the caller
  /// wants them.
  case product
  /// Nothing as its result, but all values where the caller wants them.
  case values
  /// The same, and then their derivatives.
  case jacobian

  /// What it gives besides the value, as a sentence goes on.
  var derivatives: String {
    switch self {
    case .value, .values: ""
    case .jacobian: " and the derivatives of each"
    case .gradient: " and its derivatives"
    case .hessian: " and its first and second derivatives"
    case .product: " and the product of its second derivatives with a direction"
    }
  }
}
