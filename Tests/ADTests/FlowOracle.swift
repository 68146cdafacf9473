import BPAD
import BPIR
import BPInterp
import BPLexer
import TestSupport

/// A random program with control flow, with oracles that need no expectation.
struct FlowOracle {
  let main: Function
  let plainMain: Function
  let arguments: [Tensor]

  /// What the oracles found.
  enum Verdict: Equatable {
    case agrees
    case notFinite
    case wrong(String)
  }

  /// - Parameter sharing: which functions calls share; they are all expanded in what it is compared with.
  init?(_ program: RandomFlowProgram, _ sharing: CallSharing = CallSharing()) {
    var plain = LoweringOptions()
    plain.simplifies = false
    let compiled = TestProgram(program.text)
    guard let main = compiled.module?.inlined(sharing).withoutDeadCode(),
      let plainModule = TestProgram(program.text, plain).module
    else {
      print(compiled.diagnostics.map(\.message))
      return nil
    }
    let plainMain = plainModule.inlined(simplifying: false)
    var unsimplified = DifferentiationOptions()
    unsimplified.simplifies = false
    self.main = resolvingDerivatives(of: main).function.withoutDeadCode()
    self.plainMain = resolvingDerivatives(of: plainMain, unsimplified).function
    arguments = program.point.map {
      $0.count == 1 ? Tensor($0[0]) : Tensor(shape: [$0.count], values: $0)
    }
  }

  private static func gradient(
    _ function: Function, simplifies: Bool = true, takesMagnitudes: Bool = false
  ) -> Function {
    var options = DifferentiationOptions()
    options.simplifies = simplifies
    options.takesMagnitudes = takesMagnitudes
    return BPAD.gradient(of: function, withRespectTo: function.parameters, options).function
  }

  func verdict() -> Verdict {
    let reverse = FlowOracle.gradient(main)
    let scale = FlowOracle.gradient(main, takesMagnitudes: true)
    let plain = FlowOracle.gradient(plainMain, simplifies: false)
    let forward = jacobianVectorProduct(
      of: main, outputs: [0], inDirectionOf: main.parameters)
    let (bounded, _) = checkpointed(reverse.finished(), within: 256)
    for function in [main, plainMain, reverse, scale, plain, forward, reverse.finished(), bounded] {
      if let problem = function.problems().first { return .wrong(problem) }
    }
    if let mistake = mistakeOfText(reverse.finished()) { return .wrong(mistake) }
    guard let r = run(reverse.finished()), let s = run(scale.finished()),
      let p = run(plain.finishedPlainly())
    else { return .wrong("it does not run") }
    guard (r + s).allSatisfy(\.isFinite) else { return .notFinite }
    if r[0] != p[0], abs(r[0] - p[0]) > 1e-12 * max(1, r[0].magnitude) {
      return .wrong("value \(r[0]), without simplification \(p[0])")
    }
    for index in 1..<r.count where !(abs(r[index] - p[index]) <= 1e-12 * s[index].magnitude) {
      return .wrong("derivative \(index): \(r[index]), without simplification \(p[index])")
    }
    if let mistake = mistakeOfDirections(forward.finished(), r, s) { return .wrong(mistake) }
    return second(reverse, s)
  }

  /// Compares the gradient with forward mode, in the direction of each parameter.
  private func mistakeOfDirections(_ forward: Function, _ r: [Double], _ s: [Double]) -> String? {
    let machine = Machine(compile(forward))
    for index in 1..<r.count {
      guard (try? machine.run(arguments + direction(index - 1))) != nil else {
        return "forward mode does not run"
      }
      let f = machine.tensor(machine.program.results.count - 1).values[0]
      if !(abs(r[index] - f) <= 1e-12 * s[index].magnitude) {
        return "derivative \(index): reverse \(r[index]), forward \(f)"
      }
    }
    return nil
  }

  /// Returns what moves along element number `element` of all arguments.
  private func direction(_ element: Int) -> [Tensor] {
    var rest = element
    return arguments.map { argument in
      var values = Array(repeating: 0.0, count: argument.count)
      if rest >= 0, rest < values.count { values[rest] = 1 }
      rest -= values.count
      return Tensor(shape: argument.shape, values: values)
    }
  }

  /// Compares second derivatives: forward over reverse with reverse over reverse.
  private func second(_ reverse: Function, _ s: [Double]) -> Verdict {
    let parameters = reverse.parameters
    let over = jacobianVectorProduct(
      of: reverse, outputs: [1, 4], inDirectionOf: Array(parameters.prefix(1)))
    var options = DifferentiationOptions()
    options.takesMagnitudes = true
    let twice = BPAD.gradient(of: reverse, output: 1, withRespectTo: parameters).function
    let scale = BPAD.gradient(of: reverse, output: 1, withRespectTo: parameters, options).function
    for function in [over, twice, scale] {
      if let problem = function.problems().first { return .wrong("second order: \(problem)") }
    }
    let machine = Machine(compile(over.finished()))
    guard (try? machine.run(arguments + [Tensor(1)])) != nil, let b = run(twice.finished()),
      let c = run(scale.finished())
    else { return .wrong("second order: it does not run") }
    let count = machine.program.results.count
    let a = [machine.tensor(count - 2).values[0]] + machine.tensor(count - 1).values
    let again = [b[1]] + b[4...]
    let bounds = [c[1]] + c[4...]
    guard (a + again + bounds).allSatisfy(\.isFinite) else { return .agrees }
    for index in a.indices
    where !(abs(a[index] - again[index]) <= 1e-11 * max(bounds[index].magnitude, 1e-300)) {
      return .wrong("second derivative \(index): \(a[index]) and \(again[index])")
    }
    return .agrees
  }

  private func mistakeOfText(_ function: Function) -> String? {
    let text = function.text()
    let (again, diagnostics) = readModule(Source(name: "test.ir", text: text))
    var whole = again.last
    whole?.callees = Array(again.dropLast())
    guard diagnostics.isEmpty, whole?.text() == text else {
      return "its text differs: \(text)"
    }
    return nil
  }

  /// Returns all numbers of the results.
  private func run(_ function: Function) -> [Double]? {
    let machine = Machine(compile(function))
    guard (try? machine.run(arguments)) != nil else { return nil }
    return machine.program.results.indices.flatMap { machine.tensor($0).values }
  }
}
