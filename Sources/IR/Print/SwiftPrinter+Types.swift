// The types that emitted functions return.

extension SwiftPrinter {
  /// The type of what gives second derivatives.
  static let hessianType = "(value: Double, gradient: Gradient, hessian: Hessian)"

  /// Writes the types of the derivatives.
  func printGradientType(_ writer: inout LineWriter) {
    let fields = gradientTypes.map { SwiftBody.parameterType($0) }
    writer.line("/// The derivatives of \(result).")
    printStruct("Gradient", "The derivative with respect to", fields, &writer)
    if model.hasRows { printGradientsType(&writer) }
    guard model.hessian != nil else { return }
    writer.line("")
    writer.line("/// The second derivatives of \(result).")
    let rows = model.independents.map { _ in "Gradient" }
    printStruct(
      "Hessian", "The derivatives of the derivative with respect to", rows, &writer)
  }

  /// Returns the arguments that make a record.
  static func fields(_ labels: [String], _ values: [String]) -> [String] {
    zip(labels, values).map { "\(label($0)): \($1)" }
  }

  /// Returns `name` as it labels an argument.
  static func label(_ name: String) -> String {
    ["inout", "var", "let"].contains(name) ? "`\(name)`" : name
  }

  /// Writes the declaration of a record.
  static func write(
    _ name: String, _ type: String, _ fields: [String], to writer: inout LineWriter
  ) {
    writeCall("let \(name) = \(type)", fields, ")", to: &writer)
  }

  /// Writes the return of the value with its first and second derivatives.
  static func writeHessian(
    _ results: [String], _ independents: [String], to writer: inout LineWriter
  ) {
    let count = independents.count
    let gradient = fields(independents, Array(results[1...count]))
    write("gradient", "Gradient", gradient, to: &writer)
    let rows = symmetric(count, triangle: results[(1 + count)...])
    let rowNames = rows.indices.map { "row\($0 + 1)" }
    for (name, row) in zip(rowNames, rows) {
      write(name, "Gradient", fields(independents, row), to: &writer)
    }
    write("hessian", "Hessian", fields(independents, rowNames), to: &writer)
    writer.line("return (\(results[0]), gradient, hessian)")
  }

  /// Returns the rows of a symmetric matrix whose upper triangle is given row by row.
  private static func symmetric(_ count: Int, triangle: ArraySlice<String>) -> [[String]] {
    var rows = Array(repeating: Array(repeating: "", count: count), count: count)
    var triangle = triangle
    for row in 0..<count {
      for column in row..<count {
        let entry = triangle.removeFirst()
        rows[row][column] = entry
        rows[column][row] = entry
      }
    }
    return rows
  }
}
