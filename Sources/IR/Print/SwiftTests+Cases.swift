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
    writer.lines(
      """
      /// The derivatives of `\(model.result)` in ``\(model.namespace)`` against two other ways to compute them.
      ///
      /// Forward mode, which is printed from the same program, agrees with them within \(modeTolerance) of the largest,
      /// and central differences of the value within \(differenceTolerance) of it.
      """)
    writer.block("struct \(model.namespace)Tests {") { writer in
      writePoints(&writer)
      writeVariables(&writer)
      writer.lines(modeTest)
      writer.line("")
      writer.lines(differenceTest)
      writer.line("")
      writeValue(&writer)
      writeGradient(&writer)
      writeDerivative(&writer)
    }
  }

  /// The type of the numbers.
  private var type: String { model.scalar.rawValue }

  private func writePoints(_ writer: inout LineWriter) {
    writer.line("/// The arguments at which they are compared, all elements one after another.")
    writer.block("static let points: [[\(type)]] = [", "]") { writer in
      for point in points {
        let items = point.map { model.scalar.literal(model.scalar.rounded($0)) }
        writer.line("[")
        for line in SwiftTests.elements(items, depth: 4) { writer.line(line) }
        writer.line("],")
      }
    }
    writer.line("")
  }

  private func writeVariables(_ writer: inout LineWriter) {
    let variables = model.independents.compactMap { name in
      model.leaves.firstIndex { $0.name == name }.map { "\(start($0))..<\(start($0) + counts[$0])" }
    }
    writer.line("/// Which of them the derivatives are with respect to.")
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

  private var modeTest: String {
    """
    @Test(arguments: points) func reverseModeIsForwardMode(point: [\(type)]) {
      let derivatives = gradient(at: point)
      let largest = derivatives.reduce(0) { max($0, $1.magnitude) }
      for place in derivatives.indices {
        var direction = [\(type)](repeating: 0, count: derivatives.count)
        direction[place] = 1
        let derivative = derivative(at: point, along: direction)
        #expect(abs(derivatives[place] - derivative) <= \(modeTolerance) * largest)
      }
    }
    """
  }

  private var differenceTest: String {
    """
    @Test(arguments: points) func gradientIsNearDifferences(point: [\(type)]) {
      let derivatives = gradient(at: point)
      let largest = derivatives.reduce(0) { max($0, $1.magnitude) }
      for (place, variable) in Self.variables.enumerated() {
        let step = \(step) * max(1e-3, point[variable].magnitude)
        var (below, above) = (point, point)
        below[variable] -= step
        above[variable] += step
        let difference = (value(at: above) - value(at: below)) / (2 * step)
        #expect(abs(derivatives[place] - difference) <= \(differenceTolerance) * max(1, largest))
      }
    }
    """
  }

  private func writeValue(_ writer: inout LineWriter) {
    writer.block("private func value(at point: [\(type)]) -> \(type) {") { writer in
      SwiftPrinter.writeCall("\(model.namespace).value", arguments, to: &writer)
    }
    writer.line("")
  }

  private func writeGradient(_ writer: inout LineWriter) {
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
  }

  private func writeDerivative(_ writer: inout LineWriter) {
    writer.block(
      "private func derivative(at point: [\(type)], along direction: [\(type)]) -> \(type) {"
    ) { writer in
      SwiftPrinter.writeCall(
        "\(directional.namespace).value", leafArguments + directionArguments + sizeArguments,
        to: &writer)
    }
  }
}
