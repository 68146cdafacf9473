import BackpropCompiler

/// A method that moves parameters to where an objective is lower.
protocol Optimizer: Sendable {
  /// Whether the method found no lower place from where it is.
  var isStuck: Bool { get }
  /// What the method remembers from step to step.
  var memory: [OptimizerMemory] { get }

  /// Goes on with what a method of the same kind remembered, and returns whether it can be that.
  ///
  /// - Parameter count: How many parameters there are.
  mutating func restore(_ memory: [OptimizerMemory], count: Int) -> Bool

  /// Takes a step.
  ///
  /// - Parameters:
  ///   - parameters: Where the objective was evaluated, and then where it leads.
  ///   - evaluation: What it was there.
  ///   - rate: How far the step goes.
  ///   - objective: Evaluates it anywhere else.
  /// - Returns: the evaluation at the new place, where the method knows it.
  mutating func step(
    _ parameters: inout [Double], _ evaluation: ObjectiveEvaluation, rate: Double,
    _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> ObjectiveEvaluation?
}

/// Numbers that a method remembers, with what they are called.
struct OptimizerMemory: Equatable, Sendable {
  /// The name.
  let name: String
  /// The numbers.
  var numbers: [Double]
}

/// A method whose step follows from the gradient and from what it remembers of earlier ones.
protocol UpdateRule: Optimizer {
  /// What the method remembers, always under the same names.
  var memory: [OptimizerMemory] { get set }

  /// Moves `parameters`, where `gradient` was found, at `rate`.
  mutating func update(_ parameters: inout [Double], _ gradient: [Double], rate: Double)
}

extension UpdateRule {
  var isStuck: Bool { false }

  mutating func restore(_ memory: [OptimizerMemory], count: Int) -> Bool {
    let own = self.memory
    guard memory.map(\.name) == own.map(\.name),
      memory.map(\.numbers.count) == own.map(\.numbers.count)
    else { return false }
    self.memory = memory
    return true
  }

  mutating func step(
    _ parameters: inout [Double], _ evaluation: ObjectiveEvaluation, rate: Double,
    _ objective: ([Double]) throws(ProgramFailure) -> ObjectiveEvaluation
  ) throws(ProgramFailure) -> ObjectiveEvaluation? {
    update(&parameters, evaluation.gradient, rate: rate)
    return nil
  }
}
