import BackpropCompiler
import Foundation
import Testing

/// Emitted Swift that computes with `Float`: compiled without a warning, and compared with the interpreter
/// in Float32.
struct EmittedFloatTests {
  private struct Sample {
    let name: String
    let text: String
    var arguments: [String: Numbers] = [:]
  }

  private static let functions = """
    param x
    param v: [5]
    y = tanh(x) + sinh(x) + cosh(x) + asinh(x) + acosh(1+x*x) + atanh(x/2) + lgamma(x+1)
    y = y + digamma(x+2) + sinc(x) + cbrt(x) + hypot(x, 2) + x^7 + gelu(x) + erf(x) + erfc(x)
    y = y + log1p(x) + expm1(x) + atan2(x, 2) + mod(x, 0.3) + floor(x) + softplus(x) + fmod(x, 0.4)
    y = y + exp2(x) + log10(x+1) + tan(x) + asin(x/3) + 1e-30*x + 1e-40 + sigmoid(x)
    z = sum(uniform([5], seed: 3)*v) + norm(v) + max(v) + prod(v) + sum(cumsum(v)) + v[argmax(v)]
    z = z + sum(normal([5], seed: 1)*v*v) + logsumexp(v) + softmax(v)[1] + norm(1e-30*v)*1e30
    y + z
    """

  private func samples() throws -> [Sample] {
    var samples = [
      Sample(
        name: "Functions", text: EmittedFloatTests.functions,
        arguments: ["x": 0.7, "v": [0.1, 0.9, -0.4, 1.3, 0.2]])
    ]
    let numbers: [String: [String: Numbers]] = [
      "sigmoid": ["a": 1, "b": -2, "c": -3], "building": [:], "lorenz": [:], "newton-root": [:],
      "network-5-3-5-4": [
        "x": 0.3, "y": 0.6, "W1": 0.2, "b1": 0.1, "W2": -0.3, "b2": 0.2, "W3": 0.5, "b3": -0.1,
      ], "branch": ["x": 2.5],
    ]
    for (name, arguments) in numbers.sorted(by: { $0.key < $1.key }) {
      let file = Tool.package.appending(path: "examples/\(name).bp")
      let text = try String(contentsOf: file, encoding: .utf8)
      samples.append(Sample(name: name, text: text, arguments: arguments))
    }
    return samples
  }

  @Test func floatsAgreeWithTheInterpreter() async throws {
    var program = EmittedProgram()
    var main = ""
    var expected: [[Float]] = []
    for (index, sample) in try samples().enumerated() {
      let (text, call, numbers) = try emit(sample, "Model\(index)")
      #expect(!text.contains("[Double]"))
      program.add("Model\(index)", text)
      main += "func run\(index)() {\n\(call)\n}\nrun\(index)()\n"
      expected.append(numbers)
    }
    compare(try await program.output(main: main), expected)
  }

  private func emit(
    _ sample: Sample, _ namespace: String
  ) throws -> (text: String, call: String, numbers: [Float]) {
    var options = FormulaOptions()
    options.usesFloat32 = true
    let formula = try Formula(sample.text, name: sample.name, options: options)
    let (value, gradient) = try formula.valueAndGradient(sample.arguments)
    let arguments = formula.inputs.compactMap { input in
      sample.arguments[input.name].map { numbers in
        let text =
          input.shape.isEmpty || !numbers.shape.isEmpty
          ? "\(numbers)"
          : "[Float](repeating: \(numbers), count: \(input.shape.compactMap(Int.init).reduce(1, *)))"
        return "\(input.name): \(text)"
      }
    }
    var lines = ["let r = \(namespace).valueAndGradient(\(arguments.joined(separator: ", ")))"]
    lines.append("var numbers: [Float] = [r.value]")
    var numbers = [Float(value)]
    for input in formula.inputs {
      guard let derivative = gradient[input.name] else { continue }
      let field = "r.gradient.\(input.name)"
      lines.append("numbers += \(derivative.shape.isEmpty ? "[\(field)]" : field)")
      numbers += derivative.elements.map { Float($0) }
    }
    lines.append("print(numbers.map { String($0.bitPattern) }.joined(separator: \" \"))")
    return (try formula.swift(namespace: namespace), lines.joined(separator: "\n"), numbers)
  }

  /// The mathematics library rounds Float32 functions a little otherwise than from Float64.
  private func compare(_ output: String, _ expected: [[Float]]) {
    let lines = output.split(separator: "\n")
    #expect(lines.count == expected.count)
    for (line, numbers) in zip(lines, expected) {
      let found = line.split(separator: " ").compactMap { UInt32($0) }.map(Float.init(bitPattern:))
      #expect(found.count == numbers.count)
      let scale = numbers.map(\.magnitude).max() ?? 1
      for (a, b) in zip(found, numbers) {
        #expect(abs(a - b) <= 4e-6 * max(scale * 1e-2, b.magnitude), "\(a) and \(b)")
      }
    }
  }
}
