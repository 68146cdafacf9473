import BPIR
import BPInterp
import BPLexer
import Testing

/// Returns the program that `text` is in the text form of the IR.
func program(ofText text: String) throws -> Program {
  let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
  #expect(diagnostics == [])
  let function = try #require(functions.first)
  #expect(function.problems() == [])
  return compile(function)
}

/// Returns what ends the run of `machine` for `arguments`; nil when nothing does.
func trap(_ machine: borrowing Machine, _ arguments: [Tensor]) -> Trap? {
  do throws(Trap) {
    try machine.run(arguments)
    return nil
  } catch {
    return error
  }
}

/// Loops as the machine runs them.
struct LoopTests {
  private func results(_ text: String, _ arguments: [Double]) throws -> [Double] {
    let machine = Machine(try program(ofText: text))
    try machine.run(arguments)
    return machine.results
  }

  private static let power = """
    function main(%0 a: real, %1 b: real, %2 n: int) {
      %3, %4 = loop true, %2, 1.0 (%5: int, %6: real) {
        %7 = multiply %6, %0
        %8 = add %7, %1
        yield true, %8
      }
      return %3, %4
    }

    """

  @Test func aCountedLoop() throws {
    #expect(try results(LoopTests.power, [2, 1, 5]) == [63, 5])
    #expect(try results(LoopTests.power, [2, 1, 0]) == [1, 0])
    #expect(try results(LoopTests.power, [2, 1, -3]) == [1, 0])
  }

  /// What is carried is computed where it stands: nothing is moved in a turn.
  @Test func aTurnMovesNothing() throws {
    let code = try program(ofText: LoopTests.power).code
    #expect(code.map(\.kind) == [.move, .enter, .compute, .compute, .next])
  }

  @Test func namesAreExchanged() throws {
    let text = """
      function main(%0 a: real, %1 b: real, %2 c: real, %3 n: int) {
        %4, %5, %6, %7 = loop true, %3, %0, %1, %2 (%8: int, %9: real, %10: real, %11: real) {
          yield true, %10, %11, %9
        }
        return %4, %5, %6, %7
      }

      """
    #expect(try results(text, [1, 2, 3, 4]) == [2, 3, 1, 4])
    let fibonacci = """
      function main(%0 n: int) {
        %1, %2, %3 = loop true, %0, 0.0, 1.0 (%4: int, %5: real, %6: real) {
          %7 = add %5, %6
          yield true, %6, %7
        }
        return %1, %2, %3
      }

      """
    #expect(try results(fibonacci, [50]) == [12_586_269_025, 20_365_011_074, 50])
  }

  @Test func arraysAreExchanged() throws {
    let text = """
      function main(%0 a: real[2], %1 b: real[2], %2 n: int) {
        %3, %4, %5 = loop true, %2, %0, %1 (%6: int, %7: real[2], %8: real[2]) {
          %9 = add %7, %8
          yield true, %8, %9
        }
        %10, %11, %12 = loop true, %2, %3, %4 (%13: int, %14: real[2], %15: real[2]) {
          yield true, %15, %14
        }
        return %10, %11
      }

      """
    let machine = Machine(try program(ofText: text))
    try machine.run([
      Tensor(shape: [2], values: [0, 1]), Tensor(shape: [2], values: [1, 2]), Tensor(3),
    ])
    #expect(machine.tensor(0).values == [3, 8])
    #expect(machine.tensor(1).values == [2, 5])
  }

  @Test func nestedLoopsWithBoundsOfTheirTurn() throws {
    let text = """
      function main(%0 n: int) {
        %1, %2 = loop true, %0, 0.0 (%3: int, %4: real) {
          %5, %6 = loop true, %3, %4 (%7: int, %8: real) {
            %9 = real %7
            %10 = add %8, %9
            yield true, %10
          }
          %11 = real %6
          %12 = add %5, %11
          yield true, %12
        }
        return %1, %2
      }

      """
    // The sum over i < n of i*(i-1)/2 + i.
    #expect(try results(text, [10]) == [165, 10])
    let machine = Machine(try program(ofText: text))
    try machine.run([10])
    #expect(machine.counts == RunCounts(turns: 55, stackBytes: 0))
  }

  private static let halving = """
    function main(%0 x: real, %1 n: int) {
      %2 = greater %0, 1.0
      %3, %4 = loop %2, %1, %0 (%5: int, %6: real) {
        %7 = divide %6, 2.0
        %8 = greater %7, 1.0
        yield %8, %7
      }
      return %3, %4
    }

    """

  @Test func exits() throws {
    #expect(try results(LoopTests.halving, [1000, 9_007_199_254_740_992]) == [0.9765625, 10])
    #expect(try results(LoopTests.halving, [1000, 4]) == [62.5, 4])
    #expect(try results(LoopTests.halving, [0.5, 4]) == [0.5, 0])
  }

  /// An arm that hands through what it was given moves nothing, and the other one writes there.
  @Test func armsThatHandThrough() throws {
    let text = """
      function main(%0 x: real, %1 n: int) {
        %2, %3, %4 = loop true, %1, %0, 0.0 (%5: int, %6: real, %7: real) {
          %8 = greater %6, 1.0
          %9, %10 = if %8 {
            %11 = divide %6, 2.0
            yield %11, %7
          } else {
            %12 = add %7, 1.0
            yield %6, %12
          }
          yield true, %9, %10
        }
        return %2, %3
      }

      """
    #expect(try results(text, [1000, 15]) == [0.9765625, 5])
    let kinds = try program(ofText: text).code.map(\.kind)
    #expect(
      kinds == [.move, .move, .enter, .compute, .jumpUnless, .compute, .jump, .compute, .next])
  }

  /// What a turn reads of the values outside is there in each turn.
  @Test func valuesOutsideLast() throws {
    let text = """
      function main(%0 x: real, %1 n: int) {
        %2 = exp %0
        %3, %4 = loop true, %1, 0.0 (%5: int, %6: real) {
          %7 = add %6, %2
          %8 = sin %7
          %9 = cos %8
          %10 = multiply %8, %9
          %11, %12 = loop true, 2, %10 (%13: int, %14: real) {
            %15 = multiply %14, %2
            yield true, %15
          }
          yield true, %11
        }
        return %3
      }

      """
    var expected = 0.0
    for _ in 0..<3 {
      let sine = accurateSine(expected + accurateExp(0.5))
      expected = sine * accurateCosine(sine) * accurateExp(0.5) * accurateExp(0.5)
    }
    #expect(abs(try results(text, [0.5, 3])[0] - expected) < 1e-14)
  }

  private func accurateExp(_ x: Double) -> Double { kernel(.exp, x, 0, 0) }
  private func accurateSine(_ x: Double) -> Double { kernel(.sin, x, 0, 0) }
  private func accurateCosine(_ x: Double) -> Double { kernel(.cos, x, 0, 0) }
}
