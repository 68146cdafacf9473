import BPAD
import BPIR
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
    let elsewhere: Set<DiagnosticCode> = [.nestedTooDeeply, .programTooLarge, .malformedIR]
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
    guard main.results.count == 1, main.type(of: main.results[0]) == .real else { return }
    let reals = main.parameters.filter { main.type(of: $0) == .real }
    let reverse = gradient(of: main, withRespectTo: reals).function
    let forward = tangents(of: main, outputs: [0], inDirectionsOf: reals)
    for function in [reverse, forward, reverse.finished(), forward.finished()] {
      #expect(function.problems() == [])
    }
    let point = module.leaves.indices.map { index in
      module.leaves[index].defaultValue
        ?? (module.leaves[index].type == .integer ? 2 : 0.7 + 0.3 * Double(index))
    }
    let (r, f) = (reverse.run(point), forward.run(point))
    for index in reals.indices {
      let (a, b) = (r[1 + index], f[1 + index])
      let agree = a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-12 * max(1, a.magnitude)
      #expect(agree, "derivative \(index): \(a) and \(b)")
    }
  }
}
