import Testing

@testable import bpc

/// How a training goes on, and why it ends.
struct TrainingTests {
  /// The loss of an epoch is that of the parameters before its step, and the last is that at the end.
  @Test func lossesOfEpochs() throws {
    var training = Training(TrainingSettings(.sgd, rate: 0.25, epochs: 3), from: [5])
    #expect(try training.run(.points([1])) == .epochs)
    #expect(training.record.history.losses == [16, 4, 1])
    #expect(training.evaluation.loss == 0.25 && training.parameters == [1.5] && training.epoch == 3)
  }

  @Test func noEpochs() throws {
    var training = Training(TrainingSettings(.adam, epochs: 0), from: [5])
    #expect(try training.run(.points([1])) == .epochs)
    #expect(training.evaluation.loss == 16 && training.parameters == [5])
  }

  /// Batches are as the seed says, with every row once an epoch; the loss is that of all rows.
  @Test func batches() throws {
    let rows = (0..<7).map(Double.init)
    func run(seed: Int) throws -> Training {
      var settings = TrainingSettings(.sgd, rate: 0.1, epochs: 5)
      settings.batchSize = 3
      settings.seed = seed
      var training = Training(settings, from: [10])
      _ = try training.run(.points(rows))
      return training
    }
    let first = try run(seed: 1)
    #expect(try run(seed: 1).parameters == first.parameters)
    #expect(try run(seed: 2).parameters != first.parameters)
    let distance = first.parameters[0] - 3
    #expect(abs(first.evaluation.loss - (distance * distance + 4)) < 1e-12)
  }

  /// Each row is seen once an epoch: with a rate that takes the parameter to the row, the sum of steps is known.
  @Test func everyRowOnce() {
    var random = RandomBits(state: 3)
    for count in [0, 1, 2, 100] {
      var order = Array(0..<count)
      random.shuffle(&order)
      #expect(order.sorted() == Array(0..<count))
    }
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<6000 {
      var order = [0, 1, 2]
      random.shuffle(&order)
      counts[order[0] * 2 + (order[1] > order[2] ? 1 : 0)] += 1
    }
    for count in counts { #expect((850...1150).contains(count)) }
  }

  /// The numbers of the generator are those that its authors' code gives.
  @Test func splitMix() {
    var random = RandomBits(state: 1_234_567)
    let numbers = [random.next(), random.next(), random.next()]
    #expect(
      numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  /// A batch that is as large as the data is all of it, in order.
  @Test func batchOfAll() throws {
    var settings = TrainingSettings(.momentum, epochs: 20)
    var whole = Training(settings, from: [10])
    _ = try whole.run(.points([0.1, 0.2, 0.7]))
    settings.batchSize = 3
    var batched = Training(settings, from: [10])
    _ = try batched.run(.points([0.1, 0.2, 0.7]))
    #expect(batched.parameters == whole.parameters)
  }

  @Test func tolerance() throws {
    var settings = TrainingSettings(.sgd, rate: 0.25, epochs: 1000)
    settings.tolerance = 1e-6
    var training = Training(settings, from: [5])
    #expect(try training.run(.points([1])) == .tolerance)
    #expect(training.epoch < 20)
  }

  @Test func gradientTolerance() throws {
    var settings = TrainingSettings(.sgd, rate: 0.25, epochs: 1000)
    settings.gradientTolerance = 1e-3
    var training = Training(settings, from: [5])
    #expect(try training.run(.points([1])) == .gradient)
    #expect(training.evaluation.steepness <= 1e-3)
  }

  /// A rate that is a little too large: the loss grows, and the best place is where it began.
  @Test func patience() throws {
    var settings = TrainingSettings(.sgd, rate: 1.01, epochs: 1000)
    settings.patience = 10
    var training = Training(settings, from: [5])
    #expect(try training.run(.points([1])) == .patience)
    #expect(training.epoch == 10)
    #expect(training.result(.patience) == Training.Best(epoch: 0, loss: 16, parameters: [5]))
  }

  @Test func divergence() throws {
    let settings = TrainingSettings(.sgd, rate: 100, epochs: 1000)
    var training = Training(settings, from: [5])
    #expect(try training.run(.points([1])) == .diverged)
    #expect(training.result(.diverged)?.parameters == [5])
    training.rewind()
    #expect(
      training.epoch == 0 && training.parameters == [5] && training.record.history.losses == [])
  }

  /// Parameters that are no numbers any more end it, also where the objective does not show them.
  @Test func divergenceThatTheLossHides() throws {
    var training = Training(TrainingSettings(.sgd, rate: 1, epochs: 10), from: [5])
    let objective = TestObjective { p, _ in
      ObjectiveEvaluation(loss: p[0].isNaN ? 0 : 1, gradient: [p[0] == 5 ? .infinity : 0])
    }
    #expect(try training.run(objective) == .diverged)
    #expect(training.result(.diverged) == nil)
  }

  /// In Float32 the parameters are numbers of Float32 after each step.
  @Test func float32() throws {
    var settings = TrainingSettings(.adam, rate: 0.1, epochs: 7)
    settings.precision = .float32
    var training = Training(settings, from: [0.1])
    #expect(training.parameters == [Double(Float(0.1))])
    _ = try training.run(.points([1]))
    #expect(training.parameters == training.parameters.map { Double(Float($0)) })
  }

  /// However long a training is, few losses are kept, at even distances.
  @Test func lossHistory() {
    var history = LossHistory()
    for epoch in 0..<100_000 { history.append(Double(epoch), epoch: epoch) }
    #expect(history.losses.count <= LossHistory.capacity)
    for point in history.points { #expect(point.loss == Double(point.epoch)) }
    #expect(history.points.count >= LossHistory.capacity / 2 - 1)
    history.rewind(to: 500)
    #expect(history.points.last.map { $0.epoch < 500 } ?? false)
    history.rewind(to: 0)
    #expect(history.losses == [])
  }
}
