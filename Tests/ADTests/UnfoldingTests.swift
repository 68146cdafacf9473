import BPAD
import BPIR
import BPInterp
import TestSupport
import Testing

/// A run is the same however it is unfolded: with conditionals and loops as they are, with loops cut into
/// pieces at each level, and as straight code.
struct UnfoldingTests {
  @Test(arguments: 1...12)
  func valuesAndDerivativesStay(_ seed: Int) throws {
    let program = RandomFlowProgram(seed: UInt64(seed), size: 3 + seed % 20)
    let oracle = try #require(FlowOracle(program, .all))
    let main = oracle.plainMain
    guard !main.hasTurnSizes, main.contains(.loop) else { return }
    #expect(!main.contains(.call) && !main.contains(.derivative))
    let expected = try numbers(differentiated(main), oracle.arguments)
    for steps in [[Unfolding.Step.pieces(3), .whole], [.pieces(2), .pieces(2), .whole]] {
      var unfolding = Unfolding(main)
      var depth = 0
      while !unfolding.constructs.isEmpty, depth < 12 {
        let step = steps[min(depth, steps.count - 1)]
        let decided = try decisions(unfolding, oracle.arguments)
        unfolding.unfold(decided) { construct, turns in
          construct.op == .loop && turns >= 4 ? step : .whole
        }
        #expect(unfolding.function.problems() == [])
        let found = try numbers(differentiated(unfolding.function), oracle.arguments)
        #expect(
          zip(found, expected).allSatisfy { isNear($0, $1) }, "\(found), not \(expected)")
        depth += 1
      }
      #expect(unfolding.constructs.isEmpty)
    }
  }

  @Test func turnsAreTold() throws {
    let module = try #require(
      TestProgram("s = x\nfor i in 0..<6 {\n  for j in 0..<i { s = s * x }\n}\ns").module)
    var unfolding = Unfolding(module.inlined(simplifying: false))
    for step in [Unfolding.Step.pieces(2), .whole, .whole, .whole] {
      let decided = try decisions(unfolding, [Tensor(2)])
      unfolding.unfold(decided) { _, turns in turns > 2 ? step : .whole }
    }
    let function = unfolding.function
    let products = function.instructions.filter { $0.op == .multiply }
    #expect(products.count == 15)
    #expect(
      products.map { unfolding.turns(of: $0) } == (0..<6).flatMap { i in (0..<i).map { [i, $0] } })
  }

  /// Returns the function with the derivatives of its first result by all parameters, each loop of its body
  /// crossed as a whole.
  private func differentiated(_ function: Function) -> Function {
    var options = DifferentiationOptions()
    options.simplifies = false
    let hasArms = function[.body].instructions.contains { function[$0].op == .conditional }
    return hasArms
      ? gradient(of: function, withRespectTo: function.parameters, options).function
      : chainRule(of: function, withRespectTo: function.parameters).gradient.function
  }

  private func decisions(_ unfolding: Unfolding, _ arguments: [Tensor]) throws -> [Int] {
    guard !unfolding.decisions.isEmpty else { return [] }
    var function = unfolding.function
    function.results = unfolding.decisions
    return try numbers(function, arguments).map { Int($0) }
  }

  private func numbers(_ function: Function, _ arguments: [Tensor]) throws -> [Double] {
    try #require(function.run(arguments, plainly: true)).flatMap(\.values)
  }

  /// Whether two numbers are the same but for the order in which contributions are added.
  private func isNear(_ a: Double, _ b: Double) -> Bool {
    a == b || !a.isFinite && !b.isFinite || abs(a - b) <= 1e-9 * max(1, abs(b))
  }
}
