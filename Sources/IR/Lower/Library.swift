/// The names that the language brings along.
package enum Library {
  /// The constants.
  package static let constants: [String: Double] = [
    "pi": .pi, "e": 0x1.5bf0a8b145769p+1, "inf": .infinity, "nan": .nan,
  ]

  /// The functions that differentiate a value with respect to a name.
  static let derivatives: Set<String> = ["grad", "jacobian", "hessian"]

  /// What functions are called elsewhere, with their names here.
  static let foreignNames = [
    "σ": "sigmoid", "sigma": "sigmoid", "logistic": "sigmoid", "expit": "sigmoid", "ln": "log",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "arcsinh": "asinh",
    "arccosh": "acosh", "arctanh": "atanh", "power": "pow", "fabs": "abs",
    "absolute": "abs", "maximum": "max", "minimum": "min", "average": "mean", "length": "len",
    "swish": "silu", "ceiling": "ceil", "clip": "clamp", "matmul": "dot", "avg": "mean",
    "signum": "sign", "sgn": "sign",
    "arange": "range", "identity": "eye", "full": "fill", "flip": "reverse",
    "concatenate": "concat", "leakyrelu": "leaky_relu",
  ]

  /// Whether programs call something of this name without defining it.
  package static func isFunction(_ name: String) -> Bool {
    OpTable.functions[name] != nil || ArrayFunctions.byName[name] != nil
      || derivatives.contains(name)
  }
}
