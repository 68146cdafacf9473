// Jacobians: several results, each a field of a record, with a record of derivatives for each of them.

/// What a Jacobian has a row for, or for an array a row for each element.
package struct SwiftRow: Sendable {
  /// Its name in the source.
  let name: String
  /// The name of its field.
  let field: String

  /// Creates what is called `name` and stands in `field`.
  package init(name: String, field: String) {
    self.name = name
    self.field = field
  }
}

extension SwiftPrinter {
  /// The names that the functions use themselves.
  private static let jacobianReserved: Set<String> = [
    "Values", "Jacobian", "Rows", "values", "jacobian", "computeValues", "computeJacobian",
    "checkSizes", "precondition",
  ]

  /// The type of what gives values and Jacobian.
  static let jacobianType = "(values: Values, jacobian: Jacobian)"

  /// The names of the functions' locals, too.
  var jacobianNames: Set<String> {
    SwiftPrinter.jacobianReserved.union(model.rows.indices.map(SwiftPrinter.row))
  }

  static func row(_ number: Int) -> String { "row\(number + 1)" }

  /// The types of what the Jacobian has rows for.
  var rowTypes: [ValueType] { model.value.results.map { model.value.type(of: $0) } }

  private var fields: [String] { model.rows.map(\.field) }

  // MARK: - Types

  /// Writes the types of values and derivatives.
  func printJacobianTypes(_ writer: inout LineWriter) {
    writer.line("/// The values of \(result).")
    let shapes = rowTypes.map { $0.isScalar ? "" : ", of shape \($0.shape)" }
    let types = rowTypes.map { SwiftBody.parameterType($0) }
    printStruct(
      "Values", fields, zip(model.rows, shapes).map { "`\($0.name)`\($1)." }, types, &writer)
    writer.line("")
    printRowTypes(&writer)
    writer.line("/// The derivatives of \(result).")
    let sentences = zip(model.rows, rowTypes).map { row, type in
      "The derivatives of \(type.isScalar ? "" : "the elements of ")`\(row.name)`."
    }
    let rows = rowTypes.map { $0.isScalar ? "Gradient" : "Rows" }
    printStruct("Jacobian", fields, sentences, rows, &writer)
  }

  private func printRowTypes(_ writer: inout LineWriter) {
    let variables = zip(model.independents, variableTypes)
    if rowTypes.contains(where: \.isScalar) {
      writer.line("/// The derivatives of a number.")
      let fields = variableTypes.map { SwiftBody.parameterType($0) }
      printStruct("Gradient", "The derivative with respect to", fields, &writer)
      writer.line("")
    }
    guard rowTypes.contains(where: { !$0.isScalar }) else { return }
    writer.line("/// The derivatives of the elements of an array, one row after the other.")
    let sentences = variables.map { name, type in
      "A row for each element: the derivative\(type.isScalar ? "" : "s") with respect to `\(name)`"
        + (type.isScalar ? "." : ", of shape \(type.shape).")
    }
    let types = variables.map { _ in "[Double]" }
    printStruct("Rows", model.independents, sentences, types, &writer)
    writer.line("")
  }

  /// The types of what is differentiated by.
  private var variableTypes: [ValueType] {
    let count = model.independents.count
    let first = rowTypes[0].shape
    return model.gradient.results.dropFirst(rowTypes.count).prefix(count).map { value in
      let type = model.gradient.type(of: value)
      return ValueType(.real, Shape(Array(type.shape.dimensions.dropFirst(first.rank))))
    }
  }

  // MARK: - Functions

  /// The texts of the functions in the order in which they stand.
  mutating func jacobianTexts() -> [String] {
    hasArrays ? arrayJacobianTexts() : scalarJacobianTexts()
  }

  /// The functions of a program of numbers.
  private mutating func scalarJacobianTexts() -> [String] {
    let values = functionText(
      "values", valuesSentence, "Values", model.value, reserved: jacobianNames
    ) { [fields] results, writer in
      SwiftPrinter.writeCall(
        "return Values", SwiftPrinter.fields(fields, results), to: &writer)
    }
    let both = functionText(
      "valuesAndJacobian", bothSentence, SwiftPrinter.jacobianType, model.gradient,
      reserved: jacobianNames
    ) { [fields, model] results, writer in
      SwiftPrinter.writeJacobian(fields, model.independents, results, to: &writer)
    }
    var body = SwiftBody(model.gradient, self, prefix: "jacobian", reserved: jacobianNames)
    let parameters = body.parameters()
    return [values.text, both.text, jacobianText(parameters, arguments(body.parameterNames))]
  }

  var valuesSentence: String { "Returns \(result)." }

  var bothSentence: String {
    "Returns \(result), and \(model.rows.count == 1 ? "its" : "their") derivatives."
  }

  /// Writes the return of the values with their derivatives.
  private static func writeJacobian(
    _ outputs: [String], _ independents: [String], _ results: [String],
    to writer: inout LineWriter
  ) {
    write("values", "Values", fields(outputs, results), to: &writer)
    for index in outputs.indices {
      let derivatives = results.dropFirst(outputs.count + index * independents.count)
      write(row(index), "Gradient", fields(independents, Array(derivatives)), to: &writer)
    }
    write("jacobian", "Jacobian", fields(outputs, outputs.indices.map(row)), to: &writer)
    writer.line("return (values, jacobian)")
  }

  /// The function that calls `valuesAndJacobian` for the Jacobian alone.
  func jacobianText(_ parameters: [String], _ arguments: [String]) -> String {
    text(["Returns the derivatives of \(result)."], "jacobian", parameters, "Jacobian") { writer in
      SwiftPrinter.writeCall("valuesAndJacobian", arguments, ").jacobian", to: &writer)
    }
  }
}
