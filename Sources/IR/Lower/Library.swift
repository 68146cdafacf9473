/// The names that the language brings along.
package enum Library {
  /// The constants.
  package static let constants: [String: Double] = [
    "pi": .pi, "e": 0x1.5bf0a8b145769p+1, "inf": .infinity, "nan": .nan,
  ]

  /// The functions of derivatives and arrays, whose names are kept free for a later version.
  static let reserved: Set<String> = [
    "grad", "jacobian", "hessian", "stop", "sum", "mean", "prod", "var", "std", "norm", "logsumexp",
    "any", "all", "argmin", "argmax", "cumsum", "dot", "outer", "trace", "reshape", "transpose",
    "reverse", "concat", "stack", "zeros", "ones", "fill", "eye", "range", "linspace", "diag",
    "softmax", "log_softmax", "mse", "bce", "bce_with_logits", "cross_entropy", "uniform", "normal",
    "len", "size",
  ]

  /// Whether programs call something of this name without defining it.
  package static func isFunction(_ name: String) -> Bool {
    OpTable.functions[name] != nil || reserved.contains(name)
  }
}
