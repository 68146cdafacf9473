import BPIR
import TestSupport
import Testing

/// What the verifier finds in functions that no reader or lowering makes.
struct VerifierTests {
  /// Returns what is wrong with the function that returns what `body` makes.
  private func problems(_ body: (inout Builder) -> Value) -> [String] {
    var builder = Builder(name: "f", simplifies: false, shares: false)
    builder.close(yielding: [body(&builder)])
    return builder.function.problems()
  }

  @Test(
    arguments: [
      (0.5, .integer), (.nan, .integer), (.infinity, .integer), (0x1p54, .integer), (2, .boolean),
      (.nan, .boolean),
    ] as [(Double, ValueType)])
  func constantOfItsType(_ number: Double, _ type: ValueType) {
    let found = problems { $0.constant(number, type) }
    #expect(found == ["f: the constant \(number) is of type \(type)"])
  }

  @Test func operandCounts() {
    let few = problems { $0.append(.minimum, $0.constant(1)) }
    #expect(few == ["f: min takes 2 operands and not 1"])
    let many = problems { $0.append(.mark, $0.constant(1), $0.constant(2)) }
    #expect(many == ["f: mark takes 1 operands and not 2"])
    #expect(problems { $0.append(.minimum, Array(repeating: $0.constant(1), count: 5)) } == [])
  }

  @Test func orderOfConditions() {
    let ordered = problems { $0.append(.less, $0.constant(0, .boolean), $0.constant(1, .boolean)) }
    #expect(ordered == ["f: less does not take bool, bool", "f: less gives [real]"])
    let compared = problems {
      $0.append(.equal, $0.constant(0, .boolean), $0.constant(1, .boolean))
    }
    #expect(compared == [])
  }

  @Test func integersHaveOneZero() throws {
    let program = "input n: int\nparam x\nf = x/(-n)"
    let main = try #require(TestProgram(program).main)
    #expect(main.run([0, 1]) == [.infinity])
    #expect(main.run([-0.0, 1]) == [.infinity])
    let negated = try #require(TestProgram("input n: int\nf = -n").main)
    #expect(negated.run([0]).map(\.sign) == [.plus])
  }
}
