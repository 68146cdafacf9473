/// RMSProp: s ← αs + (1 - α)g², θ ← θ - ηg / (√s + ε) (Tieleman and Hinton 2012).
///
/// ε stands outside the root, as in PyTorch.
struct RMSProp: UpdateRule {
  /// How much of the mean square stays, α.
  let smoothing: Double
  /// What keeps the quotient finite, ε.
  let epsilon: Double
  private var squares: [Double]

  /// Without a past, for `count` parameters.
  init(smoothing: Double, epsilon: Double, count: Int) {
    self.smoothing = smoothing
    self.epsilon = epsilon
    squares = Array(repeating: 0, count: count)
  }

  var memory: [OptimizerMemory] {
    get { [OptimizerMemory(name: "squares", numbers: squares)] }
    set { squares = newValue[0].numbers }
  }

  mutating func update(_ parameters: inout [Double], _ gradient: [Double], rate: Double) {
    for index in parameters.indices {
      let slope = gradient[index]
      squares[index] = smoothing * squares[index] + (1 - smoothing) * slope * slope
      parameters[index] -= rate * slope / (squares[index].squareRoot() + epsilon)
    }
  }
}
