/// What keeps a training in a file, from time to time.
struct StateSaver {
  private let path: String?
  private let interval: Int?
  private let program: TrainedProgram
  private let inputs: [String]
  private var next = ContinuousClock.now
  private var savedEpoch: Int?

  /// Saves where and when `files` say, and never to a file of `inputs`.
  init(files: TrainingFiles, program: TrainedProgram, _ inputs: [String]) {
    path = files.state
    interval = files.saveInterval
    self.program = program
    self.inputs = inputs
  }

  /// Saves `training` if it is time.
  mutating func saveIfDue(_ training: Training) throws(CommandFailure) {
    guard path != nil, isDue(training) else { return }
    try save(training)
  }

  private func isDue(_ training: Training) -> Bool {
    if let interval { return training.epoch % interval == 0 }
    return ContinuousClock.now >= next
  }

  /// Saves `training` now.
  mutating func save(_ training: Training) throws(CommandFailure) {
    guard let path else { return }
    let start = ContinuousClock.now
    let text = TrainingState(program: program, training: training).json
    do throws(OutputFailure) {
      try writeFile(Array(text.utf8), to: path, sparing: inputs)
    } catch {
      throw CommandFailure(message: error.message ?? "", exitCode: error.exitCode)
    }
    // However large it is, saving takes a twentieth of the time at most.
    let end = ContinuousClock.now
    next = end + max(.seconds(1), (end - start) * 20)
  }
}
