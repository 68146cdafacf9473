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

  /// The network of the tutorial is trained to the digits of an independent computation.
  @Test func networkIsTrained() throws {
    let data = "examples/network-5-3-5-4.json"
    func loss(_ epochs: Int, _ options: [String] = []) throws -> Double {
      let outcome = try Tool.run(
        [
          "train", "examples/network-5-3-5-4.bp", "--data", data, "--rate", "0.01", "--epochs",
          "\(epochs)",
        ] + options)
      let match = try #require(outcome.output.firstMatch(of: #/^loss = (\S+)\n/#))
      return try #require(Double(match.1))
    }
    #expect(try loss(0) == 0.1059625955371147)
    #expect(abs(try loss(100) / 0.09471406539548931 - 1) < 1e-12)
    #expect(abs(try loss(1000) / 0.013715400965094274 - 1) < 1e-12)
    try inScratchFolder { folder in
      let file = folder.appending(path: "fit.json").path(percentEncoded: false)
      let last = try loss(10000, ["--params-out", file])
      #expect(abs(last / 2.812847968104284e-07 - 1) < 1e-11)
      let prediction = try Tool.run(
        ["eval", "examples/network-5-3-5-4.bp", "--data", data, "--params", file, "--all"])
      let line = try #require(
        prediction.output.firstMatch(of: #/\nprediction = \[(.*)\]\n/#)?.1)
      let numbers = line.split(separator: ", ").compactMap { Double($0) }
      let expected = [
        0.2102107711057132, 0.8308787266586609, 0.8695009897202063, 0.7502440141968347,
      ]
      try #require(numbers.count == 4)
      for (number, digits) in zip(numbers, expected) { #expect(agrees(number, digits)) }
    }
  }

  /// The last bias of the softplus network, step by step as in the tutorial, and at its end.
  @Test(arguments: [(0, "0"), (1, "1.5655"), (2, "2.1917"), (1000, "2.609184730096291")])
  func biasIsTrained(_ epochs: Int, _ digits: String) throws {
    let outcome = try Tool.run(
      [
        "train", "examples/softplus-network.bp", "--wrt", "b3", "--rate", "0.1", "--epochs",
        "\(epochs)",
      ])
    #expect(outcome.output.contains("\nb3 = \(digits)"))
  }

  private func agrees(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-12 * max(1, abs(b))
  }
}
