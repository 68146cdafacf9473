// The tests themselves.

extension SwiftTests {
  private var isFloat: Bool { model.scalar == .float }
  /// How far forward mode may be from reverse mode, as a part of the largest derivative.
  private var modeTolerance: String { isFloat ? "1e-4" : "1e-9" }
  /// How far differences may be.
  private var differenceTolerance: String { isFloat ? "1e-1" : "1e-5" }
  /// The step of differences, as a part of the number: about the cube root of the rounding error.
  private var step: String { isFloat ? "1e-2" : "1e-5" }

  func writeTests(_ writer: inout LineWriter) {
    writer.line(
      "/// The derivatives of `\(model.result)` in ``\(model.namespace)`` against two other ways to compute them."
    )
    writer.line("///")
    writer.line(
      "/// Forward mode, which is printed from the same program, agrees with them within \(modeTolerance) of the largest,"
    )
    writer.line("/// and central differences of the value within \(differenceTolerance) of it.")
    writer.block("struct \(model.namespace)Tests {") { writer in
      writePoints(&writer)
      writeModeTest(&writer)
      writeDifferenceTest(&writer)
      writeCalls(&writer)
    }
  }

  private func writePoints(_ writer: inout LineWriter) {
    let type = model.scalar.rawValue
    writer.line("/// The arguments at which they are compared, all elements one after another.")
    writer.line("static let points: [[\(type)]] = [")
    for point in points {
      let items = point.map { model.scalar.literal(model.scalar.rounded($0)) }
      writer.line("  [")
      for line in SwiftTests.elements(items, depth: 4) { writer.line("  " + line) }
      writer.line("  ],")
    }
    writer.line("]")
    writer.line("")
    writer.line("/// Which of them the derivatives are with respect to.")
    var variables: [String] = []
    for name in model.independents {
      guard let leaf = model.leaves.firstIndex(where: { $0.name == name }) else { continue }
      variables.append("\(start(leaf))..<\(start(leaf) + counts[leaf])")
    }
    writer.line("static let variables: [Int] = [")
    for line in SwiftTests.elements(variables, depth: 3) { writer.line(line) }
    writer.line("].flatMap { Array($0) }")
    writer.line("")
  }

  /// Returns the elements of a literal on as many lines as they need; the formatter wants a comma after the last of
  /// several.
  private static func elements(_ items: [String], depth: Int) -> [String] {
    var lines = SwiftPrinter.filled(items, depth: depth, tail: ",")
    if items.count > 1 { lines[lines.count - 1] += "," }
    return lines
  }

  private func writeModeTest(_ writer: inout LineWriter) {
    let type = model.scalar.rawValue
    writer.block("@Test(arguments: points) func reverseModeIsForwardMode(point: [\(type)]) {") {
      writer in
      writer.line("let derivatives = gradient(at: point)")
      writer.line("let largest = derivatives.reduce(0) { max($0, $1.magnitude) }")
      writer.block("for place in derivatives.indices {") { writer in
        writer.line("var direction = [\(type)](repeating: 0, count: derivatives.count)")
        writer.line("direction[place] = 1")
        writer.line("let derivative = derivative(at: point, along: direction)")
        writer.line("#expect(abs(derivatives[place] - derivative) <= \(modeTolerance) * largest)")
      }
    }
    writer.line("")
  }

  private func writeDifferenceTest(_ writer: inout LineWriter) {
    let type = model.scalar.rawValue
    writer.block("@Test(arguments: points) func gradientIsNearDifferences(point: [\(type)]) {") {
      writer in
      writer.line("let derivatives = gradient(at: point)")
      writer.line("let largest = derivatives.reduce(0) { max($0, $1.magnitude) }")
      writer.block("for (place, variable) in Self.variables.enumerated() {") { writer in
        writer.line("let step = \(step) * max(1e-3, point[variable].magnitude)")
        writer.line("var (below, above) = (point, point)")
        writer.line("below[variable] -= step")
        writer.line("above[variable] += step")
        writer.line("let difference = (value(at: above) - value(at: below)) / (2 * step)")
        writer.line(
          "#expect(abs(derivatives[place] - difference) <= \(differenceTolerance) * max(1, largest))"
        )
      }
    }
    writer.line("")
  }

  private func writeCalls(_ writer: inout LineWriter) {
    let type = model.scalar.rawValue
    writer.block("private func value(at point: [\(type)]) -> \(type) {") { writer in
      SwiftPrinter.writeCall("\(model.namespace).value", arguments, to: &writer)
    }
    writer.line("")
    writer.block("private func gradient(at point: [\(type)]) -> [\(type)] {") { writer in
      SwiftPrinter.writeCall("let gradient = \(model.namespace).gradient", arguments, to: &writer)
      let fields = model.independents.map { name in
        let field = "gradient.\(SwiftNames.escaped(name))"
        let isScalar = model.leaves.first { $0.name == name }?.type.isScalar ?? true
        return isScalar ? "[\(field)]" : field
      }
      writer.line("let parts: [[\(type)]] = [")
      for line in SwiftTests.elements(fields, depth: 4) { writer.line(line) }
      writer.line("]")
      writer.line("return parts.flatMap { $0 }")
    }
    writer.line("")
    writer.block(
      "private func derivative(at point: [\(type)], along direction: [\(type)]) -> \(type) {"
    ) { writer in
      SwiftPrinter.writeCall(
        "\(directional.namespace).value", leafArguments + directionArguments + sizeArguments,
        to: &writer)
    }
  }

  private func start(_ leaf: Int) -> Int { counts[..<leaf].reduce(0, +) }

  private var arguments: [String] { leafArguments + sizeArguments }

  private var leafArguments: [String] {
    model.leaves.indices.map { argument(model.leaves[$0], "point", start($0), counts[$0]) }
  }

  private var directionArguments: [String] {
    var place = 0
    return model.independents.compactMap { name in
      guard let leaf = model.leaves.firstIndex(where: { $0.name == name }) else { return nil }
      defer { place += counts[leaf] }
      let part = directional.leaves.first { $0.name == "\(name)Direction" }
      return argument(part ?? model.leaves[leaf], "direction", place, counts[leaf])
    }
  }

  private var sizeArguments: [String] {
    SwiftSizes(model.leaves).parameters.map { "\($0): \(sizes[$0] ?? 0)" }
  }

  private func argument(_ leaf: Leaf, _ array: String, _ start: Int, _ count: Int) -> String {
    let isInteger = leaf.type.element == .integer
    guard !leaf.type.isScalar else {
      let text = "\(array)[\(start)]"
      return "\(SwiftPrinter.label(leaf.name)): \(isInteger ? "Int(\(text))" : text)"
    }
    let text = "Array(\(array)[\(start)..<\(start + count)])"
    return "\(SwiftPrinter.label(leaf.name)): \(isInteger ? "\(text).map { Int($0) }" : text)"
  }
}
