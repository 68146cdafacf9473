import BPInterp
import BackpropCompiler

extension Train {
  /// Writes what came of a training, and then says what was wrong, if something was.
  func finish(
    _ outcome: TrainingOutcome, of: String, _ objective: borrowing ProgramObjective
  ) throws(CommandFailure) {
    let result = TrainingResult(outcome, of: of, objective.layout)
    let unwritten = result.flatMap(write)
    guard let failure = outcome.failure ?? unwritten else {
      return try conclude(outcome, of: of, objective)
    }
    if outcome.ending == nil || outcome.ending == .interrupted { reportStop(outcome) }
    throw failure
  }

  /// Writes all texts of `result` that can be written, and returns what was wrong with the first that cannot.
  private func write(_ result: TrainingResult) -> CommandFailure? {
    var failure: CommandFailure?
    for (destination, text) in texts(result) {
      do throws(CommandFailure) {
        try destination.write(Array(text.utf8), output, sparing: arguments.inputs)
      } catch {
        failure = failure ?? error
      }
    }
    return failure
  }

  private func texts(_ result: TrainingResult) -> [(OutputDestination, String)] {
    let text = arguments.format == .json ? result.json : result.text(all: arguments.printsAll)
    var texts = [(arguments.output, text)]
    if let path = arguments.files.parameters {
      texts.append((OutputDestination(argument: path), result.parameterFile))
    }
    if let path = arguments.files.curve {
      texts.append((OutputDestination(argument: path), result.curve))
    }
    return texts
  }

  /// Says why the training ended, as far as somebody wants to know.
  private func conclude(
    _ outcome: TrainingOutcome, of: String, _ objective: borrowing ProgramObjective
  ) throws(CommandFailure) {
    switch outcome.ending {
    case .diverged: throw try divergence(outcome, of: of, objective)
    case .grown: throw growth(outcome, of: of)
    case .interrupted:
      reportStop(outcome)
      throw CommandFailure(message: "", exitCode: interruptionCode)
    case .epochs, nil: concludeEpochs(outcome)
    case .tolerance?: note("ended \(progress(outcome)): '\(of)' hardly changes any more")
    case .gradient?: note("ended \(progress(outcome)): the derivatives are almost zero")
    case .patience?:
      note("ended \(progress(outcome)): nothing better came\(best(outcome))")
    case .stuck?:
      note(
        "ended \(progress(outcome)): there is nothing better along the gradient, but for rounding")
    }
  }

  /// Says how long all epochs took, or that there were none left.
  private func concludeEpochs(_ outcome: TrainingOutcome) {
    let (last, first) = (outcome.training.epoch, outcome.firstEpoch)
    if let path = arguments.files.resumed, last == first {
      note(
        "nothing was left to do: the training in \(path) has its \(epochs(last)) behind it; "
          + "with more --epochs it goes on")
    }
    if last > first, outcome.training.standsStill {
      note("nothing moved: every derivative is 0 at the start; other start values may help")
    }
    let seconds = (outcome.seconds * 1000).rounded() / 1000
    note("\(epochs(last - first)) in \(seconds) s", .verbose)
  }

  /// Says how far a training came that did not end by itself.
  private func reportStop(_ outcome: TrainingOutcome) {
    let early = outcome.result == nil ? ", before anything was known of the parameters" : ""
    writeToStandardError("Stopped \(progress(outcome))\(early)\(best(outcome)). \(howToGoOn)\n")
  }

  /// Writes a note, unless less is to be said.
  func note(_ text: String, _ verbosity: Verbosity = .normal) {
    guard arguments.verbosity == .verbose || arguments.verbosity == verbosity else { return }
    writeToStandardError("note: \(text)\n")
  }

  private func progress(_ outcome: TrainingOutcome) -> String {
    "after \(outcome.training.epoch) of \(outcome.training.settings.schedule.epochs) epochs"
  }

  /// Returns a number of epochs in words.
  func epochs(_ count: Int) -> String { "\(count) \(count == 1 ? "epoch" : "epochs")" }

  /// Which parameters are printed where they are not the last.
  func best(_ outcome: TrainingOutcome) -> String {
    guard let result = outcome.result, result.epoch != outcome.training.epoch else { return "" }
    return "; the parameters are the best, those after \(result.epoch)"
  }

  private var howToGoOn: String {
    arguments.files.state.map { "The same command with --resume \($0) goes on." }
      ?? "With --save FILE, --resume FILE could go on."
  }

  /// Says what is trained, and how, when much is to be said.
  func report(_ training: Training, _ objective: borrowing ProgramObjective) {
    let settings = training.settings
    let names = objective.layout.parts.map(\.name).joined(separator: ", ")
    let batches = settings.batchSize.map { ", \($0) of \(objective.rowCount) rows a step" } ?? ""
    note(
      "training \(names) by \(settings.method.rawValue), rate \(text(settings.schedule.rate)), "
        + "\(settings.schedule.epochs) epochs\(batches), seed \(settings.seed)", .verbose)
  }
}
