import BackpropCompiler

/// A search along a direction for a place that meets the strong Wolfe conditions (Nocedal and Wright,
/// algorithms 3.5 and 3.6): far enough down, and flat enough.
struct LineSearch {
  private let start: [Double]
  private let direction: [Double]
  private let loss: Double
  private let slope: Double

  /// Where a search ends.
  struct End {
    let place: [Double]
    let evaluation: ObjectiveEvaluation
  }

  /// A place that was tried.
  private struct Trial {
    let length: Double
    let loss: Double
    let slope: Double
    var end: End?
  }

  /// How much of the slope at the start the descent has to keep.
  private static let descent = 1e-4
  /// How much of the slope may be left.
  private static let flatness = 0.9
  /// The most places that are tried in each of the two parts.
  private static let mostTrials = 25

  /// How many numbers a search holds for each parameter at most: the direction, the place and the gradient where it
  /// starts, those of three trials, and a step with its change.
  static let heldCount = 11

  /// Along `direction` from `start`, where the objective is `evaluation`.
  init(_ start: [Double], _ evaluation: ObjectiveEvaluation, _ direction: [Double]) {
    self.start = start
    self.direction = direction
    loss = evaluation.loss
    slope = dot(evaluation.gradient, direction)
  }

  /// Returns the place that was found, whose loss is lower; nil where there is none.
  ///
  /// - Parameter first: The length of the step that is tried first.
  func end(
    from first: Double, _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> End? {
    guard slope < 0, slope.isFinite else { return nil }
    var last = Trial(length: 0, loss: loss, slope: slope)
    var length = first
    for _ in 0..<LineSearch.mostTrials {
      let trial = try self.trial(length, objective)
      if isTooHigh(trial) || trial.loss >= last.loss && last.length > 0 {
        return try zoom(last, trial, objective)
      }
      if isFlat(trial) { return trial.end }
      if trial.slope >= 0 { return try zoom(trial, last, objective) }
      last = trial
      length *= 2
    }
    return last.end
  }

  private func trial(
    _ length: Double, _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> Trial {
    var place = start
    place.add(length, times: direction)
    let evaluation = try objective(place)
    // Where the objective is not finite the step was too long.
    guard evaluation.isFinite else { return Trial(length: length, loss: .infinity, slope: .nan) }
    return Trial(
      length: length, loss: evaluation.loss, slope: dot(evaluation.gradient, direction),
      end: End(place: place, evaluation: evaluation))
  }

  private func isTooHigh(_ trial: Trial) -> Bool {
    !(trial.loss <= loss + LineSearch.descent * trial.length * slope)
  }

  private func isFlat(_ trial: Trial) -> Bool {
    trial.slope.magnitude <= -LineSearch.flatness * slope
  }

  /// Narrows the part between `low`, the lower of two places, and `high`.
  private func zoom(
    _ low: Trial, _ high: Trial,
    _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> End? {
    var (low, high) = (low, high)
    for _ in 0..<LineSearch.mostTrials {
      let trial = try self.trial(LineSearch.between(low, high), objective)
      if isTooHigh(trial) || trial.loss >= low.loss {
        high = trial
      } else {
        if isFlat(trial) { return trial.end }
        if trial.slope * (high.length - low.length) >= 0 { high = low }
        low = trial
      }
    }
    return low.end
  }

  /// Returns where the cubic through both places with their slopes is lowest (equation 3.59), away from
  /// their ends; the middle where it says nothing.
  private static func between(_ a: Trial, _ b: Trial) -> Double {
    let middle = a.length + (b.length - a.length) / 2
    let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.length - b.length)
    let radicand = d1 * d1 - a.slope * b.slope
    guard radicand >= 0 else { return middle }
    let d2 = radicand.squareRoot() * (b.length > a.length ? 1 : -1)
    let length =
      b.length - (b.length - a.length) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
    guard length.isFinite else { return middle }
    let margin = 0.1 * abs(b.length - a.length)
    return min(max(length, min(a.length, b.length) + margin), max(a.length, b.length) - margin)
  }
}
