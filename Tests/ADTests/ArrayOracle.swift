import BPAD
import BPIR
import BPInterp
import TestSupport

/// A random program of arrays, with oracles that need no expectation.
struct ArrayOracle {
  /// The program with symbols in its shapes.
  let general: Function
  /// The program for the sizes at the point.
  let main: Function
  let module: Module
  let program: RandomArrayProgram
  let arguments: [Tensor]

  /// What the oracles found.
  enum Verdict: Equatable {
    case agrees
    case notFinite
    case wrong(String)
  }

  init?(_ program: RandomArrayProgram) {
    let compiled = TestProgram(program.text)
    guard let module = compiled.module, let general = compiled.main else {
      print(compiled.diagnostics.map(\.message))
      return nil
    }
    self.module = module
    self.general = general
    self.program = program
    main = general.specialized(to: program.sizes)
    arguments = module.leaves.compactMap { leaf in
      program.leaves.first { $0.name == leaf.name }?.value
    }
  }

  /// The parameters that are differentiated.
  static func independents(_ function: Function) -> [Value] {
    function.parameters.filter { function.type(of: $0).isReal }
  }

  /// Returns the value and its derivatives.
  static func gradient(
    _ function: Function, simplifies: Bool = true, takesMagnitudes: Bool = false
  ) -> Function {
    var options = DifferentiationOptions()
    options.simplifies = simplifies
    options.takesMagnitudes = takesMagnitudes
    return BPAD.gradient(of: function, withRespectTo: independents(function), options).function
  }

  // MARK: - First derivatives

  /// Compares reverse mode with forward mode, and with the ways of making it that `kind` chooses.
  func verdict(_ kind: Int) -> Verdict {
    let gradient = ArrayOracle.gradient(main)
    let scale = ArrayOracle.gradient(main, takesMagnitudes: true)
    let product = jacobianVectorProduct(
      of: main, outputs: [0], inDirectionOf: ArrayOracle.independents(main))
    guard let (name, other) = otherWay(kind) else { return .wrong("it does not compile otherwise") }
    let finished = [gradient, scale, product].map { $0.finished() }
    let all = [general, gradient, product, other, finished[0]]
    if let problem = (module.problems + all.flatMap { $0.problems() }).first {
      return .wrong(problem)
    }
    guard let reverse = finished[0].run(arguments), let bounds = finished[1].run(arguments) else {
      return .wrong("the run ends early")
    }
    guard areFinite(reverse + bounds) else { return .notFinite }
    if let mistake = difference(reverse, other.run(arguments, plainly: kind % 3 == 0), bounds) {
      return .wrong("\(name): \(mistake)")
    }
    return compare(finished[2], reverse, bounds)
  }

  /// Whether `gradient` is found not to be the one of the program.
  func disagrees(_ gradient: Function) -> Bool {
    let scale = ArrayOracle.gradient(main, takesMagnitudes: true)
    let product = jacobianVectorProduct(
      of: main, outputs: [0], inDirectionOf: ArrayOracle.independents(main))
    guard let reverse = gradient.run(arguments), let bounds = scale.run(arguments),
      areFinite(reverse + bounds)
    else { return false }
    return compare(product.finished(), reverse, bounds) != .agrees
  }

  /// Returns the gradient made in another way.
  private func otherWay(_ kind: Int) -> (String, Function)? {
    switch kind % 3 {
    case 0:
      var plain = LoweringOptions()
      plain.simplifies = false
      guard let module = TestProgram(program.text, plain).module else { return nil }
      let function = module.inlined(simplifying: false).specialized(to: program.sizes)
      return ("without simplification", ArrayOracle.gradient(function, simplifies: false))
    case 1:
      return ("for any sizes", ArrayOracle.gradient(general).specialized(to: program.sizes))
    default:
      guard let function = TestProgram(program.literalText).main else { return nil }
      return ("with numbers for symbols", ArrayOracle.gradient(function))
    }
  }

  private func areFinite(_ tensors: [Tensor]) -> Bool {
    tensors.allSatisfy { tensor in tensor.values.allSatisfy { $0.isFinite } }
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
    let machine = Machine(compile(product))
    for _ in 0..<3 {
      let directions = ArrayOracle.directions(like: reverse.dropFirst(), &generator)
      guard let forward = machine.tensors(for: arguments + directions)?.last?.values[0] else {
        return .wrong("forward mode ends early")
      }
      let dot = ArrayOracle.dot(reverse.dropFirst(), directions)
      let scale = ArrayOracle.dot(bounds.dropFirst(), directions, magnitude: true)
      if !(abs(dot - forward) <= 1e-12 * scale) {
        return .wrong("reverse \(dot), forward \(forward)")
      }
    }
    return .agrees
  }

  /// Returns random numbers in the shapes of `tensors`.
  static func directions(
    like tensors: some Sequence<Tensor>, _ generator: inout SeededGenerator
  ) -> [Tensor] {
    tensors.map { part in
      let values = part.values.map { _ in Double.random(in: -1...1, using: &generator) }
      return Tensor(shape: part.shape, values: values)
    }
  }

  /// Returns the sum of the products of the elements, or of their magnitudes.
  static func dot(
    _ a: some Collection<Tensor>, _ b: [Tensor], magnitude: Bool = false
  ) -> Double {
    zip(a.flatMap(\.values), b.flatMap(\.values)).reduce(0) { sum, pair in
      let product = pair.0 * pair.1
      return sum + (magnitude ? product.magnitude : product)
    }
  }
}
