import BPIR
import BPInterp
import Testing

/// Arrays in loops: elements that are read and set where they stand.
struct LoopArrayTests {
  private static let prefix = """
    function main(%0 x: real[N], %1 n: int) {
      %2, %3 = loop true, %1, %0 (%4: int, %5: real[N]) {
        %6 = slice <1> %5, %4
        %7 = reshape <[]> %6
        %8 = add %4, 1
        %9 = slice <1> %5, %8
        %10 = reshape <[]> %9
        %11 = add %7, %10
        %12 = reshape <[1]> %11
        %13 = slice_set <1> %5, %12, %8
        yield true, %13
      }
      return %2
    }

    """

  private func machine(_ text: String, _ count: Int) throws -> Machine {
    Machine(try program(ofText: text.replacing("N", with: "\(count)")))
  }

  @Test func elementsAreSetInPlace() throws {
    let machine = try machine(LoopArrayTests.prefix, 5)
    try machine.run([Tensor(shape: [5], values: [1, 2, 3, 4, 5]), Tensor(4)])
    #expect(machine.tensor(0).values == [1, 3, 6, 10, 15])
    // One copy of the argument, and none in the turns.
    #expect(machine.program.arraySteps.count == 1)
    #expect(machine.program.code.map(\.kind).filter { $0 == .move }.isEmpty)
  }

  @Test func indicesOutside() throws {
    let machine = try machine(LoopArrayTests.prefix, 5)
    let trap = trap(machine, [Tensor(shape: [5], values: [1, 2, 3, 4, 5]), Tensor(5)])
    #expect(trap?.reason == .index(5, size: 5))
  }

  /// Ten times the elements take ten times as long, and not a hundred times.
  @Test func timeIsLinear() throws {
    func time(_ count: Int) throws -> Double {
      let machine = try machine(LoopArrayTests.prefix, count)
      let arguments = [
        Tensor(shape: [count], values: Array(repeating: 1, count: count)),
        Tensor(Double(count - 1)),
      ]
      let clock = ContinuousClock()
      let times = try (0..<3).map { _ in
        let start = clock.now
        try machine.run(arguments)
        return (clock.now - start) / .seconds(1)
      }
      return times.min() ?? 0
    }
    #expect(try time(100_000) < 40 * time(10_000))
  }

  @Test func elementsOfMatrices() throws {
    let text = """
      function main(%0 A: real[3;4], %1 n: int, %2 m: int) {
        %3, %4 = loop true, %1, %0 (%5: int, %6: real[3;4]) {
          %7, %8 = loop true, %2, %6 (%9: int, %10: real[3;4]) {
            %11 = slice <1;1> %10, %5, %9
            %12 = reshape <[]> %11
            %13 = multiply %12, %12
            %14 = reshape <[1;1]> %13
            %15 = slice_set <1;1> %10, %14, %5, %9
            %16 = slice_add <1;1> %15, %14, %5, 0
            yield true, %16
          }
          yield true, %7
        }
        return %3
      }

      """
    let machine = Machine(try program(ofText: text))
    try machine.run([
      Tensor(shape: [3, 4], values: (0..<12).map(Double.init)), Tensor(3), Tensor(4),
    ])
    var expected = (0..<12).map(Double.init)
    for i in 0..<3 {
      for j in 0..<4 {
        let square = expected[4 * i + j] * expected[4 * i + j]
        expected[4 * i + j] = square
        expected[4 * i] += square
      }
    }
    #expect(machine.tensor(0).values == expected)
    #expect(machine.program.arraySteps.count == 1)
  }

  /// What another value still needs is not written over: the element is set in a copy.
  @Test func anArrayThatIsReadLaterIsKept() throws {
    let text = """
      function main(%0 x: real[3], %1 n: int) {
        %2 = exp %0
        %3, %4 = loop true, %1, %2 (%5: int, %6: real[3]) {
          %7 = slice_set <1> %6, 1.0[1], 0
          %8 = add %6, %7
          %9 = add %8, %2
          yield true, %9
        }
        return %3, %2
      }

      """
    let machine = Machine(try program(ofText: text))
    try machine.run([Tensor(shape: [3], values: [0, 0, 0]), Tensor(2)])
    #expect(machine.tensor(1).values == [1, 1, 1])
    #expect(machine.tensor(0).values == [5, 7, 7])
  }

  /// An array that only one arm changes is changed where it stands.
  @Test func armsThatSetElements() throws {
    let text = """
      function main(%0 x: real[4], %1 n: int) {
        %2, %3 = loop true, %1, %0 (%4: int, %5: real[4]) {
          %6 = slice <1> %5, %4
          %7 = reshape <[]> %6
          %8 = less %7, 0.0
          %9 = if %8 {
            %10 = slice_set <1> %5, 0.0[1], %4
            yield %10
          } else {
            yield %5
          }
          yield true, %9
        }
        return %2
      }

      """
    let machine = Machine(try program(ofText: text))
    try machine.run([Tensor(shape: [4], values: [1, -2, 3, -4]), Tensor(4)])
    #expect(machine.tensor(0).values == [1, 0, 3, 0])
    #expect(machine.program.arraySteps.count == 1, "\(machine.program)")
  }

  /// Whole arrays that turns update stay where they are.
  @Test func updatesOfWholeArrays() throws {
    let text = """
      function main(%0 W: real[3], %1 G: real[3], %2 n: int) {
        %3, %4 = loop true, %2, %0 (%5: int, %6: real[3]) {
          %7 = multiply %6, %1
          %8 = broadcast <[3]> 0.5
          %9 = multiply %7, %8
          %10 = subtract %6, %9
          yield true, %10
        }
        return %3
      }

      """
    let machine = Machine(try program(ofText: text))
    try machine.run([
      Tensor(shape: [3], values: [1, 2, 3]), Tensor(shape: [3], values: [1, 0, -1]), Tensor(2),
    ])
    #expect(machine.tensor(0).values == [0.25, 2, 6.75])
    #expect(machine.program.arraySteps.count == 2, "\(machine.program)")
  }
}
