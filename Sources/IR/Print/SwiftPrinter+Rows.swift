// The function over rows of data. Its loop reads and writes arrays of numbers one after another, so that the
// compiler makes vectors of it where it can: for + - * /, roots, comparisons and choices.

extension SwiftModel {
  /// Whether a leaf has a value in each row: an input does, and where there is none every leaf.
  fileprivate func isColumn(_ leaf: Leaf) -> Bool {
    leaf.kind == .input || !leaves.contains { $0.kind == .input }
  }
}

extension SwiftPrinter {
  /// Writes the type of the derivatives of rows.
  func printGradientsType(_ writer: inout LineWriter) {
    writer.line("")
    writer.line("/// The derivatives of \(result) of each row.")
    let columns = model.independents.map { _ in "[Double]" }
    printStruct("Gradients", "The derivatives with respect to", columns, &writer)
  }

  /// The functions over rows.
  mutating func rowTexts() -> [String] {
    var body = SwiftBody(model.gradient, self, prefix: "computeRows", reserved: SwiftRows.reserved)
    let rows = SwiftRows(body.parameters(), body.parameterNames, self)
    return [allocatingRows(rows), writingRows(rows), rowLoop(rows)]
  }

  private func allocatingRows(_ rows: SwiftRows) -> String {
    text(
      [
        "Returns \(result) of each row and its derivatives: element `i` of each array is about row `i`."
      ],
      "valuesAndGradients", rows.parameters, "(values: [Double], gradients: Gradients)"
    ) { writer in
      writer.line("let zeros = [Double](repeating: 0.0, count: \(rows.firstColumn).count)")
      writer.line("var values = zeros")
      let zeros = SwiftPrinter.fields(model.independents, model.independents.map { _ in "zeros" })
      SwiftPrinter.writeCall("var gradients = Gradients", zeros, to: &writer)
      SwiftPrinter.writeCall(
        "valuesAndGradients", rows.arguments + ["values: &values", "gradients: &gradients"],
        to: &writer)
      writer.line("return (values, gradients)")
    }
  }

  private func writingRows(_ rows: SwiftRows) -> String {
    text(
      [
        "Writes \(result) of each row to `values` and its derivatives to `gradients`, whose arrays have as many",
        "elements as there are rows. Nothing is allocated.",
      ], "valuesAndGradients",
      rows.parameters + ["values: inout [Double]", "gradients: inout Gradients"], nil
    ) { writer in
      writer.line("let count = \(rows.firstColumn).count")
      let fields = model.independents.map { "gradients.\(SwiftNames.escaped($0))" }
      for array in rows.columns.dropFirst() + ["values"] + fields {
        writePrecondition(
          "\(array).count == count",
          ["'\(array)' has \\(\(array).count) elements", ", and there are \\(count) rows"],
          &writer)
      }
      SwiftPrinter.writeCall(
        "computeRows", ["count"] + rows.names + ["&values"] + fields.map { "&\($0)" },
        to: &writer)
    }
  }

  private mutating func rowLoop(_ rows: SwiftRows) -> String {
    var body = SwiftBody(model.gradient, self, prefix: "computeRows", reserved: SwiftRows.reserved)
    _ = body.parameters()
    let targets = model.independents.map {
      SwiftNames.escaped(body.names.unique(SwiftBody.identifier($0) + "Derivatives"))
    }
    var parameters = ["_ count: Int"]
    for (leaf, name) in zip(model.leaves, body.parameterNames) {
      let type = SwiftBody.type(leaf.type)
      parameters.append(
        model.isColumn(leaf)
          ? "_ \(SwiftRows.column(name)): UnsafePointer<\(type)>" : "_ \(name): \(type)")
    }
    for target in ["values"] + targets {
      parameters.append("_ \(target): UnsafeMutablePointer<Double>")
    }
    var writer = LineWriter()
    writer.line("/// Computes \(result) and its derivatives row by row.")
    ignoreRules(body.parameterNames + targets, &writer)
    SwiftPrinter.writeFunction(
      "private static func computeRows", parameters, nil, to: &writer
    ) { writer in
      writer.block("for row in 0..<count {") { writer in
        for (leaf, name) in zip(model.leaves, body.parameterNames) where model.isColumn(leaf) {
          ignoreRules([name], &writer)
          let type = SwiftBody.type(leaf.type)
          writer.line("let \(name): \(type) = \(SwiftRows.column(name))[row]")
        }
        writeRow(&body, targets, &writer)
      }
    }
    adopt(body)
    return String(writer.text.dropLast())
  }

  /// Writes what is done in each row.
  private func writeRow(
    _ body: inout SwiftBody, _ targets: [String], _ writer: inout LineWriter
  ) {
    var results: [String]
    if model.gradient.instructions.count > SwiftBody.longestFunction {
      let arguments = arguments(body.parameterNames)
      SwiftPrinter.writeCall("let (value, gradient) = valueAndGradient", arguments, to: &writer)
      results = ["value"] + model.independents.map { "gradient.\(SwiftNames.escaped($0))" }
    } else {
      body.print(&writer)
      results = body.results
    }
    for (target, result) in zip(["values"] + targets, results) {
      writer.line("\(target)[row] = \(result)")
    }
  }
}

/// The leaves as the functions over rows take them.
private struct SwiftRows {
  /// The parameters as the head of a function lists them.
  let parameters: [String]
  /// The arguments of a call with the same parameters.
  let arguments: [String]
  /// The names of the leaves inside the functions.
  let names: [String]
  /// Those of them that have a value in each row.
  let columns: [String]

  /// The names that the functions use themselves.
  static let reserved: Set<String> = ["count", "row", "values", "gradients", "zeros", "value"]

  init(_ parameters: [String], _ names: [String], _ printer: SwiftPrinter) {
    var all: [String] = []
    var columns: [String] = []
    for (index, leaf) in printer.model.leaves.enumerated() {
      guard printer.model.isColumn(leaf) else {
        all.append(parameters[index])
        continue
      }
      let label = SwiftNames.escaped(leaf.name)
      let head = label == names[index] ? label : "\(leaf.name) \(names[index])"
      all.append("\(head): [\(SwiftBody.type(leaf.type))]")
      columns.append(names[index])
    }
    self.parameters = all
    self.names = names
    self.columns = columns
    arguments = printer.arguments(names)
  }

  /// An array that tells how many rows there are.
  var firstColumn: String { columns.first ?? "values" }

  /// The name of the array that has the values of the leaf called `name`.
  static func column(_ name: String) -> String {
    "\(name.filter { $0 != "`" })Rows"
  }
}
