import BPInterp
import BackpropCompiler

extension Train {
  /// Returns the failure of a training after which the loss is larger than before.
  func growth(_ outcome: TrainingOutcome, of: String) -> CommandFailure {
    let training = outcome.training
    let change = training.settings.maximizes ? "fell" : "grew"
    let first = training.history.losses.first.map { text(outcome.value($0)) } ?? ""
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
    let loss = training.evaluation.loss
    let what =
      loss.isFinite
      ? "'\(of)' has a derivative that is not finite"
      : "'\(of)' is \(Scalar(number: outcome.value(loss), type: .real).text)"
    guard let result = outcome.result else {
      let place = row.map { rowText($0, objective) } ?? ""
      return .run(
        "\(what) at the start\(place); look at the data, and at the values that the parameters start with"
      )
    }
    let last = training.previousLoss.map { text(outcome.value($0)) } ?? "nothing"
    let smallest = training.settings.maximizes ? "largest" : "smallest"
    return .run(
      "\(what) after \(epochs(training.epoch)); before that it was \(last), and the \(smallest) was "
        + "\(text(outcome.value(result.loss))) after \(result.epoch), of which the parameters are; "
        + "try a --rate below \(text(training.settings.schedule.rate))\(whereToGoOn)")
  }

  private func rowText(_ row: Int, _ objective: borrowing ProgramObjective) -> String {
    let value = objective.valueThatIsNotFinite(row: row)
    let detail = value.map { ", where '\($0.name)' is \(text($0.number))" } ?? ""
    return ", in row \(row + 1) of the data\(detail)"
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
