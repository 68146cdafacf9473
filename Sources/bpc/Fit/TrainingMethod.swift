/// The methods by which parameters are moved.
enum TrainingMethod: String, CaseIterable, Sendable {
  /// Steepest descent.
  case sgd
  /// Descent with momentum.
  case momentum
  /// Descent with Nesterov's momentum.
  case nesterov
  /// Descent over the root of the mean square.
  case rmsprop
  /// Adam.
  case adam
  /// Adam with decay of the parameters.
  case adamw
  /// Quasi-Newton steps with a line search.
  case lbfgs

  /// The rate unless one is given: that of PyTorch or, for steepest descent with and without momentum, of
  /// TensorFlow; for L-BFGS the first length that is tried.
  var defaultRate: Double {
    switch self {
    case .sgd, .momentum, .nesterov, .rmsprop: 0.01
    case .adam, .adamw: 0.001
    case .lbfgs: 1
    }
  }

  /// The options that say something to the method, besides those that all have.
  var options: Set<String> {
    switch self {
    case .sgd: []
    case .momentum, .nesterov: ["momentum"]
    case .rmsprop: ["smoothing", "epsilon"]
    case .adam: ["momentum", "smoothing", "epsilon"]
    case .adamw: ["momentum", "smoothing", "epsilon", "decay"]
    case .lbfgs: ["history"]
    }
  }

  /// The options that say something to some methods only.
  static let allOptions = ["momentum", "smoothing", "epsilon", "decay", "history"]
}
