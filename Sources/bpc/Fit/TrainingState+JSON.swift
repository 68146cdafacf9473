import BPInterp

/// A training with what it is of, as a file keeps it.
struct TrainingState: Sendable {
  /// What it is of.
  let program: TrainedProgram
  /// The training.
  let training: Training

  /// What the file says of itself.
  static let format = "bpc train state 1"
}

extension TrainingState {
  /// The state in JSON; numbers are written so that they read back exactly.
  func json(_ layout: ParameterLayout) -> String {
    let training = self.training
    let best = training.best.map { best in
      jsonObject([
        ("epoch", "\(best.epoch)"), ("loss", json(best.loss)),
        ("parameters", list(best.parameters)),
      ])
    }
    let members: [(name: String, value: String)] = [
      ("format", TrainingState.format.json), ("compiler", program.compiler.json),
      ("program", program.program.json), ("data", program.data.json), ("of", program.of.json),
      ("names", "[\(program.names.map(\.json).joined(separator: ", "))]"),
      ("shapes", "[\(program.shapes.map(\.description).joined(separator: ", "))]"),
      ("settings", training.settings.json), ("epoch", "\(training.epoch)"),
      ("random", String(training.random.state, radix: 16).json),
      ("parameters", list(training.parameters)),
      ("memory", "[\(training.optimizer.memory.map(json).joined(separator: ", "))]"),
      ("previous", training.previousLoss.map(json) ?? "null"), ("best", best ?? "null"),
      ("stride", "\(training.history.stride)"), ("losses", list(training.history.losses)),
    ]
    return "{\n" + members.map { " \($0.name.json): \($0.value)" }.joined(separator: ",\n")
      + "\n}\n"
  }

  private func json(_ memory: OptimizerMemory) -> String {
    jsonObject([("name", memory.name.json), ("numbers", list(memory.numbers))])
  }

  private func list(_ numbers: [Double]) -> String {
    "[\(numbers.map(json).joined(separator: ", "))]"
  }

  private func json(_ number: Double) -> String { Scalar(number: number, type: .real).json }
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
