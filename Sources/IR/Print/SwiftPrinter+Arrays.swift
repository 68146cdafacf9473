// The functions of a program with arrays. Those that a user calls take arrays and check their sizes;
// each calls a private one that takes pointers, computes in a workspace and allocates nothing.

extension SwiftPrinter {
  /// The texts of the functions in the order in which they stand.
  mutating func arrayFunctionTexts() -> [String] {
    let signature = signature()
    let value = core("computeValue", model.value, .value)
    let gradient = core("computeGradient", model.gradient, .gradient)
    var texts = [
      valueText(signature, value), allocatingText(signature, gradient),
      gradientText(signature.parameters, signature.arguments), writingText(signature, gradient),
      workspaceText(gradient),
    ]
    var cores = [value.text, gradient.text]
    if let hessian = model.hessian {
      let core = core("computeHessian", hessian, .hessian)
      texts.append(hessianText(signature, core))
      cores.append(core.text)
    }
    if let product = model.product {
      let core = core("computeHessianVectorProduct", product, .product)
      texts.append(productText(signature, core))
      cores.append(core.text)
    }
    if let check = checkText(signature) { texts.append(check) }
    return defaultTexts + texts + cores + constantTexts
  }

  /// The texts of what gives the value alone.
  mutating func arrayValueTexts() -> [String] {
    let signature = signature()
    let core = core("computeValue", model.value, .value)
    let called = calledFunctionTexts()
    let check = checkText(signature).map { [$0] } ?? []
    return defaultTexts + [valueText(signature, core)] + check + [core.text] + called
      + constantTexts
  }

  /// The types of the derivatives.
  var gradientTypes: [ValueType] {
    model.gradient.results.dropFirst().map { model.gradient.type(of: $0) }
  }

  private func valueText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text([model.valueSentence ?? "Returns \(result)."], "value", signature.parameters, "Double") {
      writer in
      writeSizes(signature, &writer)
      writeCall(core, signature, [], allocating: true, &writer)
    }
  }

  /// The function that makes the arrays that the other `valueAndGradient` writes to.
  private func allocatingText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text(
      ["Returns \(result) and its derivatives."], "valueAndGradient", signature.parameters,
      "(value: Double, gradient: Gradient)"
    ) { writer in
      let needed = core.workspaceCount.symbols + gradientTypes.flatMap(\.shape.count.symbols)
      writeSizes(signature, only: needed, &writer)
      SwiftPrinter.writeCall("var gradient = Gradient", zeros(signature), to: &writer)
      let count = workspaceArguments(signature, core)
      writer.line("var workspace = [Double](repeating: 0.0, count: workspaceCount\(count))")
      SwiftPrinter.writeCall(
        "let result = valueAndGradient",
        signature.arguments + ["into: &gradient", "workspace: &workspace"], to: &writer)
      writer.line("return (result, gradient)")
    }
  }

  /// Returns the arguments that make a gradient of zeros.
  private func zeros(_ signature: SwiftSignature) -> [String] {
    let zeros = gradientTypes.map { type in
      let count = type.shape.count.swift(signature.symbols)
      return type.isScalar ? "0.0" : "[Double](repeating: 0.0, count: \(count))"
    }
    return SwiftPrinter.fields(model.independents, zeros)
  }

  /// The function that writes to the arrays of its caller.
  private mutating func writingText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    let own = ["into gradient: inout Gradient", "workspace: inout [Double]"]
    let allocation =
      core.allocates
      ? [
        "Only what loops save for their way back is allocated: the arrays of `gradient` have the sizes",
        "of the arguments, and the array `workspace` has the size that `workspaceCount` tells, or a",
        "larger one.",
      ]
      : [
        "Nothing is allocated: the arrays of `gradient` have the sizes of the arguments, and the array",
        "`workspace` has the size that `workspaceCount` tells, or a larger one.",
      ]
    return text(
      ["Returns \(result) and writes its derivatives to `gradient`.", ""] + allocation,
      "valueAndGradient", signature.parameters + own, "Double"
    ) { writer in
      writeSizes(signature, &writer)
      requireGradient(signature, &writer)
      requireWorkspace(signature, core, &writer)
      writeLendingCall(core, signature, &writer)
    }
  }

  private func hessianText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text(
      ["Returns \(result) and its first and second derivatives."], "valueGradientAndHessian",
      signature.parameters, SwiftPrinter.hessianType
    ) { writer in
      writeSizes(signature, &writer)
      writeCall(core, signature, [], allocating: true, &writer)
    }
  }
}
