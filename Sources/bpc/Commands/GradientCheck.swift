import BPAD
import BPIR
import BPInterp

/// A comparison of the derivatives by reverse mode with those by forward mode and with central
/// differences.
struct GradientCheck {
  /// The derivatives with respect to one name.
  private struct Row {
    let name: String
    let reverse: Double
    let forward: Double
    /// The central difference; nil for a name that is no leaf and cannot be moved.
    let difference: Double?
    /// What rounding may make of the derivative.
    let scale: Double
    /// The estimated error of the difference.
    let error: Double

    /// Whether reverse and forward mode agree but for rounding.
    var modesAgree: Bool {
      reverse == forward || (reverse.isNaN && forward.isNaN)
        || abs(reverse - forward) <= 1e-12 * max(scale, reverse.magnitude)
    }

    /// Whether the difference agrees too, as far as it can tell.
    var differenceAgrees: Bool {
      guard let difference, reverse.isFinite else { return true }
      return abs(reverse - difference) <= 10 * error + 1e-6 * max(1e-6 * scale, reverse.magnitude)
    }
  }

  private let rows: [Row]

  /// Computes the derivatives at `bindings`.
  init(_ differentiation: Differentiation, _ bindings: Bindings) {
    let compiler = differentiation.compiler
    let problem = differentiation.problem
    var scaled = DifferentiationOptions()
    scaled.takesMagnitudes = true
    let count = differentiation.objective.names.count
    let top = differentiation.objective.name
    let reverse = GradientCheck.run(compiler.gradient(problem).function, compiler, bindings)
    let scales = GradientCheck.run(
      BPAD.gradient(of: problem.function, withRespectTo: problem.independents, scaled).function,
      compiler, bindings)
    let tangents = BPAD.tangents(
      of: problem.function, outputs: [0], inDirectionsOf: problem.independents)
    let forward = GradientCheck.run(tangents, compiler, bindings)
    let differences = Differences(differentiation, bindings)
    rows = (0..<count).map { index in
      let (difference, error) = differences.derivative(index)
      return Row(
        name: derivativeName(of: top, by: differentiation.objective.names[index]),
        reverse: reverse[1 + index],
        forward: forward[problem.function.results.count + index], difference: difference,
        scale: scales[1 + index].magnitude, error: error)
    }
  }

  private static func run(
    _ function: Function, _ compiler: Compiler, _ bindings: Bindings
  ) -> [Double] {
    let machine = Machine(compiler.program(function))
    do {
      try machine.run(bindings.values)
      return machine.results
    } catch {
      return function.results.map { _ in .nan }
    }
  }

  /// Whether all derivatives agree.
  var agrees: Bool { rows.allSatisfy { $0.modesAgree && $0.differenceAgrees } }

  /// A line for each derivative.
  var text: String {
    rows.map { row in
      let verdict =
        !row.modesAgree ? "modes differ" : row.differenceAgrees ? "ok" : "difference differs"
      let difference = row.difference.map { "central difference \($0)" } ?? "no difference"
      return "\(row.name): reverse \(row.reverse), forward \(row.forward), \(difference): "
        + "\(verdict)\n"
    }.joined()
  }
}

/// Central differences of a program's value, extrapolated to a step of zero.
private struct Differences: ~Copyable {
  private let machine: Machine
  private let bindings: Bindings
  private let positions: [Int?]

  init(_ differentiation: Differentiation, _ bindings: Bindings) {
    let function = differentiation.problem.function
    self.bindings = bindings
    positions = differentiation.problem.independents.map { value in
      function.parameters.firstIndex(of: value)
    }
    machine = Machine(differentiation.compiler.program(differentiation.value))
  }

  private func value(_ position: Int, _ x: Double) -> Double {
    var arguments = bindings.values
    arguments[position] = x
    do {
      try machine.run(arguments)
      return machine.result(0)
    } catch {
      return .nan
    }
  }

  /// Returns the derivative in direction number `index` and an estimate of its error; NaN for a name
  /// that is no leaf.
  ///
  /// By Ridders' method: Neville's extrapolation of central differences with ever smaller steps
  /// (Ridders: Accurate computation of F'(x) and F'(x) F''(x), 1982).
  func derivative(_ index: Int) -> (value: Double?, error: Double) {
    guard let position = positions[index] else { return (nil, .infinity) }
    let x = bindings.values[position]
    var step = 0.05 * max(x.magnitude, 0.1)
    var previous: [Double] = []
    var best = (value: Double.nan, error: Double.infinity)
    for _ in 0..<10 {
      var row = [(value(position, x + step) - value(position, x - step)) / (2 * step)]
      var factor = 1.96
      for (order, old) in previous.enumerated() {
        row.append((row[order] * factor - old) / (factor - 1))
        factor *= 1.96
        let error = max(abs(row[order + 1] - row[order]), abs(row[order + 1] - old))
        if error <= best.error { best = (row[order + 1], error) }
      }
      previous = row
      step /= 1.4
    }
    return best
  }
}
