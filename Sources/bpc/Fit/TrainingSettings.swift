import BPInterp

/// How a training goes on, all of it.
struct TrainingSettings: Equatable, Sendable {
  /// How parameters are moved.
  var method: TrainingMethod
  /// How much of the velocity stays.
  var momentum: Double
  /// How much of the mean square stays.
  var smoothing: Double
  /// What keeps quotients finite.
  var epsilon: Double
  /// How fast parameters decay besides.
  var decay: Double
  /// How many steps L-BFGS remembers.
  var historyLength: Int
  /// The rates, and how many epochs there are.
  var schedule: Schedule
  /// How many rows a batch has, or nil for all.
  var batchSize: Int?
  /// What the order of the rows follows from.
  var seed: Int
  /// Whether the parameters are to go where the objective is large.
  var maximizes: Bool
  /// The change of the loss that is small enough to end.
  var tolerance: Double
  /// The largest derivative that is small enough to end.
  var gradientTolerance: Double
  /// How many epochs without a new best loss end it, or nil.
  var patience: Int?
  /// How many bits numbers have.
  var precision: Precision

  /// Returns the method at its beginning, for `count` parameters.
  func optimizer(_ count: Int) -> any Optimizer {
    switch method {
    case .sgd: GradientDescent()
    case .momentum: Momentum(persistence: momentum, looksAhead: false, count: count)
    case .nesterov: Momentum(persistence: momentum, looksAhead: true, count: count)
    case .rmsprop: RMSProp(smoothing: smoothing, epsilon: epsilon, count: count)
    case .adam:
      Adam(momentum: momentum, smoothing: smoothing, epsilon: epsilon, decay: 0, count: count)
    case .adamw:
      Adam(momentum: momentum, smoothing: smoothing, epsilon: epsilon, decay: decay, count: count)
    case .lbfgs: LBFGS(historyLength: historyLength)
    }
  }
}
