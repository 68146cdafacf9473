/// What is known of the epochs behind a training.
struct TrainingRecord: Equatable, Sendable {
  /// The losses, as many as a curve needs.
  var history = LossHistory()
  /// The loss of the last one.
  var previousLoss: Double?
  /// The lowest loss.
  var best: Training.Best?

  /// Adds the loss of an epoch, and where the parameters were.
  mutating func add(_ loss: Double, epoch: Int, _ parameters: [Double]) {
    history.append(loss, epoch: epoch)
    previousLoss = loss
    if loss < best?.loss ?? .infinity {
      best = Training.Best(epoch: epoch, loss: loss, parameters: parameters)
    }
  }

  /// Forgets what came from `epoch` on.
  mutating func rewind(to epoch: Int) {
    history.rewind(to: epoch)
    previousLoss = nil
  }
}

extension Training {
  /// The lowest loss, and where it was.
  struct Best: Equatable, Sendable {
    /// After so many epochs.
    let epoch: Int
    /// The loss.
    let loss: Double
    /// The parameters.
    let parameters: [Double]
  }
}
