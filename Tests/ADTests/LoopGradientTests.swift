import BPAD
import BPIR
import BPLexer
import Testing

/// Derivatives of loops, as text.
struct LoopGradientTests {
  private func function(_ text: String) throws -> Function {
    let (functions, diagnostics) = readModule(Source(name: "test.ir", text: text))
    #expect(diagnostics == [])
    return try #require(functions.first)
  }

  @Test func power() throws {
    let function = try function(
      """
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
          yield true, %13
        }
        return %2
      }

      """)
    let gradient = gradient(of: function, withRespectTo: [function.parameters[0]])
    print(gradient.function.withoutDeadCode().text())
    #expect(gradient.function.problems() == [])
    let again = BPAD.gradient(
      of: gradient.function, output: 1, withRespectTo: gradient.independents)
    print(again.function.withoutDeadCode().text())
    #expect(again.function.problems() == [])
    let forward = tangents(of: gradient.function, outputs: [1], inDirectionsOf: gradient.independents)
    #expect(forward.problems() == [])
    print(forward.simplified().text())
  }
}
