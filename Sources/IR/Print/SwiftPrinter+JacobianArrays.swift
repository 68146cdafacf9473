// Jacobians of programs with arrays: private functions write to the arrays of records that are made for
// them.

extension SwiftPrinter {
  /// The names of what a private function writes to.
  func targetNames(_ outcome: SwiftOutcome) -> [String] {
    let values = model.rows.map { $0.field + "Value" }
    guard outcome == .jacobian else { return values }
    return values
      + model.rows.flatMap { row in
        model.independents.map { "\(row.field)By\($0.prefix(1).uppercased())\($0.dropFirst())" }
      }
  }

  /// The texts of the functions in the order in which they stand.
  mutating func arrayJacobianTexts() -> [String] {
    let signature = signature(reserved: jacobianNames)
    let values = core("computeValues", model.value, .values)
    let jacobian = core("computeJacobian", model.gradient, .jacobian)
    var texts = [
      valuesText(signature, values), bothText(signature, jacobian),
      jacobianText(signature.parameters, signature.arguments),
    ]
    if let check = checkText(signature) { texts.append(check) }
    return defaultTexts + texts + [values.text, jacobian.text] + constantTexts
  }

  private func valuesText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text([valuesSentence], "values", signature.parameters, "Values") { writer in
      writeSizes(signature, &writer)
      writeValues(signature, &writer)
      writeCall(core, signature, valueTargets, allocating: true, as: "", &writer)
      writer.line("return values")
    }
  }

  private func bothText(_ signature: SwiftSignature, _ core: SwiftCore) -> String {
    text([bothSentence], "valuesAndJacobian", signature.parameters, SwiftPrinter.jacobianType) {
      writer in
      writeSizes(signature, &writer)
      writeValues(signature, &writer)
      writeRows(signature, &writer)
      let targets = model.rows.flatMap { row in
        model.independents.map {
          "&jacobian.\(SwiftNames.escaped(row.field)).\(SwiftNames.escaped($0))"
        }
      }
      writeCall(core, signature, valueTargets + targets, allocating: true, as: "", &writer)
      writer.line("return (values, jacobian)")
    }
  }

  private var valueTargets: [String] {
    model.rows.map { "&values.\(SwiftNames.escaped($0.field))" }
  }

  /// Writes the records that values and derivatives are written to.
  private func writeValues(_ signature: SwiftSignature, _ writer: inout LineWriter) {
    let zeros = rowTypes.map { SwiftPrinter.zeros($0, signature) }
    SwiftPrinter.writeCall(
      "var values = Values", SwiftPrinter.fields(model.rows.map(\.field), zeros), to: &writer)
  }

  private func writeRows(_ signature: SwiftSignature, _ writer: inout LineWriter) {
    let types = model.gradient.results.map { model.gradient.type(of: $0) }
    let count = model.independents.count
    for (index, type) in rowTypes.enumerated() {
      let zeros = types.dropFirst(rowTypes.count + index * count).prefix(count).map {
        SwiftPrinter.zeros($0, signature)
      }
      SwiftPrinter.write(
        SwiftPrinter.row(index), type.isScalar ? "Gradient" : "Rows",
        SwiftPrinter.fields(model.independents, zeros), to: &writer)
    }
    SwiftPrinter.writeCall(
      "var jacobian = Jacobian",
      SwiftPrinter.fields(model.rows.map(\.field), model.rows.indices.map(SwiftPrinter.row)),
      to: &writer)
  }

  /// Returns zeros of a type as text.
  private static func zeros(_ type: ValueType, _ signature: SwiftSignature) -> String {
    guard !type.isScalar else { return "0.0" }
    return "[Double](repeating: 0.0, count: \(type.shape.count.swift(signature.symbols)))"
  }
}
