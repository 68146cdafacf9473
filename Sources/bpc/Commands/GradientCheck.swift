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
        let (difference, error) = differences.derivative(index, element)
        rows.append(
          Row(
            name: derivativeName(of: objective.name, by: name)
              + GradientCheck.index(element, gradient.shape),
            reverse: gradient.values[element], forward: forward.derivative(index, element),
            difference: difference, scale: scales[1 + index].values[element].magnitude,
            error: error))
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
    rows.map { row in
      let verdict =
        !row.modesAgree ? "modes differ" : row.differenceAgrees ? "ok" : "difference differs"
      let difference = row.difference.map { "central difference \($0)" } ?? "no difference"
      return "\(row.name): reverse \(row.reverse), forward \(row.forward), \(difference): "
        + "\(verdict)\n"
    }.joined() + (omitted == 0 ? "" : "\(omitted) further elements of arrays were not compared\n")
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
    machine = differentiation.compiler.machine(differentiation.value)
  }

  private func value(_ position: Int, _ element: Int, _ x: Double) -> Double {
    do {
      try machine.run(bindings.replacing(position, element: element, with: x).values)
      return machine.result(0)
    } catch {
      return .nan
    }
  }

  /// Returns the derivative with respect to an element of name number `index` and an estimate of its error; NaN for a name
  /// that is no leaf.
  ///
  /// By Ridders' method: Neville's extrapolation of central differences with ever smaller steps
  /// (Ridders: Accurate computation of F'(x) and F'(x) F''(x), 1982).
  func derivative(_ index: Int, _ element: Int) -> (value: Double?, error: Double) {
    guard let position = positions[index] else { return (nil, .infinity) }
    let x = bindings.values[position].values[element]
    var step = 0.05 * max(x.magnitude, 0.1)
    var previous: [Double] = []
    var best = (value: Double.nan, error: Double.infinity)
    for _ in 0..<10 {
      var row = [
        (value(position, element, x + step) - value(position, element, x - step)) / (2 * step)
      ]
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
