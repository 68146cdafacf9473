import Testing

@testable import bpc

/// The method of limited memory, and its line search.
struct LBFGSTests {
  /// Rosenbrock's function with 2 and 40 variables, to the last digits, in few steps.
  @Test(arguments: [2, 40])
  func rosenbrock(_ count: Int) throws {
    let settings = TrainingSettings(.lbfgs, epochs: 200)
    let start = (0..<count).map { $0 % 2 == 0 ? -1.2 : 1 }
    var training = Training(settings, from: start)
    #expect(try training.run(.rosenbrock) == .gradient)
    #expect(training.epoch < 60)
    #expect(training.evaluation.loss < 1e-16)
    for number in training.parameters { #expect(abs(number - 1) < 1e-7) }
  }

  /// Each step meets the strong Wolfe conditions: lower by a part of the slope, and flatter.
  @Test func stepsMeetTheWolfeConditions() throws {
    let settings = TrainingSettings(.lbfgs, epochs: 200)
    var training = Training(settings, from: [-1.2, 1])
    var steps = 0
    try training.evaluate(TestObjective.rosenbrock)
    while training.ending == nil {
      let (place, before) = (training.parameters, training.evaluation)
      try training.advance(TestObjective.rosenbrock)
      let step = zip(training.parameters, place).map { $0 - $1 }
      let slope = dot(before.gradient, step)
      #expect(slope < 0)
      #expect(training.evaluation.loss <= before.loss + 1e-4 * slope)
      #expect(abs(dot(training.evaluation.gradient, step)) <= 0.9 * abs(slope) * (1 + 1e-9))
      steps += 1
    }
    #expect(steps > 10)
  }

  /// An objective without a bottom is left when it is no longer finite, and one with a kink where it is.
  @Test func objectivesWithoutMinimum() throws {
    let settings = TrainingSettings(.lbfgs, epochs: 500)
    var falling = Training(settings, from: [1])
    let line = TestObjective { p, _ in ObjectiveEvaluation(loss: p[0], gradient: [1]) }
    let ending = try falling.run(line)
    #expect(ending == .stuck || ending == .epochs || ending == .diverged)
    #expect(falling.parameters[0] < -1e6)
    var kink = Training(settings, from: [0.7])
    let corner = TestObjective { p, _ in
      ObjectiveEvaluation(loss: abs(p[0] - 0.1), gradient: [p[0] > 0.1 ? 1 : -1])
    }
    #expect(try kink.run(corner) == .stuck)
    #expect(abs(kink.parameters[0] - 0.1) < 1e-6)
  }

  /// Places where the objective is not finite are too far.
  @Test func placesThatAreTooFar() throws {
    var training = Training(TrainingSettings(.lbfgs, epochs: 100), from: [0.1])
    let well = TestObjective { p, _ in
      let x = p[0]
      return ObjectiveEvaluation(
        loss: x > 0 ? x - 3 * x.logarithm : .nan, gradient: [1 - 3 / x])
    }
    #expect(try training.run(well) == .gradient)
    #expect(abs(training.parameters[0] - 3) < 1e-7)
  }
}

extension Double {
  /// The natural logarithm, by the series of the inverse hyperbolic tangent.
  fileprivate var logarithm: Double {
    var (rest, sum) = (self, 0.0)
    while rest > 1.5 { (rest, sum) = (rest / 2, sum + 0.6931471805599453) }
    while rest < 0.75 { (rest, sum) = (rest * 2, sum - 0.6931471805599453) }
    let z = (rest - 1) / (rest + 1)
    var (power, series) = (z, 0.0)
    for k in stride(from: 1.0, to: 60, by: 2) {
      (series, power) = (series + power / k, power * z * z)
    }
    return sum + 2 * series
  }
}
