import BPInterp
import BackpropCompiler

/// What is trained: a number that depends on parameters, and on rows of data where there are any.
protocol TrainingObjective: ~Copyable {
  /// How many rows there are.
  var rowCount: Int { get }

  /// Makes `evaluation` the mean over `rows`, with its derivatives.
  func evaluate(
    _ parameters: [Double], _ rows: some Collection<Int>, _ evaluation: inout ObjectiveEvaluation
  ) throws(ProgramFailure)

  /// Returns the mean over all rows alone.
  func loss(_ parameters: [Double]) throws(ProgramFailure) -> Double
}

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
  /// The losses so far.
  private(set) var history = LossHistory()
  /// The loss one epoch earlier.
  private(set) var previousLoss: Double?
  /// The lowest loss of the epochs behind it.
  private(set) var best: Best?
  /// The objective here, once it was evaluated.
  private(set) var evaluation = ObjectiveEvaluation()
  private(set) var isEvaluated = false
  private var order: [Int] = []

  /// The lowest loss, and where it was.
  struct Best: Equatable, Sendable {
    /// After so many epochs.
    let epoch: Int
    /// The loss.
    let loss: Double
    /// The parameters.
    let parameters: [Double]
  }

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
    random: RandomBits, history: LossHistory, previousLoss: Double?, best: Best?
  ) {
    self.settings = settings
    self.epoch = epoch
    self.parameters = parameters
    self.optimizer = optimizer
    self.random = random
    self.history = history
    self.previousLoss = previousLoss
    self.best = best
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

  /// Goes through one epoch from where the objective was evaluated.
  mutating func advance(_ objective: borrowing some TrainingObjective & ~Copyable)
    throws(ProgramFailure)
  {
    let isFull = isFull(objective.rowCount)
    // A run that fails must not leave half an epoch behind; a step that needs no run cannot.
    let before = isFull && optimizer is any UpdateRule ? nil : self
    do throws(ProgramFailure) {
      record()
      if isFull { try stepOverAll(objective) } else { try stepOverBatches(objective) }
      epoch += 1
    } catch {
      if let before { self = before }
      throw error
    }
  }

  private mutating func record() {
    let loss = evaluation.loss
    history.append(loss, epoch: epoch)
    previousLoss = loss
    if loss < best?.loss ?? .infinity {
      best = Best(epoch: epoch, loss: loss, parameters: parameters)
    }
  }

  private mutating func stepOverAll(_ objective: borrowing some TrainingObjective & ~Copyable)
    throws(ProgramFailure)
  {
    let rate = settings.schedule.rate(epoch)
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

  private mutating func stepOverBatches(_ objective: borrowing some TrainingObjective & ~Copyable)
    throws(ProgramFailure)
  {
    let rate = settings.schedule.rate(epoch)
    let count = objective.rowCount
    let size = max(1, settings.batchSize ?? count)
    order = Array(0..<count)
    random.shuffle(&order)
    isEvaluated = false
    for start in stride(from: 0, to: count, by: size) {
      try objective.evaluate(
        parameters, order[start..<start + min(size, count - start)], &evaluation)
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
    guard let best else { return }
    epoch = best.epoch
    parameters = best.parameters
    history.rewind(to: epoch)
    previousLoss = nil
    isEvaluated = false
    optimizer = settings.optimizer(parameters.count)
  }
}
