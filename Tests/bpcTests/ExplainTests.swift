import BPIR
import BPInterp
import BPLexer
import BackpropCompiler
import Foundation
import Testing

@testable import bpc

/// What `bpc explain` shows is what the program computes.
struct ExplainTests {
  /// The pages of the tutorials have the digits of `docs/Tutorial.md`'s sources: independent ones.
  @Test(arguments: TutorialPage.all)
  func tutorials(_ page: TutorialPage) throws {
    let outcome = try Tool.run(["explain"] + page.arguments)
    // A word may be said of how spellings are read.
    let complaints = outcome.errors.split(separator: "\n").filter { !$0.contains(": note: reads ") }
    #expect(outcome.status == 0 && complaints == [])
    let equations = outcome.output.split(separator: "\n").map { line in
      line.split(separator: "=").map { $0.filter { $0 != " " } }
    }
    for (name, number) in page.numbers {
      let sides = equations.last { $0.first == name && $0.last.flatMap { Double($0) } != nil }
      let shown = try #require(sides?.last.flatMap { Double($0) }, "\(name)")
      #expect(abs(shown - number) <= 1e-12 * max(1, abs(number)), "\(name)")
    }
  }

  /// The gradient of the steps is that of `bpc grad`, for all goldens and examples that it takes.
  @Test func stepsGiveTheGradient() throws {
    var explained = 0
    for text in try ExplainTests.programs() {
      let source = Source(name: "program.bp", text: text)
      guard let (run, gradient) = ExplainTests.run(source) else { continue }
      explained += 1
      for (stepwise, whole) in zip(run.gradient, gradient) {
        #expect(ExplainTests.agree(stepwise, whole), "\(text.prefix(200))")
      }
      let explanation = try Explanation(run, Explanation.Update(rate: 0.1, maximizes: false))
      #expect(!explanation.sections.isEmpty)
    }
    #expect(explained >= 100)
  }

  private static func agree(_ a: Tensor, _ b: Tensor) -> Bool {
    a.shape == b.shape
      && zip(a.values, b.values).allSatisfy { a, b in
        a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-9 * max(1, abs(b))
      }
  }

  /// The texts of the goldens and the examples.
  private static func programs() throws -> [String] {
    let folders = ["Tests/Golden", "examples"].map { Tool.package.appending(path: $0) }
    var texts: [String] = []
    for folder in folders {
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in files ?? .init() where file.pathExtension == "bp" {
        if let text = try? String(contentsOf: file, encoding: .utf8) { texts.append(text) }
      }
    }
    return texts.sorted()
  }

  /// Returns the steps of a program and its gradient, where it has one at its defaults and 0.7.
  private static func run(_ source: Source) -> (StraightRun, [Tensor])? {
    var compiler = Compiler()
    compiler.limits.maxTurns = 2_000
    compiler.limits.memory = 1 << 26
    let compilation = compiler.compile(source)
    guard let module = compilation.module, let objective = try? Objective(module, of: nil, wrt: []),
      let bindings = bindings(module, source, compiler)
    else { return nil }
    let differentiation = Differentiation(
      compilation, module, objective, compiler, order: .gradient)
    guard let run = try? compiler.steps(source, of: nil, wrt: [], bindings),
      let derivatives = try? DerivativeRun(differentiation, bindings).derivatives(bindings)
    else { return nil }
    return (run, derivatives.gradient)
  }

  private static func bindings(
    _ module: Module, _ source: Source, _ compiler: Compiler
  ) -> Bindings? {
    var binder = Binder(module, source, compiler)
    for leaf in module.leaves where !leaf.hasDefault {
      try? binder.bind([leaf.name: Tensor(leaf.type.isInteger ? 2 : 0.7)])
    }
    for symbol in module.symbols where binder.sizes[symbol] == nil {
      try? binder.set(symbol, to: 3, "the test")
    }
    return try? binder.bindings()
  }
}

/// A page of a tutorial with digits of an independent computation.
struct TutorialPage: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let numbers: [(name: String, number: Double)]

  var testDescription: String { arguments.joined(separator: " ") }

  static let all = [
    TutorialPage(
      arguments: ["examples/sigmoid.bp", "a=1", "b=-2", "c=-3", "--rate", "0.1", "--maximize"],
      numbers: [
        ("f", 0.952574126822433219), ("df/da", -0.135529979192736397),
        ("df/db", -0.135529979192736397), ("df/dc", -0.045176659730912132),
        ("a", 1 - 0.0135529979192736397), ("c", -3 - 0.0045176659730912132),
      ]),
    TutorialPage(
      arguments: ["-e", "e = a*b; d = e + c; L = d*f", "a=2", "b=-3", "c=10", "f=-2"],
      numbers: [
        ("L", -8), ("dL/da", 6), ("dL/db", -4), ("dL/dc", -2), ("dL/df", 4), ("dL/de", -2),
        ("dL/dd", -2),
      ]),
    TutorialPage(
      arguments: [
        "examples/neuron.bp", "x1=2", "x2=0", "w1=-3", "w2=1", "b=6.8813735870195432",
      ],
      numbers: [
        ("o", 0.70710678118654759), ("do/dx1", -1.5), ("do/dw1", 1), ("do/dx2", 0.5),
        ("do/dw2", 0), ("do/db", 0.5),
      ]),
    TutorialPage(
      arguments: ["examples/softplus-network.bp", "--wrt", "b3", "--rate", "0.1"],
      numbers: [
        ("loss", 20.423597677589214), ("dloss/db3", -15.655108380577747),
        ("b3", 1.5655108380577747),
      ]),
    TutorialPage(
      arguments: [
        "examples/network-3-2-1.bp", "--element", "W1[1,0]", "--element", "W1[1,2]", "--element",
        "W2[0,1]", "--element", "b1[1]", "--element", "z1[0]", "--element", "z1[1]",
      ],
      numbers: [
        ("loss", 1.463282467338031), ("dloss/d(W1[1,0])", 0.768524783499018),
        ("dloss/d(W1[1,2])", -1.152787175248526), ("dloss/d(W2[0,1])", -1.075934696898625),
        ("dloss/db2", -0.768524783499018), ("dloss/d(b1[1])", 0.768524783499018),
        ("z1[0]", -0.05), ("z1[1]", 1.4),
      ]),
    TutorialPage(
      arguments: [
        "examples/network-5-3-5-4.bp", "--params", "examples/network-5-3-5-4.json", "--of", "loss",
      ],
      numbers: [("loss", 0.1059625955371147)]),
  ]
}
