// Products of the second derivatives with a direction: what a solver needs of the Hessian, at the cost of a
// few gradients, whatever the number of variables is.

extension SwiftPrinter {
  /// The sentences above the function.
  private var productSentences: [String] {
    [
      "Returns the derivative of the gradient of \(result) along `direction`: the product of the second",
      "derivatives with it.",
    ]
  }

  /// The function of a program of numbers.
  mutating func productText(_ product: Function) -> String {
    var product = product
    product.results.removeFirst()
    product = product.withoutDeadCode()
    var body = SwiftBody(product, self, prefix: "hessianVectorProduct", reserved: ["direction"])
    let parameters = body.parameters() + ["along direction: Gradient"]
    let text = text(productSentences, "hessianVectorProduct", parameters, "Gradient") { writer in
      body.print(&writer)
      SwiftPrinter.writeCall(
        "return Gradient", SwiftPrinter.fields(model.independents, body.results),
        to: &writer)
    }
    adopt(body)
    return text
  }

  /// The function of a program with arrays.
  func productText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text(
      productSentences, "hessianVectorProduct",
      signature.parameters + ["along direction: Gradient"], "Gradient"
    ) { writer in
      writeSizes(signature, &writer)
      for (name, type) in zip(model.independents, gradientTypes) where !type.isScalar {
        let field = "direction.\(SwiftNames.escaped(name))"
        require(field, field, type.shape, signature.symbols, &writer)
      }
      writer.line("var product = direction")
      let targets = model.independents.map { "&product.\(SwiftNames.escaped($0))" }
      writeCall(core, signature, targets, allocating: true, as: "_ =", &writer)
      writer.line("return product")
    }
  }

  /// Returns the parameters that give the direction to a private function, which it names in `body`.
  func directionParameters(_ body: inout SwiftBody) -> [String] {
    let first = model.leaves.count
    return body.function.parameters.indices.dropFirst(first).map { index in
      let value = body.function.parameters[index]
      let field = SwiftBody.identifier(model.independents[index - first])
      let wished = "direction\(field.prefix(1).uppercased())\(field.dropFirst())"
      let name = SwiftNames.escaped(body.names.unique(wished))
      body.parameterNames[index] = name
      body.valueNames[value.position] = name
      let isScalar = body.function.type(of: value).isScalar
      return "_ \(name): \(isScalar ? "Double" : "UnsafePointer<Double>")"
    }
  }

  /// The arguments that pass the direction on.
  func directionArguments(_ function: Function) -> [String] {
    zip(function.parameters.dropFirst(model.leaves.count), model.independents).map {
      "direction.\(SwiftNames.escaped($1))"
    }
  }
}
