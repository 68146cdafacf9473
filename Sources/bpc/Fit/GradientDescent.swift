/// Steepest descent: θ ← θ - ηg (Cauchy 1847; with batches Robbins and Monro 1951).
struct GradientDescent: UpdateRule {
  /// Nothing.
  var memory: [OptimizerMemory] = []

  mutating func update(_ parameters: inout [Double], _ gradient: [Double], rate: Double) {
    for index in parameters.indices { parameters[index] -= rate * gradient[index] }
  }
}
