/// A function that an emitted file brings along when its code calls it.
package enum SwiftHelper: String, CaseIterable, Sendable {
  case minimum, maximum, modulo, integerPower, lgamma, polygamma, sinc
}
