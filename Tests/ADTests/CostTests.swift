import BPAD
import BPIR
import TestSupport
import Testing

/// How many operations derivatives take.
struct CostTests {
  /// Returns the operations of the value, and of value and derivatives together.
  private func cost(_ text: String) -> (value: Int, both: Int)? {
    guard let main = TestProgram(text).main else { return nil }
    let reals = main.parameters.filter { main.type(of: $0) == .real }
    let both = gradient(of: main, withRespectTo: reals).function.finished().operationCount
    guard let value = main.finished().operationCount.number, let both = both.number else {
      return nil
    }
    return (value, both)
  }

  @Test func arithmeticTakesAtMostFourTimes() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<2000 {
      var names = ["a", "b", "c"]
      var text = ""
      for index in 0..<Int.random(in: 1...40, using: &generator) {
        let operands = (0..<2).map { _ in names.randomElement(using: &generator) ?? "a" }
        let sign = ["+", "-", "*", "/"].randomElement(using: &generator) ?? "+"
        text += "v\(index) = \(operands[0]) \(sign) \(operands[1])\n"
        names.append("v\(index)")
      }
      let (value, both) = try #require(cost(text))
      #expect(both <= 4 * value, "\(both) over \(value) operations\n\(text)")
    }
  }

  @Test func allFunctionsTakeAtMostFiveTimesInTheMean() throws {
    var sum = 0.0
    var count = 0.0
    for seed in 0..<400 as Range<UInt64> {
      let program = RandomProgram(seed: seed, size: 30)
      guard let (value, both) = cost(program.text), value > 0 else { continue }
      sum += Double(both) / Double(value)
      count += 1
    }
    #expect(sum / count <= 5, "mean ratio \(sum / count)")
    print("mean ratio over \(Int(count)) random programs: \(sum / count)")
  }

  @Test(arguments: [
    "f = sigmoid(c*(a+b))", "o = tanh(x1*w1 + x2*w2 + b)",
    "y = w3*softplus(w1*x + b1) + w4*softplus(w2*x + b2) + b3", "L = (a*b + c)*f",
  ])
  func tutorialsTakeLessThanThreeTimes(_ text: String) throws {
    let (value, both) = try #require(cost(text))
    #expect(both < 3 * value, "\(both) over \(value) operations")
  }
}
