#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Adam: m ← β₁m + (1 - β₁)g, s ← β₂s + (1 - β₂)g², θ ← θ - η m̂ / (√ŝ + ε), where m̂ = m / (1 - β₁ᵗ) and
/// ŝ = s / (1 - β₂ᵗ) after t steps (Kingma and Ba 2015).
///
/// AdamW first takes the part ηλ off each parameter (Loshchilov and Hutter 2019).
struct Adam: UpdateRule {
  /// How much of the mean gradient stays, β₁.
  let momentum: Double
  /// How much of the mean square stays, β₂.
  let smoothing: Double
  /// What keeps the quotient finite, ε.
  let epsilon: Double
  /// How fast parameters decay besides, λ.
  let decay: Double
  private var means: [Double]
  private var squares: [Double]
  private var steps = 0.0

  /// Without a past, for `count` parameters.
  init(momentum: Double, smoothing: Double, epsilon: Double, decay: Double, count: Int) {
    self.momentum = momentum
    self.smoothing = smoothing
    self.epsilon = epsilon
    self.decay = decay
    means = Array(repeating: 0, count: count)
    squares = means
  }

  var memory: [OptimizerMemory] {
    get {
      [
        OptimizerMemory(name: "means", numbers: means),
        OptimizerMemory(name: "squares", numbers: squares),
        OptimizerMemory(name: "steps", numbers: [steps]),
      ]
    }
    set {
      means = newValue[0].numbers
      squares = newValue[1].numbers
      steps = newValue[2].numbers.first ?? 0
    }
  }

  mutating func update(_ parameters: inout [Double], _ gradient: [Double], rate: Double) {
    steps += 1
    let meansSoFar = 1 - pow(momentum, steps)
    let squaresSoFar = 1 - pow(smoothing, steps)
    for index in parameters.indices {
      let slope = gradient[index]
      means[index] = momentum * means[index] + (1 - momentum) * slope
      squares[index] = smoothing * squares[index] + (1 - smoothing) * slope * slope
      let scale = (squares[index] / squaresSoFar).squareRoot() + epsilon
      parameters[index] -= rate * decay * parameters[index]
      parameters[index] -= rate * (means[index] / meansSoFar) / scale
    }
  }
}
