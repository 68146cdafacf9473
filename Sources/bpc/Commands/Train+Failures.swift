import BPInterp
import BackpropCompiler

extension Train {
  /// Returns the failure of a training after which the loss is larger than before.
  func growth(_ outcome: TrainingOutcome, of: String) -> CommandFailure {
    let training = outcome.training
    let change = training.settings.maximizes ? "fell" : "grew"
    let first = training.record.history.losses.first.map { text(outcome.value($0)) } ?? ""
    return .run(
      "'\(of)' \(change) from \(first) to \(text(outcome.value(training.evaluation.loss))) in "
        + "\(epochs(training.epoch))\(best(outcome)); "
        + "try a --rate below \(text(training.settings.schedule.rate))")
  }

  /// Returns the failure of a training that left the finite numbers.
  func divergence(
    _ outcome: TrainingOutcome, of: String, _ objective: borrowing ProgramObjective
  ) throws(CommandFailure) -> CommandFailure {
    let training = outcome.training
    let row = try commanding { () throws(ProgramFailure) in
      try objective.rowThatIsNotFinite(training.parameters)
    }
    blame(outcome, objective, row)
    let what = whatIsNotFinite(outcome, of)
    guard let result = outcome.result else {
      return .run(
        "\(what) at the start\(place(row, training, objective)); look at the data, and at the values "
          + "that the parameters start with")
    }
    return .run(
      "\(what) after \(epochs(training.epoch)); \(whatWasBefore(outcome, result)); "
        + "try a --rate below \(text(training.settings.schedule.rate))\(whereToGoOn)")
  }

  private func whatIsNotFinite(_ outcome: TrainingOutcome, _ of: String) -> String {
    let loss = outcome.training.evaluation.loss
    if loss.isFinite { return "'\(of)' has a derivative that is not finite" }
    return "'\(of)' is \(text(outcome.value(loss)))"
  }

  private func whatWasBefore(_ outcome: TrainingOutcome, _ result: Training.Best) -> String {
    let last = outcome.training.record.previousLoss.map { text(outcome.value($0)) } ?? "nothing"
    let smallest = outcome.training.settings.maximizes ? "largest" : "smallest"
    return
      "before that it was \(last), and the \(smallest) was \(text(outcome.value(result.loss))) "
      + "after \(result.epoch), of which the parameters are"
  }

  /// Says where a value comes from that is not finite.
  private func place(
    _ row: Int?, _ training: Training, _ objective: borrowing ProgramObjective
  ) -> String {
    let value = objective.inputThatIsNotFinite(training.parameters, row: row ?? 0)
    let detail = value.map { name, number, isElement in
      ", where \(isElement ? "an element of " : "")'\(name)' is \(text(number))"
    }
    return (row.map { ", in row \($0 + 1) of the data" } ?? "") + (detail ?? "")
  }

  /// Says where in the program the numbers cease to be finite.
  private func blame(
    _ outcome: TrainingOutcome, _ objective: borrowing ProgramObjective, _ row: Int?
  ) {
    let training = outcome.training
    let bindings = objective.bindings(training.parameters, row: row ?? 0)
    let blaming = Blaming(
      source: objective.source, compiler: compiler(training.settings), reporter: reporter,
      blames: arguments.blames, traces: false)
    blaming.blame(
      of: arguments.of, wrt: objective.layout.parts.map(\.name), bindings,
      row.map(Blaming.place) ?? "")
  }

  /// Returns a number as results show it.
  func text(_ number: Double) -> String { Scalar(number: number, type: .real).text }

  private var whereToGoOn: String {
    arguments.files.state.map { ", from there with --resume \($0)" } ?? ""
  }
}
