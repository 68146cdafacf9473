import BackpropCompiler

@testable import bpc

/// An objective whose value and gradient the test says.
struct TestObjective: TrainingObjective {
  let rowCount: Int
  /// The value and the gradient for a row.
  let row: @Sendable ([Double], Int) -> ObjectiveEvaluation

  init(
    rowCount: Int = 1, _ row: @escaping @Sendable ([Double], Int) -> ObjectiveEvaluation
  ) {
    self.rowCount = rowCount
    self.row = row
  }

  func evaluate(
    _ parameters: [Double], _ rows: some Collection<Int>, _ evaluation: inout ObjectiveEvaluation
  ) throws(ProgramFailure) {
    evaluation = ObjectiveEvaluation(gradient: parameters.map { _ in 0 })
    for row in rows {
      let one = self.row(parameters, row)
      evaluation.loss += one.loss / Double(rows.count)
      evaluation.gradient.add(1 / Double(rows.count), times: one.gradient)
    }
  }

  func loss(_ parameters: [Double]) throws(ProgramFailure) -> Double {
    var evaluation = ObjectiveEvaluation()
    try evaluate(parameters, 0..<rowCount, &evaluation)
    return evaluation.loss
  }

  /// Rosenbrock's function of as many numbers as there are, in pairs.
  static let rosenbrock = TestObjective { p, _ in
    var result = ObjectiveEvaluation(gradient: p)
    for k in stride(from: 0, to: p.count - 1, by: 2) {
      let (x, y) = (p[k], p[k + 1])
      result.loss += (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
      result.gradient[k] = -2 * (1 - x) - 400 * x * (y - x * x)
      result.gradient[k + 1] = 200 * (y - x * x)
    }
    return result
  }

  /// A quadratic function of two numbers, with slopes 1.5 and 20.
  static let bowl = TestObjective { p, _ in
    let (x, y) = (p[0] - 2, p[1] + 1)
    return ObjectiveEvaluation(
      loss: 0.75 * x * x + 10 * y * y + 0.25 * p[0] * p[1],
      gradient: [1.5 * x + 0.25 * p[1], 0.25 * p[0] + 20 * y])
  }

  /// The square of the distance from row number r to the only number.
  static func points(_ numbers: [Double]) -> TestObjective {
    TestObjective(rowCount: numbers.count) { p, row in
      let distance = p[0] - numbers[row]
      return ObjectiveEvaluation(loss: distance * distance, gradient: [2 * distance])
    }
  }
}

extension Training {
  /// Goes on until something ends the training, and returns what.
  mutating func run(_ objective: TestObjective) throws -> TrainingEnding {
    while true {
      try evaluate(objective)
      if let ending { return ending }
      try advance(objective)
    }
  }
}

extension TrainingSettings {
  /// The usual settings of `method`, with another rate and number of epochs.
  init(_ method: TrainingMethod, rate: Double? = nil, epochs: Int) {
    self.init(method)
    schedule.rate = rate ?? schedule.rate
    schedule.epochs = epochs
  }
}
