/// What the functions for users of a program with arrays share.
struct SwiftSignature {
  /// The parameters as the head of a function lists them.
  let parameters: [String]
  /// The names of the leaves inside the functions.
  let leafNames: [String]
  /// The names of the sizes inside the functions.
  let symbols: [String: String]
  /// The arguments of a call with the same parameters.
  let arguments: [String]

  /// Returns the name of a size inside the functions.
  func name(ofSize symbol: String) -> String { symbols[symbol] ?? symbol }
}

extension SwiftPrinter {
  /// The names that functions for users use themselves.
  private static let reserved: Set<String> = [
    "result", "computeValue", "computeGradient", "computeHessian", "checkSizes", "valueAndGradient",
    "workspaceCount", "needed", "precondition", "max",
  ]

  /// Returns what the functions for users share.
  ///
  /// - Parameter reserved: Further names that they use themselves.
  func signature(reserved: Set<String> = []) -> SwiftSignature {
    let names = SwiftPrinter.reserved.union(reserved)
    var body = SwiftBody(model.value, self, prefix: "", reserved: names)
    var parameters = body.parameters()
    let symbols = body.nameSizes()
    var arguments = arguments(body.parameterNames)
    for symbol in sizes.parameters {
      let name = symbols[symbol] ?? symbol
      parameters.append(name == symbol ? "\(name): Int" : "\(symbol) \(name): Int")
      arguments.append("\(symbol): \(name)")
    }
    return SwiftSignature(
      parameters: parameters, leafNames: body.parameterNames, symbols: symbols,
      arguments: arguments)
  }

  /// Returns the arguments of a call that passes the leaves on, where `names` are their names.
  func arguments(_ names: [String]) -> [String] {
    zip(model.leaves, names).map { "\(SwiftPrinter.label($0.name)): \($1)" }
  }
}
