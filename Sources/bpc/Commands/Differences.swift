import BPIR
import BPInterp
import BackpropCompiler

/// Differences of a program's value, extrapolated to a step of zero.
struct Differences: ~Copyable {
  private let machine: Machine
  private let bindings: Bindings
  private let positions: [Int?]

  /// What differences say of a derivative.
  struct Slope {
    /// The central one.
    let value: Double
    /// Its estimated error.
    let error: Double
    /// That to the left alone.
    let before: Double
    /// That to the right alone.
    let behind: Double
  }

  init(_ differentiation: Differentiation, _ bindings: Bindings) {
    let function = differentiation.problem.function
    self.bindings = bindings
    positions = differentiation.problem.independents.map { value in
      function.parameters.firstIndex(of: value)
    }
    machine = differentiation.compiler.machine(differentiation.value)
  }

  /// Returns what differences say of the derivative with respect to an element of name number `index`; nil for
  /// a name that is no leaf.
  func slope(_ index: Int, _ element: Int) -> Slope? {
    guard let position = positions[index] else { return nil }
    let x = bindings.values[position].values[element]
    let (value, error) = derivative(position, element, at: x, sides: (-1, 1))
    return Slope(
      value: value, error: error,
      before: derivative(position, element, at: x, sides: (-1, 0)).value,
      behind: derivative(position, element, at: x, sides: (0, 1)).value)
  }

  private func value(_ position: Int, _ element: Int, _ x: Double) -> Double {
    do {
      try machine.run(bindings.replacing(position, element: element, with: x).values)
      return machine.result(0)
    } catch {
      return .nan
    }
  }

  /// Returns the difference between the ends of steps to `sides`, and an estimate of its error.
  ///
  /// The first step is a part of x, or where that says little one that is smaller: of a function that swings
  /// many times between 0 and x, say.
  private func derivative(
    _ position: Int, _ element: Int, at x: Double, sides: (Double, Double)
  ) -> (value: Double, error: Double) {
    var best = (value: Double.nan, error: Double.infinity)
    for part in [0.05, 5e-5, 5e-8, 5e-11] where !(best.error <= 1e-7 * best.value.magnitude) {
      let found = extrapolated(from: part * max(x.magnitude, 0.1)) { step in
        let (low, high) = (x + sides.0 * step, x + sides.1 * step)
        return (value(position, element, high) - value(position, element, low)) / (high - low)
      }
      // Small next to what it is the error of: many swings cancel to a small number with a small error.
      if !(found.error * best.value.magnitude >= best.error * found.value.magnitude)
        || best.value.isNaN
      {
        best = found
      }
    }
    return best
  }

  /// Returns what `difference` tends to as steps from `first` on become smaller.
  ///
  /// By Ridders' method: Neville's extrapolation of central differences with ever smaller steps
  /// (Ridders: Accurate computation of F'(x) and F'(x) F''(x), 1982).
  private func extrapolated(
    from first: Double, _ difference: (Double) -> Double
  ) -> (value: Double, error: Double) {
    var step = first
    var previous: [Double] = []
    var best = (value: Double.nan, error: Double.infinity)
    for _ in 0..<10 {
      var row = [difference(step)]
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
