/// Why a training ends.
enum TrainingEnding: String, Equatable, Sendable {
  /// All epochs are done.
  case epochs
  /// All epochs are done, and the loss is larger than at the start.
  case grown
  /// The loss hardly changes any more.
  case tolerance
  /// The derivatives are almost zero.
  case gradient
  /// There was no better loss for a while.
  case patience
  /// The method finds no lower place.
  case stuck
  /// Something is not finite.
  case diverged
  /// Somebody pressed Ctrl-C.
  case interrupted

  /// Whether what counts is the best place, and not the last.
  var takesBest: Bool {
    switch self {
    case .grown, .patience, .diverged, .interrupted: true
    case .epochs, .tolerance, .gradient, .stuck: false
    }
  }
}

extension Training {
  /// Why the training ends where it was evaluated; nil where it goes on.
  var ending: TrainingEnding? {
    if !evaluation.isFinite || !parameters.areFinite { return .diverged }
    if optimizer.isStuck { return .stuck }
    if hasFlatGradient { return .gradient }
    if hasSettled { return .tolerance }
    if hasWaited { return .patience }
    guard epoch >= settings.schedule.epochs else { return nil }
    return hasGrown ? .grown : .epochs
  }

  private var hasGrown: Bool { record.history.losses.first.map { evaluation.loss > $0 } ?? false }

  private var hasFlatGradient: Bool {
    guard settings.gradientTolerance > 0, !evaluation.gradient.isEmpty else { return false }
    return evaluation.steepness <= settings.gradientTolerance
  }

  /// Whether all derivatives are 0, and the loss is that of the start.
  var standsStill: Bool {
    let gradient = evaluation.gradient
    guard !gradient.isEmpty, record.history.losses.first == evaluation.loss else { return false }
    return gradient.allSatisfy { $0 == 0 }
  }

  /// Whether the loss changed by less than the tolerance, as SciPy's `ftol` measures it.
  private var hasSettled: Bool {
    guard settings.tolerance > 0, let previousLoss = record.previousLoss else { return false }
    let scale = max(1, previousLoss.magnitude, evaluation.loss.magnitude)
    return abs(previousLoss - evaluation.loss) <= settings.tolerance * scale
  }

  private var hasWaited: Bool {
    guard let patience = settings.patience, let best = record.best else { return false }
    return evaluation.loss >= best.loss && epoch - best.epoch >= patience
  }

  /// The best place of all, this one included once it was evaluated; nil where none was finite.
  var bestOfAll: Best? {
    guard isEvaluated, evaluation.isFinite, parameters.areFinite else { return record.best }
    if let best = record.best, best.loss <= evaluation.loss { return best }
    return Best(epoch: epoch, loss: evaluation.loss, parameters: parameters)
  }

  /// Returns what the training results in when it ends by `ending`.
  func result(_ ending: TrainingEnding) -> Best? {
    if ending.takesBest { return bestOfAll }
    return Best(epoch: epoch, loss: evaluation.loss, parameters: parameters)
  }
}
