import BPInterp

/// What a training results in, as texts.
struct TrainingResult {
  private let of: String
  private let value: ShownValue
  private let parameters: [ShownValue]
  private let epoch: Int
  private let ending: TrainingEnding
  private let points: [LossCurve.Point]

  /// Creates the texts of `result`, which `outcome` has; nil where it has none.
  init?(_ outcome: TrainingOutcome, of: String, _ layout: ParameterLayout) {
    guard let result = outcome.result else { return nil }
    let precision = outcome.training.settings.precision
    func shown(_ name: String, _ tensor: Tensor) -> ShownValue {
      ShownValue(name: name, tensor: tensor, element: .real, precision: precision)
    }
    self.of = of
    // The mean over rows has more digits than Float32.
    let loss = Tensor(outcome.value(result.loss))
    value = ShownValue(name: of, tensor: loss, element: .real)
    parameters = layout.tensors(result.parameters).map { shown($0.name, $0.tensor) }
    epoch = result.epoch
    ending = outcome.ending ?? .interrupted
    points = outcome.points
  }

  /// The text for people: the loss, then the parameters.
  func text(all: Bool) -> String { ([value] + parameters).map { $0.line(all: all) }.joined() }

  /// The same in JSON, with how many epochs it took, and why there were no more.
  var json: String {
    jsonObject([
      ("of", of.json), ("value", value.json), ("epochs", "\(epoch)"),
      ("ended", ending.rawValue.json), ("params", jsonObject(members)),
    ]) + "\n"
  }

  /// The parameters as `--params` reads them.
  var parameterFile: String {
    "{\n" + members.map { " \($0.name.json): \($0.value)" }.joined(separator: ",\n") + "\n}\n"
  }

  private var members: [(name: String, value: String)] {
    parameters.map { (name: $0.name, value: $0.json) }
  }

  /// The losses as a picture.
  var curve: String { LossCurve(of: of, points).svg }
}

extension TrainingOutcome {
  /// The finite losses of the epochs, as far as they are kept, and where it ended.
  fileprivate var points: [LossCurve.Point] {
    var points = training.record.history.points
    if training.isEvaluated { points.append((training.epoch, training.evaluation.loss)) }
    return points.map { LossCurve.Point(epoch: $0.epoch, loss: value($0.loss)) }
  }
}
