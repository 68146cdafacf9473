// The functions for users.

extension SwiftPrinter {
  /// The texts of the functions in the order in which they stand.
  mutating func functionTexts() -> [String] {
    let called = calledFunctionTexts()
    if !model.rows.isEmpty { return jacobianTexts() + called + parts }
    if hasArrays { return arrayFunctionTexts() + called + parts }
    // The parts of a large gradient give the value, too.
    let gradient = valueAndGradientText()
    var texts = [valueText(gradient.valueStatements), gradient.text, gradientText()]
    if let hessian = model.hessian { texts.append(hessianText(hessian)) }
    if let product = model.product { texts.append(productText(product)) }
    if model.hasRows { texts += rowTexts() }
    return texts + called + parts
  }

  mutating func valueText(_ statements: [String]?) -> String {
    let sentence = model.valueSentence ?? "Returns \(result)."
    guard let statements, model.value.instructions.count > SwiftBody.longestFunction else {
      return functionText("value", sentence, "Double", model.value) { results, writer in
        writer.line("return \(results[0])")
      }.text
    }
    var body = SwiftBody(model.gradient, self, prefix: "value")
    return text([sentence], "value", body.parameters(), "Double") { writer in
      for statement in statements { writer.line(statement) }
    }
  }

  private mutating func valueAndGradientText() -> (text: String, valueStatements: [String]?) {
    functionText(
      "valueAndGradient", "Returns \(result) and its derivatives.",
      "(value: Double, gradient: Gradient)", model.gradient
    ) { [model] results, writer in
      let gradient = SwiftPrinter.fields(model.independents, Array(results[1...]))
      SwiftPrinter.write("gradient", "Gradient", gradient, to: &writer)
      writer.line("return (\(results[0]), gradient)")
    }
  }

  private func gradientText() -> String {
    var body = SwiftBody(model.gradient, self, prefix: "gradient")
    let parameters = body.parameters()
    return gradientText(parameters, arguments(body.parameterNames))
  }

  /// The function that calls `valueAndGradient` for the gradient alone.
  func gradientText(_ parameters: [String], _ arguments: [String]) -> String {
    text(["Returns the derivatives of \(result)."], "gradient", parameters, "Gradient") { writer in
      SwiftPrinter.writeCall("valueAndGradient", arguments, ").gradient", to: &writer)
    }
  }

  private mutating func hessianText(_ hessian: Function) -> String {
    functionText(
      "valueGradientAndHessian", "Returns \(result) and its first and second derivatives.",
      SwiftPrinter.hessianType, hessian
    ) { [model] results, writer in
      SwiftPrinter.writeHessian(results, model.independents, to: &writer)
    }.text
  }

  mutating func functionText(
    _ name: String, _ sentence: String, _ result: String, _ function: Function,
    reserved: Set<String> = [], ending: (_ results: [String], inout LineWriter) -> Void
  ) -> (text: String, valueStatements: [String]?) {
    var body = SwiftBody(function, self, prefix: name, reserved: reserved)
    let parameters = body.parameters()
    let text = text([sentence], name, parameters, result) { writer in
      body.print(&writer)
      ending(body.results, &writer)
    }
    adopt(body)
    return (text, body.valueStatements)
  }

  /// Returns a function for users, with `sentences` above it.
  func text(
    _ sentences: [String], _ name: String, _ parameters: [String], _ result: String?,
    _ body: (inout LineWriter) -> Void
  ) -> String {
    var writer = LineWriter()
    for sentence in sentences { writer.line(sentence.isEmpty ? "///" : "/// \(sentence)") }
    ignoreRules(model.leaves.map(\.name) + sizes.computed, &writer)
    SwiftPrinter.writeFunction(
      "\(access)static func \(name)", parameters, result, to: &writer, body)
    return String(writer.text.dropLast())
  }
}
