import BPInterp
import BackpropCompiler

/// A training that goes on until it ends, with what is seen and kept of it on the way.
struct TrainingRun {
  private var training: Training
  private let firstEpoch: Int
  private var saver: StateSaver
  private var display: ProgressDisplay

  /// Before the first epoch of this run.
  init(_ training: Training, _ saver: StateSaver, isQuiet: Bool) {
    self.training = training
    firstEpoch = training.epoch
    self.saver = saver
    display = ProgressDisplay(isQuiet: isQuiet)
  }

  /// Goes on until something ends the training, and returns what came of it.
  mutating func run(_ objective: borrowing ProgramObjective) -> TrainingOutcome {
    var ending: TrainingEnding?
    var failure: CommandFailure?
    do throws(CommandFailure) {
      // Where the file cannot be written is said before hours of work, and not after.
      try saver.save(training)
      ending = try train(objective)
    } catch {
      failure = error
    }
    let outcome = TrainingOutcome(
      training, ending, failure, seconds: display.seconds, firstEpoch: firstEpoch)
    if ending == .diverged { training.rewind() }
    display.clear()
    return outcome.adding(failureToSave())
  }

  private mutating func failureToSave() -> CommandFailure? {
    do throws(CommandFailure) {
      try saver.save(training)
      return nil
    } catch {
      return error
    }
  }

  private mutating func train(
    _ objective: borrowing ProgramObjective
  ) throws(CommandFailure) -> TrainingEnding {
    while true {
      if let ending = try ending(objective) { return ending }
      if isInterrupted { return .interrupted }
      show()
      if try advance(objective) { return .interrupted }
      try saver.saveIfDue(training)
    }
  }

  private mutating func ending(
    _ objective: borrowing ProgramObjective
  ) throws(CommandFailure) -> TrainingEnding? {
    do throws(ProgramFailure) {
      try training.evaluate(objective)
    } catch {
      if isInterrupted { return .interrupted }
      throw CommandFailure(error)
    }
    return training.ending
  }

  /// Goes through an epoch, and returns whether Ctrl-C stopped it.
  private mutating func advance(
    _ objective: borrowing ProgramObjective
  ) throws(CommandFailure) -> Bool {
    do throws(ProgramFailure) {
      try training.advance(objective)
    } catch {
      if isInterrupted { return true }
      throw CommandFailure(error)
    }
    return false
  }

  private mutating func show() {
    let (training, firstEpoch) = (training, firstEpoch)
    display.show { seconds in
      let settings = training.settings
      let loss = settings.maximizes ? -training.evaluation.loss : training.evaluation.loss
      let facts = [
        "loss \(shortened(loss))",
        "rate \(shortened(settings.schedule.rate(training.epoch)))",
      ]
      return ProgressLine(
        done: training.epoch, total: settings.schedule.epochs, facts: facts, seconds: seconds,
        doneMeanwhile: training.epoch - firstEpoch)
    }
  }
}

/// Returns `number` with about seven digits.
private func shortened(_ number: Double) -> String {
  let rounded = Float(number)
  let precision: Precision = rounded.isNormal ? .float32 : .float64
  return Scalar(number: number, type: .real, precision: precision).text
}
