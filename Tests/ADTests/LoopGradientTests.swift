import BPAD
import BPIR
import BPLexer
import Testing

/// Derivatives of loops are sound functions, at every order and within every bound of memory.
struct LoopGradientTests {
  private static let program = """
    function main(%0 x: real, %1 n: int) {
      %2, %3 = loop true, %1, 1.0 (%4: int, %5: real) {
        %6 = sin %5
        %7 = multiply %6, %0
        %12 = less %7, 0.5
        %13 = if %12 {
          %14 = multiply %7, %7
          yield %14
        } else {
          yield %7
        }
        %15, %16 = loop true, %4, %13, 0.0 (%17: int, %18: real, %19: real) {
          %20 = exp %18
          %21 = less %20, 9.0
          yield %21, %20, %18
        }
        yield true, %15
      }
      return %2
    }

    """

  private func function() throws -> Function {
    let text = LoopGradientTests.program.replacing(
      "%15, %16 = loop", with: "%15, %22, %16 = loop")
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    return try #require(functions.first)
  }

  private func expectSound(_ function: Function) {
    #expect(function.problems() == [])
    let text = function.text()
    let (again, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    #expect(again.first?.text() == text)
  }

  @Test func orders() throws {
    let function = try function()
    let first = gradient(of: function, withRespectTo: [function.parameters[0]])
    expectSound(first.function)
    expectSound(first.function.finished())
    let second = gradient(of: first.function, output: 1, withRespectTo: first.independents)
    expectSound(second.function)
    expectSound(second.function.finished())
    let forward = tangents(of: first.function, outputs: [1], inDirectionsOf: first.independents)
    expectSound(forward)
    expectSound(forward.finished())
  }

  @Test func bounded() throws {
    let function = try function()
    let whole = gradient(of: function, withRespectTo: [function.parameters[0]]).function.finished()
    let (bounded, loops) = checkpointed(whole, within: 160)
    expectSound(bounded)
    expectSound(bounded.simplified())
    #expect(bounded.contains(.sweep) && bounded.contains(.revolve))
    #expect(loops.map(\.snapshots) == [9])
    #expect(loops.map(\.bytesPerSnapshot) == [16])
    #expect(loops.map(\.bytes) == [160])
  }
}
