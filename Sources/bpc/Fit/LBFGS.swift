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
    var end = try search(parameters, evaluation, rate, objective)
    if end == nil, !pairs.isEmpty {
      // What is remembered may not fit here: steepest descent may still find a lower place.
      pairs = []
      end = try search(parameters, evaluation, rate, objective)
    }
    isStuck = end == nil
    guard let end else { return evaluation }
    remember(end, from: parameters, evaluation)
    parameters = end.place
    return end.evaluation
  }

  private func search(
    _ parameters: [Double], _ evaluation: ObjectiveEvaluation, _ rate: Double,
    _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> LineSearch.End? {
    let search = LineSearch(parameters, evaluation, direction(evaluation.gradient))
    return try search.end(from: rate * firstLength(evaluation.gradient), objective)
  }

  private mutating func remember(
    _ end: LineSearch.End, from place: [Double], _ evaluation: ObjectiveEvaluation
  ) {
    let step = zip(end.place, place).map { $0 - $1 }
    let change = zip(end.evaluation.gradient, evaluation.gradient).map { $0 - $1 }
    guard let pair = Pair(step, change) else { return }
    if pairs.count >= max(1, historyLength) { pairs.removeFirst() }
    pairs.append(pair)
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
      weights.append(dot(pair.step, direction) / pair.curvature)
      direction.add(-weights[weights.count - 1], times: pair.change)
    }
    if let last = pairs.last { direction.scale(by: last.curvature / dot(last.change, last.change)) }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      direction.add(weight - dot(pair.change, direction) / pair.curvature, times: pair.step)
    }
    return direction
  }
}
