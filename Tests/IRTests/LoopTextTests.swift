import BPIR
import BPLexer
import Testing

/// Loops and stacks as text, and what passes make of them.
struct LoopTextTests {
  private static let nested = """
    function main(%0 a: real, %1 n: int) {
      %2, %3, %4, %5 = loop true, %1, %0, empty<real>, 0.0 (%6: int, %7: real, %8: stack<real>, %9: real) {
        %10, %11, %12 = loop true, %6, %7, %8 (%13: int, %14: real, %15: stack<real>) {
          %16 = sin %14
          %17 = push %15, %16
          %18 = exp %0
          %19 = multiply %16, %18
          yield true, %19, %17
        }
        %20 = add %9, 1.0
        yield true, %10, %11, %20
      }
      %21, %22 = pop %3
      %23 = add %2, %21
      return %23
    }

    """

  private func function(_ text: String) throws -> Function {
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    return try #require(functions.first)
  }

  @Test func printAndRead() throws {
    let function = try function(LoopTextTests.nested)
    #expect(function.problems() == [])
    #expect(function.text() == LoopTextTests.nested)
  }

  @Test func unneededAndInvariant() throws {
    let optimized = try function(LoopTextTests.nested).simplified()
    #expect(optimized.problems() == [])
    // What is carried and not read is gone, and exp a stands before the loops.
    #expect(
      optimized.text() == """
        function main(%0 a: real, %1 n: int) {
          %2 = exp %0
          %3, %4, %5 = loop true, %1, %0, empty<real> (%6: int, %7: real, %8: stack<real>) {
            %9, %10, %11 = loop true, %6, %7, %8 (%12: int, %13: real, %14: stack<real>) {
              %15 = sin %13
              %16 = push %14, %15
              %17 = multiply %15, %2
              yield true, %17, %16
            }
            yield true, %9, %10
          }
          %18, %19 = pop %4
          %20 = add %3, %18
          return %20
        }

        """)
  }

  @Test(arguments: ["true, 0", "false, %1"])
  func noTurn(_ head: String) throws {
    let text = LoopTextTests.nested.replacing("loop true, %1,", with: "loop \(head),")
      .replacing("  %21, %22 = pop %3\n", with: "").replacing("add %2, %21", with: "add %2, %4")
    let optimized = try function(text).simplified()
    #expect(
      optimized.text()
        == "function main(%0 a: real, %1 n: int) {\n  %2 = add %0, 0.0\n  return %2\n}\n")
  }

  @Test(
    arguments: [
      (
        "loop true, %1, %0 (", "2:25: 'loop' takes bool, int and one value less than it has results"
      ),
      ("(%6: real,", "2:61: the loop hands in int here, not real"),
      ("yield true, %19\n", "8:7: this turn yields 2 values, but its 'loop' takes 3"),
      ("yield 1.0, %19, %17\n", "8:7: this turn yields real, real, stack of real, not bool, real"),
      ("pop %2", "13:18: 'pop' takes a stack, not real"),
      ("push %15, %6", "5:18: 'push' takes a stack and what it holds, not stack of real, int"),
    ])
  func mistakes(_ change: String, _ message: String) {
    var text = LoopTextTests.nested
    switch change.prefix(4) {
    case "loop": text = text.replacing("loop true, %1, %0, empty<real>, 0.0 (", with: change)
    case "(%6:": text = text.replacing("(%6: int,", with: change)
    case "yiel": text = text.replacing("yield true, %19, %17\n", with: change)
    case "pop ": text = text.replacing("pop %3", with: change)
    default: text = text.replacing("push %15, %16", with: change)
    }
    let source = Source(name: "test.ir", text: text)
    let found = readModule(source).diagnostics.map {
      "\(source.location(at: $0.span.start).replacing("test.ir:", with: "")): \($0.message)"
    }
    #expect(found.first?.hasPrefix(message) == true, "\(found)")
  }
}
