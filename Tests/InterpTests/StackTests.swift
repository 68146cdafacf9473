import BPIR
import BPInterp
import Testing

/// Stacks as the machine runs them.
struct StackTests {
  /// Pushes in one loop, pops in another.
  private static let reversed = """
    function main(%0 x: real, %1 n: int) {
      %2, %3, %4 = loop true, %1, %0, empty<real> (%5: int, %6: real, %7: stack<real>) {
        %8 = push %7, %6
        %9 = add %6, 1.0
        yield true, %9, %8
      }
      %10, %11, %12 = loop true, %1, 0.0, %3 (%13: int, %14: real, %15: stack<real>) {
        %16, %17 = pop %15
        %18 = multiply %14, 10.0
        %19 = add %18, %16
        yield true, %19, %17
      }
      return %10
    }

    """

  @Test func theLastComesFirst() throws {
    let machine = Machine(try program(ofText: StackTests.reversed))
    for _ in 0..<3 {
      try machine.run([1, 5])
      #expect(machine.results == [54_321])
      #expect(machine.counts == RunCounts(turns: 10, stackBytes: 40))
    }
    try machine.run([1, 0])
    #expect(machine.results == [0])
    #expect(machine.counts.stackBytes == 0)
  }

  @Test func stacksCountAgainstTheBudget() throws {
    let program = try program(ofText: StackTests.reversed)
    let own = program.slotCount * 8
    let machine = Machine(program, limits: RunLimits(memory: own + 8000))
    #expect(trap(machine, [Tensor(1), Tensor(1000)])?.reason == nil)
    guard
      case .memory(let claim?, let bytes, _)? = trap(machine, [Tensor(1), Tensor(1001)])?.reason
    else {
      Issue.record("the run did not end")
      return
    }
    #expect(claim.copies == 1001 && bytes == own + 8008)
    #expect(trap(machine, [Tensor(1), Tensor(10)])?.reason == nil)
  }

  /// A stack that starts empty in each turn, with arrays on it, beside one that goes on.
  @Test(arguments: [Precision.float64, .float32])
  func nestedStacks(_ precision: Precision) throws {
    let text = """
      function main(%0 x: real[2], %1 n: int) {
        %2, %3, %4 = loop true, %1, %0, empty<int> (%5: int, %6: real[2], %7: stack<int>) {
          %8 = add %5, 1
          %9, %10, %11 = loop true, %8, %6, empty<real[2]> (%12: int, %13: real[2], %14: stack<real[2]>) {
            %15 = push %14, %13
            %16 = add %13, %13
            yield true, %16, %15
          }
          %17, %18, %19 = loop true, %8, %9, %10 (%20: int, %21: real[2], %22: stack<real[2]>) {
            %23, %24 = pop %22
            %25 = add %21, %23
            yield true, %25, %24
          }
          %26 = push %7, %11
          yield true, %17, %26
        }
        %27, %28, %29 = loop true, %1, 0, %3 (%30: int, %31: int, %32: stack<int>) {
          %33, %34 = pop %32
          %35 = multiply %31, 10
          %36 = add %35, %33
          yield true, %36, %34
        }
        return %2, %27
      }

      """
    let machine = Machine(try program(ofText: text), precision: precision)
    try machine.run([Tensor(shape: [2], values: [1, 3]), Tensor(3)])
    // k + 1 doublings, and the sum of all before: times 2^(k+2) - 1.
    #expect(machine.tensor(0).values == [315, 945])
    #expect(machine.result(1) == 321)
    let width = precision.byteCount
    #expect(machine.counts.stackBytes == 3 * 2 * width + 3 * width)
  }

  /// Pushes of a conditional, as the derivative of a branch in a loop keeps them.
  @Test func pushesInOneArm() throws {
    let text = """
      function main(%0 n: int) {
        %1, %2 = loop true, %0, empty<real> (%3: int, %4: stack<real>) {
          %5 = mod %3, 2
          %6 = equal %5, 0
          %7 = if %6 {
            %8 = real %3
            %9 = push %4, %8
            yield %9
          } else {
            yield %4
          }
          yield true, %7
        }
        %10, %11 = pop %1
        %12, %13 = pop %11
        return %10, %12
      }

      """
    let machine = Machine(try program(ofText: text))
    try machine.run([10])
    #expect(machine.results == [8, 6])
    let kinds = machine.program.code.map(\.kind)
    #expect(kinds.filter { $0 == .move || $0 == .jump }.isEmpty, "\(machine.program)")
  }
}
