import BackpropCompiler

/// The limited-memory method of Broyden, Fletcher, Goldfarb and Shanno (Nocedal and Wright, Numerical
/// Optimization, 2006, algorithms 7.4 and 7.5), with a line search that meets the strong Wolfe conditions.
struct LBFGS: Optimizer {
  /// How many pairs of steps and changes are remembered.
  let historyLength: Int
  private(set) var isStuck = false
  /// The last steps, oldest first, and how the gradient changed over each.
  private var pairs: [Pair] = []

  private struct Pair {
    let step: [Double]
    let change: [Double]
    /// Their product, which is positive.
    let curvature: Double

    init?(_ step: [Double], _ change: [Double]) {
      self.step = step
      self.change = change
      curvature = dot(step, change)
      // What rounding may have made of a product of 0 says nothing of the curvature.
      guard curvature > 0x1p-52 * dot(change, change) else { return nil }
    }
  }

  /// Without a past.
  init(historyLength: Int) { self.historyLength = historyLength }

  /// The pairs, oldest first.
  var memory: [OptimizerMemory] {
    let remembered = pairs.flatMap { pair in
      [
        OptimizerMemory(name: "step", numbers: pair.step),
        OptimizerMemory(name: "change", numbers: pair.change),
      ]
    }
    return remembered + (isStuck ? [OptimizerMemory(name: "stuck", numbers: [])] : [])
  }

  mutating func restore(_ memory: [OptimizerMemory], count: Int) -> Bool {
    isStuck = memory.last?.name == "stuck"
    let arrays = isStuck ? memory.dropLast() : memory[...]
    let names = arrays.indices.map { $0 % 2 == 0 ? "step" : "change" }
    guard arrays.count % 2 == 0, arrays.map(\.name) == names else { return false }
    guard arrays.allSatisfy({ $0.numbers.count == count }) else { return false }
    pairs = stride(from: 0, to: arrays.count, by: 2).compactMap {
      Pair(arrays[$0].numbers, arrays[$0 + 1].numbers)
    }
    return true
  }

  /// The rate is the first length that the line search tries.
  mutating func step(
    _ parameters: inout [Double], _ evaluation: ObjectiveEvaluation, rate: Double,
    _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> ObjectiveEvaluation? {
    if let end = try search(parameters, evaluation, rate, objective) {
      return move(&parameters, evaluation, to: end)
    }
    guard !pairs.isEmpty else { return stay(evaluation) }
    // What is remembered may not fit here: steepest descent may still find a lower place.
    pairs = []
    guard let end = try search(parameters, evaluation, rate, objective) else {
      return stay(evaluation)
    }
    return move(&parameters, evaluation, to: end)
  }

  private func search(
    _ parameters: [Double], _ evaluation: ObjectiveEvaluation, _ rate: Double,
    _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> LineSearch.End? {
    let direction = direction(evaluation.gradient)
    let search = LineSearch(parameters, evaluation, direction)
    return try search.end(from: rate * firstLength(evaluation.gradient), objective)
  }

  private mutating func stay(_ evaluation: ObjectiveEvaluation) -> ObjectiveEvaluation {
    isStuck = true
    return evaluation
  }

  private mutating func move(
    _ parameters: inout [Double], _ evaluation: ObjectiveEvaluation, to end: LineSearch.End
  ) -> ObjectiveEvaluation {
    let step = zip(end.place, parameters).map { $0 - $1 }
    let change = zip(end.evaluation.gradient, evaluation.gradient).map { $0 - $1 }
    if let pair = Pair(step, change) {
      if pairs.count >= historyLength { pairs.removeFirst() }
      pairs.append(pair)
    }
    parameters = end.place
    return end.evaluation
  }

  /// The first step of all is no longer than 1; later directions have a length of their own.
  private func firstLength(_ gradient: [Double]) -> Double {
    guard pairs.isEmpty else { return 1 }
    let length = dot(gradient, gradient).squareRoot()
    return length > 1 ? 1 / length : 1
  }

  /// Returns minus the product of the estimated inverse second derivatives with `gradient`.
  private func direction(_ gradient: [Double]) -> [Double] {
    var direction = gradient.map { -$0 }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = dot(pair.step, direction) / pair.curvature
      weights.append(weight)
      direction.add(-weight, times: pair.change)
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in direction.indices { direction[index] *= scale }
    }
    for pair in pairs {
      let weight = weights.removeLast()
      direction.add(weight - dot(pair.change, direction) / pair.curvature, times: pair.step)
    }
    return direction
  }
}

/// Returns the inner product of two vectors.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
  return sum
}

extension [Double] {
  /// Adds `factor` times `other`.
  mutating func add(_ factor: Double, times other: [Double]) {
    for index in 0..<Swift.min(count, other.count) { self[index] += factor * other[index] }
  }
}
