import BPInterp
import BackpropCompiler

/// A training between two epochs: all that the epochs to come follow from.
struct Training: Sendable {
  /// How it goes on.
  var settings: TrainingSettings
  /// How many epochs are behind it.
  private(set) var epoch = 0
  /// Where the parameters are.
  private(set) var parameters: [Double]
  /// The method with what it remembers.
  private(set) var optimizer: any Optimizer
  /// Where the random numbers are.
  private(set) var random: RandomBits
  /// The epochs behind it.
  private(set) var record = TrainingRecord()
  /// The objective here, once it was evaluated.
  private(set) var evaluation = ObjectiveEvaluation()
  private(set) var isEvaluated = false

  /// At the beginning, from `parameters`.
  init(_ settings: TrainingSettings, from parameters: [Double]) {
    self.settings = settings
    self.parameters = parameters
    optimizer = settings.optimizer(parameters.count)
    random = RandomBits(state: UInt64(bitPattern: Int64(settings.seed)))
    roundParameters()
  }

  /// Where a training was after `epoch` epochs.
  init(
    _ settings: TrainingSettings, epoch: Int, parameters: [Double], optimizer: any Optimizer,
    random: RandomBits, record: TrainingRecord
  ) {
    self.settings = settings
    self.epoch = epoch
    self.parameters = parameters
    self.optimizer = optimizer
    self.random = random
    self.record = record
  }

  /// Whether every step sees all rows.
  private func isFull(_ rowCount: Int) -> Bool { settings.batchSize.map { $0 >= rowCount } ?? true }

  /// Evaluates the objective here: with its gradient where the next step needs just that.
  mutating func evaluate(_ objective: borrowing some TrainingObjective & ~Copyable)
    throws(ProgramFailure)
  {
    guard !isEvaluated else { return }
    if isFull(objective.rowCount) {
      try objective.evaluate(parameters, 0..<objective.rowCount, &evaluation)
    } else {
      evaluation = ObjectiveEvaluation(loss: try objective.loss(parameters))
    }
    isEvaluated = true
  }

  /// Goes through one epoch from where the objective was evaluated; where a run fails, nothing changes.
  mutating func advance(_ objective: borrowing some TrainingObjective & ~Copyable)
    throws(ProgramFailure)
  {
    let isFull = isFull(objective.rowCount)
    // A step that needs no run cannot fail.
    let before = isFull && optimizer is any UpdateRule ? nil : self
    do throws(ProgramFailure) {
      record.add(evaluation.loss, epoch: epoch, parameters)
      let rate = settings.schedule.rate(epoch)
      if isFull { try stepOverAll(objective, rate) } else { try stepOverBatches(objective, rate) }
      epoch += 1
    } catch {
      if let before { self = before }
      throw error
    }
  }

  private mutating func stepOverAll(
    _ objective: borrowing some TrainingObjective & ~Copyable, _ rate: Double
  ) throws(ProgramFailure) {
    let rows = 0..<objective.rowCount
    let next = try optimizer.step(&parameters, evaluation, rate: rate) {
      (place) throws(ProgramFailure) in
      var evaluation = ObjectiveEvaluation()
      try objective.evaluate(place, rows, &evaluation)
      return evaluation
    }
    roundParameters()
    if let next { evaluation = next }
    isEvaluated = next != nil
  }

  private mutating func stepOverBatches(
    _ objective: borrowing some TrainingObjective & ~Copyable, _ rate: Double
  ) throws(ProgramFailure) {
    var order = Array(0..<objective.rowCount)
    random.shuffle(&order)
    isEvaluated = false
    for batch in order.slices(of: settings.batchSize ?? order.count) {
      try objective.evaluate(parameters, batch, &evaluation)
      _ = try optimizer.step(&parameters, evaluation, rate: rate) { _ in ObjectiveEvaluation() }
      roundParameters()
    }
  }

  /// Makes the parameters numbers of the precision, so that they are what the program computes with.
  private mutating func roundParameters() {
    guard settings.precision == .float32 else { return }
    for index in parameters.indices { parameters[index] = Double(Float(parameters[index])) }
  }

  /// Goes back to the best epoch, from where the method begins anew; where there was none, nothing changes.
  mutating func rewind() {
    guard let best = record.best else { return }
    epoch = best.epoch
    parameters = best.parameters
    record.rewind(to: epoch)
    isEvaluated = false
    optimizer = settings.optimizer(parameters.count)
  }
}

extension [Int] {
  /// The numbers in slices of `count` one after another, and the rest.
  fileprivate func slices(of count: Int) -> some Sequence<ArraySlice<Int>> {
    let count = Swift.max(1, count)
    return stride(from: 0, to: self.count, by: count).lazy.map {
      self[$0..<$0 + Swift.min(count, self.count - $0)]
    }
  }
}
