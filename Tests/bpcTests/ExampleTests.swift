import Foundation
import Testing

/// The examples with arrays give the digits of an independent computation.
struct ExampleTests {
  /// A run of `bpc grad` with what NumPy gives, as `Tests/Reference/examples.py` writes it.
  struct Run: Decodable, Sendable, CustomTestStringConvertible {
    let file: String
    let arguments: [String]
    let value: Double
    /// For each name elements with their indices and derivatives.
    let gradient: [String: [Element]]

    var testDescription: String { file + (arguments.isEmpty ? "" : " \(arguments[0].prefix(20))") }

    struct Element: Decodable, Sendable {
      let index: [Int]
      let derivative: Double

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        index = try list.decode([Int].self)
        derivative = try list.decode(Double.self)
      }
    }
  }

  private struct File: Decodable {
    let runs: [Run]
  }

  private static func runs() throws -> [Run] {
    let path = Tool.package.appending(path: "Tests/Reference/examples.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: path)).runs
  }

  @Test(arguments: try runs())
  func matchesTheReference(_ run: Run) throws {
    let outcome = try Tool.run(
      ["grad", "examples/\(run.file).bp", "--format", "json"] + run.arguments)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let members = try #require(object as? [String: Any])
    let value = try #require(members["value"] as? Double)
    #expect(agrees(value, run.value))
    let gradient = try #require(members["gradient"] as? [String: Any])
    for (name, elements) in run.gradient {
      #expect(!elements.isEmpty)
      for element in elements {
        let found = try #require(number(gradient[name], element.index))
        #expect(agrees(found, element.derivative), "\(name)\(element.index)")
      }
    }
  }

  private func agrees(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-12 * max(1, abs(b))
  }

  private func number(_ value: Any?, _ index: [Int]) -> Double? {
    guard let first = index.first else { return value as? Double }
    guard let list = value as? [Any], first < list.count else { return nil }
    return number(list[first], Array(index.dropFirst()))
  }

  /// The curves are those of the paths by themselves, point by point.
  @Test func softplusCurves() throws {
    let outcome = try Tool.run(["eval", "examples/softplus-curves.bp", "--format", "csv"])
    let rows = outcome.output.split(separator: "\n").dropFirst()
    #expect(rows.count == 100)
    for (number, row) in rows.enumerated() {
      let fields = row.split(separator: ",").compactMap { Double($0) }
      let x = Double(number) / 99
      func softplus(_ z: Double) -> Double { log1p(exp(z)) }
      let upper = -1.22 * softplus(3.34 * x - 1.43)
      let lower = -2.30 * softplus(-3.53 * x + 0.57)
      #expect(agrees(fields[0], upper) && agrees(fields[1], lower))
      #expect(agrees(fields[2], upper + lower + 2.609184730096291))
    }
  }
}
