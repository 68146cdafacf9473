import BPInterp
import BackpropCompiler

/// What a training holds beside the run of its program: the parameters, and what its method remembers of each.
struct TrainingMemory {
  private let settings: TrainingSettings
  private let parameterCount: Int

  /// What a training of `parameterCount` numbers holds.
  init(_ settings: TrainingSettings, parameterCount: Int) {
    self.settings = settings
    self.parameterCount = parameterCount
  }

  /// How many bytes that is, or the largest number where it is more.
  var byteCount: Int {
    let size = Precision.float64.byteCount
    let (bytes, overflow) = parameterCount.multipliedReportingOverflow(by: size * numberCount)
    return overflow ? .max : bytes
  }

  /// How many numbers it holds for each parameter.
  private var numberCount: Int {
    // The parameters, the best of them, and the derivatives.
    let others = 3
    // Where a run fails in the middle of an epoch of batches, all is as before.
    let copies = settings.batchSize == nil ? 0 : 1 + settings.rememberedCount
    return others + settings.rememberedCount + copies
  }

  /// Checks that `limits` leave it so much.
  func check(_ limits: RunLimits) throws(CommandFailure) {
    guard byteCount > limits.memory else { return }
    let advice = settings.method == .lbfgs ? ", and a smaller --history makes it less" : ""
    throw .run(
      "--method \(settings.method.rawValue) would hold \(byteCount.asByteCount) for the "
        + "\(parameterCount) numbers that are trained, and may hold \(limits.memory.asByteCount); "
        + "'--memory \(byteCount.asMemoryOption)' lets it hold more\(advice)")
  }
}

extension TrainingSettings {
  /// How many numbers the method holds for each parameter at most, those of a step included.
  fileprivate var rememberedCount: Int {
    switch method {
    case .sgd: 0
    case .momentum, .nesterov, .rmsprop: 1
    case .adam, .adamw: 2
    case .lbfgs: 2 * min(historyLength, schedule.epochs) + LineSearch.heldCount
    }
  }
}
