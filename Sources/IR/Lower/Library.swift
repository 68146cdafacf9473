/// The names that the language brings along.
package enum Library {
  /// The constants.
  package static let constants: [String: Double] = [
    "pi": .pi, "e": 0x1.5bf0a8b145769p+1, "inf": .infinity, "nan": .nan,
  ]

  /// The functions that differentiate a value with respect to a name.
  static let derivatives: Set<String> = ["grad", "jacobian", "hessian"]

  /// Whether programs call something of this name without defining it.
  package static func isFunction(_ name: String) -> Bool {
    OpTable.functions[name] != nil || ArrayFunctions.byName[name] != nil
      || derivatives.contains(name)
  }
}
