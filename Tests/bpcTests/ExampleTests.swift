import Foundation
import Testing

/// The examples give the digits of an independent computation.
struct ExampleTests {
  /// Those of arrays, as `Tests/Reference/examples.py` writes them with NumPy.
  @Test(arguments: try ReferenceRun.read("examples.json"))
  func matchesTheReference(_ run: ReferenceRun) throws {
    try run.expectDerivatives()
  }

  /// Those of loops and of derivatives in the language, as `Tests/Reference/flow-examples.py` does.
  @Test(arguments: try ReferenceRun.read("flow-examples.json"))
  func flowMatchesTheReference(_ run: ReferenceRun) throws {
    if run.values != nil { try run.expectValues() }
    if !run.gradient.isEmpty { try run.expectDerivatives() }
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

  private func agrees(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-12 * max(1, abs(b))
  }
}
