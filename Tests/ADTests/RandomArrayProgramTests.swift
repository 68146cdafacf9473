import BPAD
import BPIR
import BPInterp
import Foundation
import TestSupport
import Testing

/// Oracles that need no expectation, fed by random programs of arrays.
struct RandomArrayProgramTests {
  /// How many programs are drawn.
  static let count =
    Int(ProcessInfo.processInfo.environment["BPC_RANDOM_ARRAY_PROGRAMS"] ?? "") ?? 500
  /// The first seed.
  static let seed = UInt64(ProcessInfo.processInfo.environment["BPC_RANDOM_SEED"] ?? "") ?? 1

  @Test func derivativesAgree() {
    var skipped = 0
    var drawn: [String: Int] = [:]
    var problems = 0
    for index in 0..<RandomArrayProgramTests.count {
      let seed = RandomArrayProgramTests.seed &+ UInt64(index)
      let program = RandomArrayProgram(seed: seed, size: 3 + index % 14)
      for operation in program.drawn { drawn[operation, default: 0] += 1 }
      switch ArrayOracle(program)?.verdict() ?? .wrong("it does not compile") {
      case .agrees: break
      case .notFinite: skipped += 1
      case .wrong(let what):
        problems += 1
        if problems <= 5 { Issue.record("seed \(seed): \(what)\n\(program.text)") }
      }
    }
    #expect(skipped * 100 <= RandomArrayProgramTests.count, "\(skipped) programs were not finite")
    for operation in RandomArrayProgram.operations {
      #expect(
        drawn[operation, default: 0] >= RandomArrayProgramTests.count / 50,
        "\(operation) was drawn too rarely")
    }
    print("\(RandomArrayProgramTests.count) random array programs, \(skipped) not finite")
  }
}

/// A program of arrays with what its derivatives are compared at.
struct ArrayOracle {
  let module: Module
  let plainModule: Module
  let literalModule: Module
  let sizes: [String: Int]
  let arguments: [Tensor]

  /// What the oracles found.
  enum Verdict: Equatable {
    case agrees
    case notFinite
    case wrong(String)
  }

  init?(_ program: RandomArrayProgram) {
    var plain = LoweringOptions()
    plain.simplifies = false
    let compiled = TestProgram(program.text)
    guard let literalModule = TestProgram(program.literalText).module else {
      print(TestProgram(program.literalText).diagnostics.map(\.message))
      return nil
    }
    guard let module = compiled.module, let plainModule = TestProgram(program.text, plain).module
    else {
      print(compiled.diagnostics.map(\.message), program.text)
      return nil
    }
    self.module = module
    self.plainModule = plainModule
    self.literalModule = literalModule
    sizes = program.sizes
    arguments = module.leaves.compactMap { leaf in
      program.leaves.first { $0.name == leaf.name }?.value
    }
  }

  /// The parameters that are differentiated.
  private func independents(_ function: Function) -> [Value] {
    function.parameters.filter { function.type(of: $0).isReal }
  }

  private func gradient(
    _ function: Function, simplifies: Bool = true, takesMagnitudes: Bool = false
  ) -> Function {
    var options = DifferentiationOptions()
    options.simplifies = simplifies
    options.takesMagnitudes = takesMagnitudes
    return BPAD.gradient(of: function, withRespectTo: independents(function), options).function
  }

  func verdict() -> Verdict {
    let general = module.inlined().withoutDeadCode()
    let main = general.specialized(to: sizes)
    let plain = plainModule.inlined(simplifying: false).specialized(to: sizes)
    let generalGradient = gradient(general)
    let functions = [
      "reverse": gradient(main), "specialized": generalGradient.specialized(to: sizes),
      "literal": gradient(literalModule.inlined().withoutDeadCode()),
    ]
    let plainly = gradient(plain, simplifies: false)
    let scale = gradient(main, takesMagnitudes: true)
    let product = jacobianVectorProduct(
      of: main, outputs: [0], inDirectionOf: independents(main))
    let all = [general, main, plain, plainly, scale, product, generalGradient] + functions.values
    if let problem = (all + all.map { $0.finished() }).flatMap({ $0.problems() }).first {
      return .wrong(problem)
    }
    guard let reverse = functions["reverse"]?.run(arguments), let bounds = scale.run(arguments)
    else { return .wrong("the run ends early") }
    guard areFinite(reverse), areFinite(bounds) else { return .notFinite }
    for (name, function) in functions.sorted(by: { $0.key < $1.key }) {
      if let mistake = difference(reverse, function.run(arguments), bounds) {
        return .wrong("\(name): \(mistake)")
      }
    }
    if let mistake = difference(reverse, plainly.run(arguments, plainly: true), bounds) {
      return .wrong("without simplification: \(mistake)")
    }
    return compare(product, reverse, bounds)
  }

  private func areFinite(_ tensors: [Tensor]) -> Bool {
    tensors.allSatisfy { $0.values.allSatisfy { $0.isFinite } }
  }

  private func difference(_ a: [Tensor], _ b: [Tensor]?, _ scale: [Tensor]) -> String? {
    guard let b, a.map(\.shape) == b.map(\.shape) else { return "other shapes, or no end" }
    for position in a.indices {
      for (index, (x, y)) in zip(a[position].values, b[position].values).enumerated() {
        let size = position == 0 ? max(1, x.magnitude) : scale[position].values[index].magnitude
        if !(abs(x - y) <= 1e-12 * size) {
          return "result \(position), element \(index): \(x) and \(y)"
        }
      }
    }
    return nil
  }

  /// Compares the product of the gradient with random directions with forward mode.
  private func compare(_ product: Function, _ reverse: [Tensor], _ bounds: [Tensor]) -> Verdict {
    var generator = SeededGenerator(seed: 7)
    let machine = Machine(compile(product.finished()))
    for _ in 0..<3 {
      let directions = reverse.dropFirst().map { part in
        Tensor(
          shape: part.shape,
          values: part.values.map { _ in Double.random(in: -1...1, using: &generator) })
      }
      guard let forward = machine.tensors(for: arguments + directions)?.last?.values[0] else {
        return .wrong("forward mode ends early")
      }
      let flat = directions.flatMap(\.values)
      let terms = zip(reverse.dropFirst().flatMap(\.values), flat).map { $0 * $1 }
      let scale = zip(bounds.dropFirst().flatMap(\.values), flat).map { ($0 * $1).magnitude }
      let dot = terms.reduce(0, +)
      if !(abs(dot - forward) <= 1e-12 * scale.reduce(0, +)) {
        return .wrong("reverse \(dot), forward \(forward)")
      }
    }
    return .agrees
  }
}
