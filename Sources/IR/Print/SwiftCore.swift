/// A private function that computes with pointers.
struct SwiftCore {
  /// Its name.
  let name: String
  /// Its text.
  let text: String
  /// The constants that it takes after the leaves and sizes.
  let constants: [String]
  /// The parts of a direction that it takes before them.
  let directions: [String]
  /// How many elements its workspace has.
  let workspaceCount: Dimension
  /// Whether it allocates memory besides.
  let allocates: Bool
}

extension SwiftPrinter {
  /// Returns the private function that computes what `function` does.
  mutating func core(
    _ name: String, _ function: Function, _ outcome: SwiftOutcome
  ) -> SwiftCore {
    var body = SwiftBody(function, self, prefix: name)
    var parameters = inputParameters(&body) + directionParameters(&body)
    let constants = body.nameConstants()
    parameters += constants.map { "_ \($0.name): UnsafePointer<\($0.type)>" }
    let targets = targets(&body, outcome)
    parameters += targetParameters(targets, function)
    let statements = statements(&body, targets, outcome)
    let workspaceCount = body.arrays.workspaceCount
    if workspaceCount != Dimension(0) {
      parameters.append("_ workspace: UnsafeMutablePointer<Double>")
    }
    adopt(body)
    let head = coreHead(name, parameters, targets, outcome)
    return SwiftCore(
      name: name, text: head + statements + "}", constants: constants.map(\.name),
      directions: directionArguments(function),
      workspaceCount: workspaceCount, allocates: body.allocates || calls.allocate)
  }

  /// Names the leaves and sizes in `body`, and returns the parameters that give them.
  private func inputParameters(_ body: inout SwiftBody) -> [String] {
    _ = body.parameters()
    body.arrays.symbols = body.nameSizes()
    let leaves = zip(body.parameterNames, model.leaves).map { name, leaf in
      let type = SwiftBody.type(leaf.type)
      return "_ \(name): \(leaf.type.isScalar ? type : "UnsafePointer<\(type)>")"
    }
    return leaves + sizes.computed.map { "_ \(body.arrays.symbols[$0] ?? $0): Int" }
  }

  /// Names what the function writes to.
  private func targets(_ body: inout SwiftBody, _ outcome: SwiftOutcome) -> [String] {
    switch outcome {
    case .value, .hessian: []
    case .gradient, .product: body.nameTargets(model.independents)
    case .values, .jacobian: body.nameTargets(targetNames(outcome), for: body.function.results)
    }
  }

  private func targetParameters(_ targets: [String], _ function: Function) -> [String] {
    zip(targets, function.results.suffix(targets.count)).map { target, value in
      let isScalar = function.type(of: value).isScalar
      return "_ \(target): \(isScalar ? "inout Double" : "UnsafeMutablePointer<Double>")"
    }
  }

  private func statements(
    _ body: inout SwiftBody, _ targets: [String], _ outcome: SwiftOutcome
  ) -> String {
    var writer = LineWriter()
    writer.depth = 1
    body.print(&writer)
    body.writeResults(targets, &writer)
    if outcome == .values || outcome == .jacobian { return writer.text }
    if outcome == .hessian {
      let prepared = body.prepare(body.function.results, &writer)
      SwiftPrinter.writeHessian(body.results, model.independents, to: &writer)
      body.forget(prepared)
    } else {
      body.writeValue(&writer)
    }
    return writer.text
  }

  /// Returns the lines above the statements.
  private func coreHead(
    _ name: String, _ parameters: [String], _ targets: [String], _ outcome: SwiftOutcome
  ) -> String {
    var writer = LineWriter()
    writer.line("/// Computes \(result)\(outcome.derivatives) of arrays whose sizes are checked.")
    ignoreRules(model.leaves.map(\.name) + sizes.computed + targets, &writer)
    let type: String? =
      switch outcome {
      case .hessian: SwiftPrinter.hessianType
      case .values, .jacobian: nil
      case .value, .gradient, .product: "Double"
      }
    for line in SwiftPrinter.head("private static func \(name)", parameters, type) {
      writer.line(line)
    }
    return writer.text
  }

  /// Writes the call of a private function whose result is returned.
  func writeCall(
    _ core: SwiftCore, _ signature: SwiftSignature, _ targets: [String], allocating: Bool,
    as head: String = "return", _ writer: inout LineWriter
  ) {
    var arguments = signature.leafNames
    arguments += sizes.computed.map { signature.name(ofSize: $0) }
    arguments += core.directions + core.constants + targets
    if core.workspaceCount != Dimension(0) {
      if allocating {
        let count = core.workspaceCount.swift(signature.symbols)
        for line in SwiftPrinter.allocation(count) { writer.line(line) }
      }
      arguments.append(allocating ? "workspace" : "&workspace")
    }
    let call = head.isEmpty ? core.name : "\(head) \(core.name)"
    SwiftPrinter.writeCall(call, arguments, to: &writer)
  }
}
