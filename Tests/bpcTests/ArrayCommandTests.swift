import BPInterp
import Foundation
import TestSupport
import Testing

@testable import bpc

/// Arrays in and out of the tool.
struct ArrayCommandTests {
  private func run(_ arguments: [String], in folder: TemporaryDirectory) throws -> String {
    let outcome = try Tool.run(arguments, in: URL(filePath: folder.path))
    return outcome.output + outcome.errors
  }

  /// An array goes through an NPY file bit for bit, with its shape.
  @Test func arraysGoThroughNPYFiles() throws {
    let folder = TemporaryDirectory()
    let text = "uniform([3, 1, 2], seed: 4)"
    #expect(try run(["eval", "-e", text, "--format", "npy", "-o", "x.npy"], in: folder) == "")
    let same = "input y: [a, b, c]; sum(where(y == \(text), 1, 0)) + a*100 + c*10"
    #expect(try run(["eval", "-e", same, "y=@x.npy"], in: folder).hasSuffix("= 326\n"))
  }

  @Test func oneNameInAFileIsAValue() throws {
    let folder = TemporaryDirectory()
    _ = folder.file("v.json", "{\"v\": [1, 2, 3]}")
    _ = folder.file("c.csv", "c\n4\n5\n6\n")
    let output = try run(
      ["eval", "-e", "input x: [n]; input y: [n]; x @ y", "x=@v.json", "y=@c.csv"], in: folder)
    #expect(output == "x @ y = 32\n")
  }

  @Test func largeArraysAreWholeWhereProgramsReadThem() throws {
    let folder = TemporaryDirectory()
    let text = "range(1000)"
    let short = try run(["eval", "-e", text], in: folder)
    #expect(short == "range(1000) = [0, 1, 2, …, 997, 998, 999] shape [1000]\n")
    for arguments in [["--all"], ["--format", "json"], ["--format", "csv"]] {
      let whole = try run(["eval", "-e", text] + arguments, in: folder)
      #expect(whole.contains("500") && !whole.contains("…"))
    }
    let gradient = ["grad", "-e", "x = range(200); param a = 1; param w: [200] = 2; sum(a*w*x)"]
    #expect(try run(gradient, in: folder).contains("…"))
    #expect(!(try run(gradient + ["--all"], in: folder).contains("…")))
  }

  @Test func float32RoundsEveryResult() throws {
    let folder = TemporaryDirectory()
    let arguments = ["eval", "-e", "1/3 + x", "x=1e-9", "--precision", "float32"]
    #expect(try run(arguments, in: folder) == "1/3 + x = 0.33333334\n")
    let third = ["eval", "-e", "x/y", "x=1", "y=3", "--precision", "float32"]
    #expect(try run(third, in: folder) == "x/y = 0.33333334\n")
    let whole = ["eval", "-e", "input n: int; n + 1", "n=16777216", "--precision", "float32"]
    #expect(try run(whole, in: folder).contains("BP0027"))
  }

  /// What needs more memory than there is says so.
  @Test func arraysBeyondMemoryAreAnError() throws {
    let folder = TemporaryDirectory()
    let output = try run(
      ["eval", "-e", "input n: int; sum(exp(ones([n, n])))", "n=900000"], in: folder)
    #expect(output.contains("memory"))
    for expression in [
      "sum(x)", "param x = fill([9000, 9000], 1); sum(x)", "param x: [9000, 9000] = 1; x[0, 0]",
    ] {
      let limited = ["eval", "-e", expression, "--memory", "1M"]
      let bindings = expression == "sum(x)" ? ["x=fill([9000, 9000], 1)"] : []
      let message = try run(limited + bindings, in: folder)
      #expect(message.contains("[BP0050]"))
    }
  }

  /// Jacobians by rows and by columns are the same numbers.
  @Test func jacobiansByRowsAndByColumns() throws {
    let folder = TemporaryDirectory()
    let tall = "param x = [1, 2]; A = [[1, 2], [3, 4], [5, 6]]; y = A @ (x * x)"
    let wide = "param x = [1, 2, 3]; y = [sum(x^2), prod(x)]"
    #expect(
      try run(["grad", "-e", tall, "--jacobian"], in: folder)
        == "y = [9, 19, 29]\ndy/dx = [[2, 8], [6, 16], [10, 24]]\n")
    #expect(
      try run(["grad", "-e", wide, "--jacobian"], in: folder)
        == "y = [14, 6]\ndy/dx = [[2, 4, 6], [6, 3, 2]]\n")
  }

  /// The Hessian of arrays is that of their elements as numbers.
  @Test func hessiansOfArrays() throws {
    let folder = TemporaryDirectory()
    let arrays = "param v = [0.5, 2]; param s = 3; f = sum(sin(v) * s) + prod(v) * s^2"
    let numbers =
      "param a = 0.5; param b = 2; param s = 3; f = sin(a)*s + sin(b)*s + a*b*s^2"
    let first = try run(["grad", "-e", arrays, "--hessian", "--format", "json"], in: folder)
    let second = try run(["grad", "-e", numbers, "--hessian", "--format", "json"], in: folder)
    let a = try hessian(first)
    let b = try hessian(second)
    let vv = try #require((a["v"] as? [String: Any])?["v"] as? [[Double]])
    let vs = try #require((a["v"] as? [String: Any])?["s"] as? [Double])
    for (row, name) in ["a", "b"].enumerated() {
      let other = try #require(b[name] as? [String: Double])
      #expect(abs(vv[row][0] - (other["a"] ?? .nan)) < 1e-14)
      #expect(abs(vv[row][1] - (other["b"] ?? .nan)) < 1e-14)
      #expect(abs(vs[row] - (other["s"] ?? .nan)) < 1e-14)
    }
  }

  private func hessian(_ text: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let members = try #require(object as? [String: Any])
    return try #require(members["hessian"] as? [String: Any])
  }

  /// A gradient holds at most three times the inputs, the parameters and what it reads again.
  @Test func memoryOfAGradient() throws {
    let output = try Tool.run(
      ["grad", "examples/perceptron.bp", "--data", "examples/perceptron.json", "--show", "cost"]
    ).output
    let ratio = try #require(output.split(separator: "\n").last?.split(separator: " ").last)
    #expect(output.contains("bytes of memory") && (Double(ratio) ?? 9) <= 3)
  }

  /// What the REPL says of arrays.
  @Test func arraysInASession() {
    var session = Session()
    #expect(session.enter("input X: [n, 3]") == Session.Reply())
    #expect(session.type(of: "X").output == "real[n, 3]\n")
    #expect(session.type(of: "X @ ones([3, 2])").output == "real[n, 2]\n")
    #expect(session.enter("y = sum(X, axis: 1)").output == "y waits for X\n")
    #expect(session.enter("X = [[1, 2, 3], [4, 5, 6]]").output.hasSuffix("y = [6, 15]\n"))
    #expect(session.enter("X = [1, 2]").complaint.contains("shape [n, 3]"))
    #expect(session.enter("y[0] = 7").output == "y = [7, 15]\n")
  }
}
