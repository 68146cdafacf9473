/// What came of a run of a training.
struct TrainingOutcome: Sendable {
  /// Why it ended; nil where it failed.
  let ending: TrainingEnding?
  /// What went wrong.
  private(set) var failure: CommandFailure?
  /// Where it ended.
  let training: Training
  /// What it results in; nil where nothing was finite.
  let result: Training.Best?
  /// How many seconds it took.
  let seconds: Double
  /// How many epochs were behind it when it began.
  let firstEpoch: Int

  /// The outcome of `training`, which ended by `ending`, or else failed.
  init(
    _ training: Training, _ ending: TrainingEnding?, _ failure: CommandFailure?, seconds: Double,
    firstEpoch: Int
  ) {
    self.training = training
    self.ending = ending
    self.failure = failure
    self.seconds = seconds
    self.firstEpoch = firstEpoch
    result = training.result(ending ?? .interrupted)
  }

  /// Returns the outcome with another failure, unless there was one before.
  func adding(_ failure: CommandFailure?) -> TrainingOutcome {
    var outcome = self
    outcome.failure = self.failure ?? failure
    return outcome
  }

  /// Returns a loss as the program gives it: what is maximised is minimised with the other sign.
  func value(_ loss: Double) -> Double { training.settings.maximizes ? -loss : loss }
}
