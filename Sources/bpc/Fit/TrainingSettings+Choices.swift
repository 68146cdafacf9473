import BPInterp

extension TrainingChoices {
  /// Returns all settings: what is left open is as in `saved` or, without it, as usual.
  func settings(over saved: TrainingSettings?) throws(CommandFailure) -> TrainingSettings {
    try checkUnchanged(saved)
    var settings = saved ?? TrainingSettings(method ?? .sgd)
    try checkMethod(settings.method)
    if saved == nil {
      settings.seed = counts["seed"] ?? 0
      settings.maximizes = maximizes
      settings.precision = precision ?? .float64
    }
    setMethod(of: &settings)
    set(&settings.schedule, isNew: saved == nil)
    setEnd(of: &settings)
    return settings
  }

  private func setMethod(of settings: inout TrainingSettings) {
    settings.momentum = numbers["momentum"] ?? settings.momentum
    settings.smoothing = numbers["smoothing"] ?? settings.smoothing
    settings.epsilon = numbers["epsilon"] ?? settings.epsilon
    settings.decay = numbers["decay"] ?? settings.decay
    settings.historyLength = counts["history"] ?? settings.historyLength
    settings.batchSize = counts["batch-size"] ?? settings.batchSize
  }

  private func setEnd(of settings: inout TrainingSettings) {
    settings.tolerance = numbers["tolerance"] ?? settings.tolerance
    settings.gradientTolerance = numbers["gradient-tolerance"] ?? settings.gradientTolerance
    settings.patience = counts["patience"] ?? settings.patience
  }

  private func set(_ schedule: inout Schedule, isNew: Bool) {
    let changesForm = form != nil && form != schedule.form
    schedule.form = form ?? schedule.form
    schedule.rate = numbers["rate"] ?? schedule.rate
    schedule.epochs = counts["epochs"] ?? schedule.epochs
    schedule.warmUp = counts["warm-up"] ?? schedule.warmUp
    schedule.end = numbers["rate-end"] ?? schedule.end
    if isNew || changesForm {
      schedule.factor = schedule.form.defaultFactor
      schedule.stair = schedule.form == .step ? max(1, schedule.epochs / 3) : 1
    }
    schedule.factor = numbers["rate-factor"] ?? schedule.factor
    schedule.stair = counts["rate-every"] ?? schedule.stair
  }

  /// Checks that the options are for `method`.
  private func checkMethod(_ method: TrainingMethod) throws(CommandFailure) {
    for name in TrainingMethod.allOptions where !method.options.contains(name) {
      guard numbers[name] != nil || counts[name] != nil else { continue }
      let methods = TrainingMethod.allCases.filter { $0.options.contains(name) }
      let list = methods.map(\.rawValue).joined(separator: ", ")
      throw .training(
        "--\(name) says nothing to --method \(method.rawValue); it is for \(list)", .usage)
    }
    guard method == .lbfgs else { return }
    if counts["batch-size"] != nil {
      throw .training("--method lbfgs needs all rows in each step; leave --batch-size away", .usage)
    }
    if form.map({ $0 != .constant }) ?? false || counts["warm-up"] != nil {
      throw .training("--method lbfgs searches its steps itself; leave the schedule away", .usage)
    }
  }

  /// Checks that nothing differs from `saved` that a training cannot change on its way.
  private func checkUnchanged(_ saved: TrainingSettings?) throws(CommandFailure) {
    guard let saved else { return }
    try check("--method", method?.rawValue, saved.method.rawValue)
    try check("--seed", counts["seed"]?.description, saved.seed.description)
    try check("--precision", precision?.rawValue, saved.precision.rawValue)
    if maximizes, !saved.maximizes {
      throw .run("the state that --resume names is of a training without --maximize")
    }
  }

  private func check(
    _ option: String, _ chosen: String?, _ saved: String
  ) throws(CommandFailure) {
    guard let chosen, chosen != saved else { return }
    throw .run(
      "the state that --resume names is of a training with \(option) \(saved), not \(chosen)")
  }
}

extension TrainingSettings {
  /// What `method` usually does.
  ///
  /// The numbers are those of PyTorch: momentum is what its examples take, the rest its defaults. TensorFlow has
  /// the same momenta and 0.999, but ε = 1e-7, and for RMSProp 0.9.
  init(_ method: TrainingMethod) {
    self.init(
      method: method, momentum: 0.9, smoothing: method == .rmsprop ? 0.99 : 0.999, epsilon: 1e-8,
      decay: 0.01, historyLength: 10,
      schedule: Schedule(
        form: .constant, rate: method.defaultRate, factor: 1, stair: 1, end: 0, warmUp: 0,
        epochs: 1000),
      seed: 0, maximizes: false, tolerance: 0,
      gradientTolerance: method == .lbfgs ? 1e-8 : 0, precision: .float64)
  }
}

extension Schedule.Form {
  /// The factor unless one is given.
  fileprivate var defaultFactor: Double {
    switch self {
    case .constant, .cosine: 1
    case .step: 0.1
    case .exponential: 0.99
    case .inverse: 0.01
    }
  }
}

extension CommandFailure {
  /// Returns the failure of a training, with a sentence that says why.
  static func training(_ message: String, _ code: ExitCode) -> CommandFailure {
    CommandFailure(message: message, exitCode: code)
  }
}
