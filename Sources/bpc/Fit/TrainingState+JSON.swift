import BPInterp

/// A training with what it is of, as a file keeps it.
struct TrainingState: Sendable {
  /// What it is of.
  let program: TrainedProgram
  /// The training.
  let training: Training

  /// What the file says of itself.
  static let format = "bpc train state 1"

  /// Where the parameters are; none that lacks its shape.
  var parameters: [NamedTensor] {
    var start = 0
    return zip(program.names, program.shapes).map { name, shape in
      let end = start + (Tensor.count(of: shape) ?? 0)
      defer { start = end }
      let elements = Array(training.parameters.dropFirst(start).prefix(end - start))
      return NamedTensor(name: name, tensor: Tensor(shape: shape, values: elements))
    }
  }
}

extension TrainingState {
  /// The state in JSON; numbers are written so that they read back exactly.
  var json: String {
    let members = program.members + [("settings", training.settings.json)] + ownMembers
    return "{\n" + members.map { " \($0.name.json): \($0.value)" }.joined(separator: ",\n")
      + "\n}\n"
  }

  private var ownMembers: [(name: String, value: String)] {
    let record = training.record
    return [
      ("epoch", "\(training.epoch)"), ("random", String(training.random.state, radix: 16).json),
      ("parameters", list(training.parameters)),
      ("memory", "[\(training.optimizer.memory.map(object).joined(separator: ", "))]"),
      ("previous", record.previousLoss.map(number) ?? "null"),
      ("best", record.best.map(object) ?? "null"), ("stride", "\(record.history.stride)"),
      ("losses", list(record.history.losses)),
    ]
  }

  private func object(_ best: Training.Best) -> String {
    jsonObject([
      ("epoch", "\(best.epoch)"), ("loss", number(best.loss)),
      ("parameters", list(best.parameters)),
    ])
  }

  private func object(_ memory: OptimizerMemory) -> String {
    jsonObject([("name", memory.name.json), ("numbers", list(memory.numbers))])
  }

  private func list(_ numbers: [Double]) -> String {
    var text = "["
    // Millions of texts at once would take more room than the training.
    for next in numbers { text += (text.utf8.count > 1 ? ", " : "") + number(next) }
    return text + "]"
  }

  private func number(_ number: Double) -> String { Scalar(number: number, type: .real).json }
}

extension TrainedProgram {
  fileprivate var members: [(name: String, value: String)] {
    [
      ("format", TrainingState.format.json), ("compiler", compiler.json),
      ("program", program.json), ("data", data.json), ("of", of.json),
      ("names", "[\(names.map(\.json).joined(separator: ", "))]"),
      ("shapes", "[\(shapes.map(\.description).joined(separator: ", "))]"),
    ]
  }
}

extension TrainingSettings {
  /// The settings in JSON.
  var json: String {
    func number(_ number: Double) -> String { Scalar(number: number, type: .real).json }
    return jsonObject([
      ("method", method.rawValue.json), ("momentum", number(momentum)),
      ("smoothing", number(smoothing)), ("epsilon", number(epsilon)), ("decay", number(decay)),
      ("history", "\(historyLength)"), ("schedule", schedule.form.rawValue.json),
      ("rate", number(schedule.rate)), ("rate-factor", number(schedule.factor)),
      ("rate-every", "\(schedule.stair)"), ("rate-end", number(schedule.end)),
      ("warm-up", "\(schedule.warmUp)"), ("epochs", "\(schedule.epochs)"),
      ("batch-size", batchSize.map(\.description) ?? "null"), ("seed", "\(seed)"),
      ("maximize", maximizes ? "true" : "false"), ("tolerance", number(tolerance)),
      ("gradient-tolerance", number(gradientTolerance)),
      ("patience", patience.map(\.description) ?? "null"), ("precision", precision.rawValue.json),
    ])
  }
}
