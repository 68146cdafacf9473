/// Descent with momentum: v ← μv + g, θ ← θ - ηv (Polyak 1964); Nesterov's is θ ← θ - η(g + μv)
/// (Nesterov 1983, in the form of Sutskever and others 2013).
///
/// As in PyTorch the rate is no part of the velocity, so that it counts at once where a schedule changes it.
struct Momentum: UpdateRule {
  /// How much of the velocity stays, μ.
  let persistence: Double
  /// Whether the step looks ahead as Nesterov's does.
  let looksAhead: Bool
  private var velocity: [Double]

  /// At rest, for `count` parameters.
  init(persistence: Double, looksAhead: Bool, count: Int) {
    self.persistence = persistence
    self.looksAhead = looksAhead
    velocity = Array(repeating: 0, count: count)
  }

  var memory: [OptimizerMemory] {
    get { [OptimizerMemory(name: "velocity", numbers: velocity)] }
    set { velocity = newValue[0].numbers }
  }

  mutating func update(_ parameters: inout [Double], _ gradient: [Double], rate: Double) {
    for index in parameters.indices {
      velocity[index] = persistence * velocity[index] + gradient[index]
      let step = looksAhead ? gradient[index] + persistence * velocity[index] : velocity[index]
      parameters[index] -= rate * step
    }
  }
}
