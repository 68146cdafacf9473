import BPIR
import Testing

@testable import bpc

/// What pages compute with.
struct JavaScriptTests {
  /// No program has numbers that a page cannot compute.
  @Test func everyOperationOnNumbersHasAMeaning() {
    for op in Op.allCases where !op.isArrayOperation {
      if case .structure = op.info.meaning { continue }
      let operands = op.info.parameters.indices.map { "x\($0)" }
      #expect(JavaScript.expression(op, operands) != nil, "\(op)")
      guard let partial = op.pullbacks(operands.count) else { continue }
      for formula in partial {
        #expect(JavaScript.expression(formula, operands, result: "y") != nil, "\(op)")
      }
    }
  }

  @Test func thePreludeHasWhatIsCalled() {
    let prelude = JavaScript.prelude(for: "v[1] = f_gelu(v[0]);")
    #expect(prelude.contains("const f_gelu") && prelude.contains("const f_erfc"))
    #expect(!prelude.contains("const matmul"))
  }

  @Test(arguments: [
    (-0.0, "(-0)"), (1.5, "1.5"), (-.infinity, "(-Infinity)"), (.nan, "NaN"), (1e-7, "1e-07"),
  ])
  func literals(_ sample: (number: Double, text: String)) {
    #expect(JavaScript.literal(sample.number) == sample.text)
  }
}
