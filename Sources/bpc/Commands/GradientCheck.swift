import BPAD
import BPIR
import BPInterp
import BackpropCompiler

/// A comparison of the derivatives by reverse mode with those by forward mode and with central
/// differences.
struct GradientCheck {
  /// The derivatives with respect to one name.
  private struct Row {
    let name: String
    let reverse: Double
    let forward: Double
    /// What differences say; nil for a name that is no leaf and cannot be moved.
    let slope: Differences.Slope?
    /// What rounding may make of the derivative.
    let scale: Double

    /// Whether reverse and forward mode agree but for rounding.
    var modesAgree: Bool {
      reverse == forward || (reverse.isNaN && forward.isNaN)
        || abs(reverse - forward) <= 1e-12 * max(scale, reverse.magnitude)
    }

    /// Whether the difference agrees too, as far as it can tell.
    var differenceAgrees: Bool {
      guard let slope, reverse.isFinite else { return true }
      return isNear(slope.value, slope.error) || isAtKink
    }

    /// Whether the derivative is one between two that differ, before the point and behind it.
    var isAtKink: Bool {
      guard let slope, !isNear(slope.value, slope.error) else { return false }
      let (low, high) = (min(slope.before, slope.behind), max(slope.before, slope.behind))
      let margin = 1e-3 * max(low.magnitude, high.magnitude)
      return high - low > 10 * margin && low - margin <= reverse && reverse <= high + margin
    }

    private func isNear(_ difference: Double, _ error: Double) -> Bool {
      abs(reverse - difference) <= 10 * error + 1e-6 * max(1e-6 * scale, reverse.magnitude)
    }

    /// What is said of it.
    var text: String {
      let verdict =
        !modesAgree ? "modes differ" : differenceAgrees ? "ok" : "difference differs"
      let difference = slope.map { "central difference \(Row.text($0.value))" } ?? "no difference"
      let kink = slope.map {
        " (a kink: the slope is \(Row.text($0.before)) before, \(Row.text($0.behind)) behind)"
      }
      return "\(name): reverse \(Row.text(reverse)), forward \(Row.text(forward)), \(difference): "
        + "\(verdict)\(isAtKink ? kink ?? "" : "")\n"
    }

    private static func text(_ number: Double) -> String {
      Scalar(number: number, type: .real).text
    }
  }

  private let rows: [Row]
  /// How many derivatives were left out, since arrays have so many.
  private let omitted: Int

  /// The most elements of one array that are compared.
  private static let mostElements = 100

  /// Computes the derivatives at `bindings`.
  init(_ differentiation: Differentiation, _ bindings: Bindings) {
    let compiler = differentiation.compiler
    let problem = differentiation.problem
    var scaled = DifferentiationOptions()
    scaled.takesMagnitudes = true
    let objective = differentiation.objective
    let reverse = GradientCheck.run(compiler.gradient(problem).function, compiler, bindings)
    let scales = GradientCheck.run(
      BPAD.gradient(of: problem.function, withRespectTo: problem.independents, scaled).function,
      compiler, bindings)
    let forward = ForwardDerivatives(differentiation, bindings)
    let differences = Differences(differentiation, bindings)
    var rows: [Row] = []
    var omitted = 0
    for (index, name) in objective.names.enumerated() {
      let gradient = reverse[1 + index]
      let elements = GradientCheck.elements(gradient.count)
      omitted += gradient.count - elements.count
      for element in elements {
        rows.append(
          Row(
            name: derivativeName(of: objective.name, by: name)
              + GradientCheck.index(element, gradient.shape),
            reverse: gradient.values[element], forward: forward.derivative(index, element),
            slope: differences.slope(index, element),
            scale: scales[1 + index].values[element].magnitude))
      }
    }
    self.rows = rows
    self.omitted = omitted
  }

  /// Returns which of `count` elements are compared: all, or so many at even distances.
  private static func elements(_ count: Int) -> [Int] {
    guard count > mostElements else { return Array(0..<count) }
    return (0..<mostElements).map { $0 * count / mostElements }
  }

  private static func index(_ number: Int, _ shape: [Int]) -> String {
    guard !shape.isEmpty else { return "" }
    var rest = number
    var indices: [Int] = []
    for size in shape.reversed() {
      indices.insert(rest % size, at: 0)
      rest /= size
    }
    return "[" + indices.map(\.description).joined(separator: ", ") + "]"
  }

  private static func run(
    _ function: Function, _ compiler: Compiler, _ bindings: Bindings
  ) -> [Tensor] {
    let machine = compiler.machine(function)
    do {
      try machine.run(bindings.values)
      return function.results.indices.map { machine.tensor($0) }
    } catch {
      return function.results.map { value in
        let shape = function.type(of: value).shape.numbers ?? []
        return Tensor(shape: shape, values: Array(repeating: .nan, count: shape.reduce(1, *)))
      }
    }
  }

  /// Whether all derivatives agree.
  var agrees: Bool { rows.allSatisfy { $0.modesAgree && $0.differenceAgrees } }

  /// A line for each derivative.
  var text: String {
    rows.map(\.text).joined()
      + (omitted == 0 ? "" : "\(omitted) further elements of arrays were not compared\n")
  }
}

/// Derivatives by forward mode, one direction at a time.
private struct ForwardDerivatives: ~Copyable {
  private let machine: Machine
  private let values: [Tensor]
  private let shapes: [[Int]]

  init(_ differentiation: Differentiation, _ bindings: Bindings) {
    let problem = differentiation.problem
    values = bindings.values
    shapes = problem.independents.map { problem.function.type(of: $0).shape.numbers ?? [] }
    machine = differentiation.compiler.machine(differentiation.directionalDerivative)
  }

  /// Returns the derivative with respect to an element of a name.
  func derivative(_ name: Int, _ element: Int) -> Double {
    let directions = shapes.indices.map { index in
      var unit = Array(repeating: 0.0, count: shapes[index].reduce(1, *))
      if index == name { unit[element] = 1 }
      return Tensor(shape: shapes[index], values: unit)
    }
    do {
      try machine.run(values + directions)
      return machine.result(0)
    } catch {
      return .nan
    }
  }
}
