import BackpropCompiler
import Foundation
import Testing

/// Emitted Jacobians: compiled without a warning, formatted, and giving the interpreter's numbers, which it
/// computes result by result.
struct EmittedJacobianTests {
  private struct Sample {
    let text: String
    let outputs: [String]
    let arguments: [(name: String, numbers: Numbers)]
    var options: [String] = []
  }

  private static let conditional = """
    r = sqrt(a*a + b*b)
    p, q = if a > b { (a*r, sin(b*r)) } else { (exp(a), r/b) }
    u = p*q
    w = p - q + c
    """
  private static let loop = """
    x = v[0]
    y = v[1]
    for i in 0..<7 {
      x = x + 0.1*sin(y*a)
      y = y - 0.1*x*x
    }
    w = [x, y, x*y]
    """

  private let samples = [
    Sample(
      text: conditional, outputs: ["u", "w"], arguments: [("a", 0.7), ("b", 0.4), ("c", 2)]),
    Sample(
      text: conditional, outputs: ["u", "w", "r"], arguments: [("a", -0.7), ("b", 0.4), ("c", 2)],
      options: ["--access", "public"]),
    Sample(
      text: "param v: [2]\nparam a\n" + loop, outputs: ["w"],
      arguments: [("v", [0.3, -0.8]), ("a", 1.5)]),
    Sample(
      text: "param v: [2]\nparam a\n" + loop, outputs: ["x", "y", "w"],
      arguments: [("v", [0.3, -0.8]), ("a", 1.5)]),
    Sample(
      text: "param v = [0.3, -0.8]\nparam a = 1.5\n" + loop, outputs: ["x", "y"],
      arguments: [("v", [0.2, 0.9]), ("a", -1)]),
    // Fewer names than elements: by forward mode.
    Sample(
      text: "input t: [n]\nparam a\nparam b\nr = a*exp(-b*t)\ns = sum(r)", outputs: ["r", "s"],
      arguments: [("t", [0.5, 1, 2, 4]), ("a", 3), ("b", 0.25)]),
    Sample(
      text: "param W: [m, n]\nparam x: [n]\ny = softmax(W@x)\nz = max(x)", outputs: ["y", "z"],
      arguments: [("W", [[1, -2, 0.5], [0.25, 3, -1]]), ("x", [0.5, 0.1, -0.3])]),
    // Names that the functions use themselves.
    Sample(
      text: "jacobian = values*values*row1\nrow2 = jacobian + row1", outputs: ["jacobian", "row2"],
      arguments: [("values", 1.5), ("row1", -2)]),
  ]

  @Test func rowsAreTheInterpreters() async throws {
    var program = EmittedProgram()
    var main = ""
    var expected: [[Double]] = []
    for (index, sample) in samples.enumerated() {
      program.add("Model\(index)", try emitted(sample, "Model\(index)"))
      let (statements, numbers) = try run(sample, "Model\(index)")
      main += "func run\(index)() {\n\(statements)\n}\nrun\(index)()\n"
      expected += numbers
    }
    let lines = try await program.output(main: main).split(separator: "\n")
    #expect(lines.count == expected.count)
    for (line, numbers) in zip(lines, expected) {
      let found = line.split(separator: " ").compactMap { Double($0) }
      #expect(found.count == numbers.count)
      for (a, b) in zip(found, numbers) { #expect(abs(a - b) <= 1e-14 * max(1, b.magnitude)) }
    }
  }

  /// A file for `Float` compiles, and has no `Double`.
  @Test func jacobiansWithFloat() async throws {
    var program = EmittedProgram()
    for index in [0, 4, 6] {
      var sample = samples[index]
      sample.options = ["--precision", "float32"]
      let text = try emitted(sample, "Model\(index)")
      #expect(text.contains("Float") && !text.contains(": Double"))
      program.add("Model\(index)", text)
    }
    let main = """
      let (values, jacobian) = Model0.valuesAndJacobian(a: 0.7, b: 0.4, c: 2)
      print(values.w - jacobian.u.c, jacobian.w.c)
      """
    let numbers = try await program.output(main: main).split(separator: " ")
    let (value, exact) = try Formula(EmittedJacobianTests.conditional).jacobian(
      ["a": 0.7, "b": 0.4, "c": 2], of: "w")
    #expect(exact["c"]?.elements == [1] && numbers.last == "1.0\n")
    #expect(abs((Double(numbers.first ?? "") ?? .nan) - value.elements[0]) < 1e-6)
  }

  /// The stage is what is emitted.
  @Test func stageIsTheFile() throws {
    let command = ["grad", "-", "--jacobian", "--of", "u,w", "--name", "Model"]
    let text = Array(EmittedJacobianTests.conditional.utf8)
    let stage = try Tool.run(command + ["--show", "swift"], input: text)
    let file = try Tool.run(command + ["--emit-swift"], input: text)
    #expect(stage.status == 0 && stage.output == file.output)
  }

  private func emitted(_ sample: Sample, _ name: String) throws -> String {
    let outputs = sample.outputs.joined(separator: ",")
    let outcome = try Tool.run(
      ["grad", "-", "--jacobian", "--of", outputs, "--emit-swift", "--name", name]
        + sample.options, input: Array(sample.text.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  /// Returns statements that print each row, and the interpreter's numbers.
  private func run(
    _ sample: Sample, _ namespace: String
  ) throws -> (statements: String, numbers: [[Double]]) {
    let formula = try Formula(sample.text)
    let byName = Dictionary(uniqueKeysWithValues: sample.arguments.map { ($0.name, $0.numbers) })
    let arguments = formula.inputs.compactMap { input in
      byName[input.name].map {
        "\(input.name): \($0.shape.isEmpty ? "\($0.elements[0])" : "\($0.elements)")"
      }
    }.joined(separator: ", ")
    var lines = [
      "let (v, j) = \(namespace).valuesAndJacobian(\(arguments))",
      "precondition(v == \(namespace).values(\(arguments)))",
      "precondition(j == \(namespace).jacobian(\(arguments)))",
    ]
    var numbers: [[Double]] = []
    for output in sample.outputs {
      let (value, jacobian) = try formula.jacobian(byName, of: output)
      lines.append(Self.line("v.\(output)", isNumber: value.shape.isEmpty))
      numbers.append(value.elements)
      for input in formula.inputs {
        guard let rows = jacobian[input.name] else { continue }
        let isNumber = rows.shape.isEmpty
        lines.append(Self.line("j.\(output).\(input.name)", isNumber: isNumber))
        numbers.append(rows.elements)
      }
    }
    return (lines.joined(separator: "\n"), numbers)
  }

  /// Returns a statement that prints a field.
  private static func line(_ field: String, isNumber: Bool) -> String {
    let list = isNumber ? "[\(field)]" : field
    return "print(\(list).map { \"\\($0)\" }.joined(separator: \" \"))"
  }
}
