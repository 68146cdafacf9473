import BackpropCompiler

/// What is trained: a number that depends on parameters, and on rows of data where there are any.
protocol TrainingObjective: ~Copyable {
  /// How many rows there are.
  var rowCount: Int { get }

  /// Makes `evaluation` the mean over `rows`, with its derivatives.
  func evaluate(
    _ parameters: [Double], _ rows: some Collection<Int>, _ evaluation: inout ObjectiveEvaluation
  ) throws(ProgramFailure)

  /// Returns the mean over all rows alone.
  func loss(_ parameters: [Double]) throws(ProgramFailure) -> Double
}

/// What an objective is at a place, and where it grows.
struct ObjectiveEvaluation: Equatable, Sendable {
  /// The value.
  var loss = 0.0
  /// Its derivatives with respect to each parameter.
  var gradient: [Double] = []

  /// Whether all of it is finite.
  var isFinite: Bool { loss.isFinite && gradient.areFinite }

  /// The largest derivative.
  var steepness: Double { gradient.largestMagnitude }
}
