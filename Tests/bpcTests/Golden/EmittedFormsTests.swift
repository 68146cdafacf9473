import BackpropCompiler
import Foundation
import Testing

/// The further forms of emitted Swift: functions over rows, and products of second derivatives.
struct EmittedFormsTests {
  private static let robust = """
    param a = 1.5
    param b
    input x
    input y
    r = y - a*x - b*sqrt(x*x + 1)
    loss = where(abs(r) < 1, r*r/2, abs(r) - 0.5)
    """
  private static let branches = "f = if x > y { sqrt(x - y) * z } else { exp(x*y) - z/y }"

  private func emitted(_ text: String, _ name: String, _ options: [String]) throws -> String {
    let outcome = try Tool.run(
      ["grad", "-", "--emit-swift", "--name", name] + options, input: Array(text.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  @Test func rowsAreWhatEachOfThemGives() async throws {
    var program = EmittedProgram()
    program.add("Robust", try emitted(EmittedFormsTests.robust, "Robust", ["--batch"]))
    program.add("Branches", try emitted(EmittedFormsTests.branches, "Branches", ["--batch"]))
    let floats = ["--batch", "--precision", "float32"]
    program.add("Floats", try emitted(EmittedFormsTests.robust, "Floats", floats))
    let output = try await program.output(
      main: """
        let x = (0..<101).map { Double($0) * 0.07 - 3 }
        let y = (0..<101).map { Double($0 % 13) * 0.31 - 1.1 }
        let z = (0..<101).map { Double($0 % 7) - 2.5 }
        let (values, gradients) = Robust.valuesAndGradients(b: 0.5, x: x, y: y)
        let other = Branches.valuesAndGradients(x: x, y: y, z: z)
        var same = 0
        for i in 0..<101 {
          let (value, gradient) = Robust.valueAndGradient(b: 0.5, x: x[i], y: y[i])
          let isSame = values[i] == value && gradients.a[i] == gradient.a && gradients.b[i] == gradient.b
          let (v, g) = Branches.valueAndGradient(x: x[i], y: y[i], z: z[i])
          let isOther = other.values[i] == v && other.gradients.x[i] == g.x
            && other.gradients.y[i] == g.y && other.gradients.z[i] == g.z
          if isSame && isOther { same += 1 }
        }
        let floats = Floats.valuesAndGradients(b: 0.5, x: x.map { Float($0) }, y: y.map { Float($0) })
        let distance = zip(floats.gradients.b, gradients.b).map { abs(Double($0) - $1) }.max() ?? 1
        print(same, distance < 1e-5, Robust.valuesAndGradients(b: 1, x: [], y: []).values.count)
        """)
    #expect(output == "101 true 0\n")
  }

  @Test func rowsAreForNumbers() throws {
    let text = "param v: [3]\nsum(v*v)"
    let outcome = try Tool.run(["grad", "-", "--emit-swift", "--batch"], input: Array(text.utf8))
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("this one has arrays"))
  }

  @Test func rowsAreVectors() throws {
    #if arch(x86_64)
      let text = try emitted(EmittedFormsTests.robust, "Robust", ["--batch"])
      let outcome = try inScratchFolder { scratch in
        try Data(text.utf8).write(to: scratch.appending(path: "Robust.swift"))
        let arguments = ["swiftc", "-O", "-S", "-parse-as-library", "Robust.swift"]
        return try Tool.run(URL(filePath: "/usr/bin/env"), arguments, in: scratch)
      }
      for instruction in ["mulpd", "addpd", "subpd", "sqrtpd", "cmpltpd"] {
        #expect(outcome.output.contains(instruction), "no \(instruction)")
      }
    #endif
  }

  @Test func testsStandBesideTheFile() throws {
    let folder = TemporaryDirectory()
    let path = "\(folder.path)/Robust.swift"
    let text = Array(EmittedFormsTests.robust.utf8)
    let command = ["grad", "-", "--emit-swift", "--name", "Robust", "--with-tests", "Model"]
    let outcome = try Tool.run(command + ["-o", path, "x=0.3", "y=0.2", "b=0.1"], input: text)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let tests = try String(contentsOfFile: "\(folder.path)/RobustTests.swift", encoding: .utf8)
    for line in ["@testable import Model", "struct RobustTests {", "      1.5, 0.1, 0.3, 0.2,"] {
      #expect(tests.contains(line + "\n"), "no \(line)")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("enum Robust {"))
    let problems: [([String], String)] = [
      ([], "-o Name.swift"), (["-o", "\(folder.path)/Robust.txt"], "-o Name.swift"),
      (["-o", path, "--wrt", "r"], "with respect to leaves"),
    ]
    for (arguments, words) in problems {
      let outcome = try Tool.run(command + arguments, input: text)
      #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
    }
    let nowhere = try Tool.run(
      command + ["-o", path], input: Array("param x = -1\nlog(x) + sqrt(x)".utf8))
    #expect(nowhere.status == 1 && nowhere.errors.contains("there is no point"))
  }

  @Test func productsOfSecondDerivatives() async throws {
    let file = Tool.package.appending(path: "examples/network-5-3-5-4.bp")
    let network = try String(contentsOf: file, encoding: .utf8)
    var program = EmittedProgram()
    program.add("Network", try emitted(network, "Network", ["--hessian"]))
    program.add("Branches", try emitted(EmittedFormsTests.branches, "Branches", ["--hessian"]))
    let numbers: [String: Numbers] = [
      "x": 0.3, "y": 0.6, "W1": 0.2, "b1": 0.1, "W2": -0.3, "b2": 0.2, "W3": 0.5, "b3": -0.1,
    ]
    let output = try await program.output(
      main: """
        func all(_ number: Double, _ count: Int) -> [Double] { Array(repeating: number, count: count) }
        let direction = Network.Gradient(
          W1: all(0.5, 15), b1: all(-1, 3), W2: all(2, 15), b2: all(0.25, 5), W3: all(-0.5, 20),
          b3: all(1, 4))
        let p = Network.hessianVectorProduct(
          x: all(0.3, 5), y: all(0.6, 4), W1: all(0.2, 15), b1: all(0.1, 3), W2: all(-0.3, 15),
          b2: all(0.2, 5), W3: all(0.5, 20), b3: all(-0.1, 4), along: direction)
        let q = Branches.hessianVectorProduct(
          x: 2, y: 0.5, z: 3, along: Branches.Gradient(x: 1, y: -2, z: 0.5))
        for numbers in [p.W1, p.b1, p.W2, p.b2, p.W3, p.b3, [q.x], [q.y], [q.z]] {
          print(numbers.map { "\\($0)" }.joined(separator: " "))
        }
        """)
    let direction = [
      "W1": 0.5, "b1": -1, "W2": 2, "b2": 0.25, "W3": -0.5, "b3": 1,
    ]
    var expected = try product(
      Formula(network), numbers, direction, ["W1", "b1", "W2", "b2", "W3", "b3"])
    expected += try product(
      Formula(EmittedFormsTests.branches), ["x": 2, "y": 0.5, "z": 3], ["x": 1, "y": -2, "z": 0.5],
      ["x", "y", "z"])
    let lines = output.split(separator: "\n")
    #expect(lines.count == expected.count)
    for (line, row) in zip(lines, expected) {
      let found = line.split(separator: " ").compactMap { Double($0) }
      #expect(found.count == row.count)
      for (a, b) in zip(found, row) { #expect(abs(a - b) <= 1e-13 * max(1, b.magnitude)) }
    }
  }

  /// Returns the products by the whole Hessian, for a direction whose arrays have equal elements.
  private func product(
    _ formula: Formula, _ arguments: [String: Numbers], _ direction: [String: Double],
    _ names: [String]
  ) throws -> [[Double]] {
    let (_, gradient, hessian) = try formula.hessian(arguments)
    return names.map { name in
      let count = gradient[name]?.elements.count ?? 0
      return (0..<count).map { row in
        names.reduce(0) { sum, other in
          let block = hessian[name]?[other]?.elements ?? []
          let width = block.count / max(1, count)
          return sum + block[row * width..<(row + 1) * width].reduce(0, +) * (direction[other] ?? 0)
        }
      }
    }
  }
}
