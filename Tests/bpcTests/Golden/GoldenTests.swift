import BPAD
import BPIR
import BPInterp
import BPLexer
import Foundation
import TestSupport
import Testing

@testable import bpc

/// Every program under Tests/Golden against the files beside it. `make bless` writes what is observed;
/// a run that writes fails all the same.
struct GoldenTests {
  private static let blesses = ProcessInfo.processInfo.environment["BPC_BLESS"] == "1"

  @Test func thereAreGoldens() {
    #expect(GoldenFile.all.count >= 30)
  }

  @Test(arguments: GoldenFile.all)
  func matches(_ file: GoldenFile) throws {
    #expect(!file.artifacts.isEmpty, "\(file) expects nothing")
    for artifact in file.artifacts {
      let expectation = file.expectation(artifact)
      let expected = try String(contentsOf: expectation, encoding: .utf8)
      let observed = try file.observed(artifact)
      guard observed != expected else { continue }
      if GoldenTests.blesses {
        try Data(observed.utf8).write(to: expectation)
        Issue.record("\(file): wrote \(expectation.lastPathComponent)")
      } else {
        Issue.record("\(file) \(artifact)\n--- expected\n\(expected)\n--- observed\n\(observed)")
      }
    }
  }

  /// Every kind of message is shown by some golden, as its user would read it.
  @Test func everyCodeIsShown() throws {
    var text = ""
    for file in GoldenFile.all {
      for artifact in file.artifacts where artifact == "diagnostics" || artifact == "output" {
        text += try String(contentsOf: file.expectation(artifact), encoding: .utf8)
      }
    }
    // Their programs are too large for a golden, or no programs: other tests reach them.
    let elsewhere: Set<DiagnosticCode> = [
      .nestedTooDeeply, .programTooLarge, .malformedIR, .runStopped,
    ]
    for code in DiagnosticCode.allCases where !elsewhere.contains(code) {
      #expect(text.contains("[\(code)]"), "no golden shows \(code)")
    }
  }

  /// The oracles that need no expectation.
  @Test(arguments: GoldenFile.all)
  func isSound(_ file: GoldenFile) throws {
    let bytes = try Data(contentsOf: file.program)
    let program = TestProgram(String(decoding: bytes, as: UTF8.self))
    guard let module = program.module, let main = program.main else { return }
    #expect(module.problems == [])
    let sized = main.specialized(to: GoldenTests.sizes(module))
    // The sizes taken here need not be those that a program asks for.
    guard sized.impossibleShape == nil else { return }
    #expect(sized.problems() == [])
    guard sized.results.count == 1, sized.type(of: sized.results[0]) == .real,
      sized.hasKnownSizes
    else { return }
    let reals = sized.parameters.filter { sized.type(of: $0).isReal }
    let reverse = gradient(of: sized, withRespectTo: reals).function
    let forward = jacobianVectorProduct(of: sized, outputs: [0], inDirectionOf: reals)
    for function in [reverse, forward, reverse.finished(), forward.finished()] {
      #expect(function.problems() == [])
    }
    let point = GoldenTests.point(sized, module)
    let direction = reals.enumerated().map { number, value in
      GoldenTests.tensor(sized, value) { 1 + 0.25 * Double(number) - 0.5 * Double($0) }
    }
    let slopes = reverse.run(point).dropFirst()
    let moved = forward.run(point + direction)
    guard let along = moved.last?.values.first else { return }
    var sum = 0.0
    var scale = 1.0
    for (slope, step) in zip(slopes, direction) {
      for (a, b) in zip(slope.values, step.values) where b != 0 {
        sum += a * b
        scale += abs(a * b)
      }
    }
    let agree =
      sum == along || !sum.isFinite || !along.isFinite || abs(sum - along) <= 1e-11 * scale
    #expect(agree, "the derivative in a direction: \(sum) and \(along)")
  }

  /// The sizes that the symbols of a golden are taken to be.
  private static func sizes(_ module: Module) -> [String: Int] {
    var sizes = Dictionary(uniqueKeysWithValues: module.symbols.map { ($0, 2) })
    for leaf in module.leaves where leaf.type == .integer { sizes[leaf.name] = 2 }
    return sizes
  }

  private static func point(_ function: Function, _ module: Module) -> [Tensor] {
    zip(function.parameters, module.leaves).enumerated().map { index, pair in
      let (value, leaf) = pair
      let number =
        leaf.defaultValue ?? (leaf.type.isInteger ? (leaf.type.isScalar ? 2 : 0) : 0.7)
      let isFree = leaf.defaultValue == nil && leaf.type.isReal
      return tensor(function, value) { element in
        isFree ? number + 0.3 * Double(index) + 0.1 * Double(element) : number
      }
    }
  }

  private static func tensor(
    _ function: Function, _ value: Value, _ number: (Int) -> Double
  ) -> Tensor {
    let shape = function.type(of: value).shape.numbers ?? []
    return Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map(number))
  }
}

extension Function {
  /// Returns the results for `arguments`, NaN where the run ends early.
  fileprivate func run(_ arguments: [Tensor]) -> [Tensor] {
    let machine = Machine(compile(finished()))
    do {
      try machine.run(arguments)
      return results.indices.map { machine.tensor($0) }
    } catch {
      return results.map { _ in Tensor(.nan) }
    }
  }
}
