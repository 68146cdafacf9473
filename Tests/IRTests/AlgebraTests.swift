import BPIR
import TestSupport
import Testing

/// The laws that the builder applies: each for every kind of number, to the last bit.
struct AlgebraTests {
  /// The numbers at which laws break.
  private static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.5, 3, -7.25, .leastNormalMagnitude / 8, -.leastNonzeroMagnitude, 1e308,
    -1e308, .infinity, -.infinity, .nan,
  ]

  /// Expressions that a law simplifies, with the number of instructions that are left.
  private static let laws: [(text: String, count: Int)] = [
    ("(-(-a))", 0), ("a - 0", 0), ("1*a", 0), ("a*1", 0), ("a/1", 0), ("(-1)*a", 1), ("a/(-1)", 1),
    ("a + (-b)", 1), ("(-a) + b", 1), ("a - (-b)", 1), ("(-a)*(-b)", 1), ("(-a)/(-b)", 1),
    ("(-a)*b + (-a)*b*0", 5), ("3*(-a)", 1), ("2/(-a)", 1), ("a/4", 1), ("abs(-a)", 1),
    ("abs(abs(a))", 1), ("cos(-a)", 1), ("cosh(-a)", 1), ("min(a, a)", 0), ("a^1", 0), ("a^0", 0),
    ("where(a < b, a, a)", 0), ("where(not a < b, a, b)", 2), ("where(true, a, b)", 0),
    ("a*b + b*a", 2), ("max(a, b) - max(b, a)", 3), ("pow(a, 3)", 2),
  ]

  @Test(arguments: laws.indices)
  func lawsHold(_ index: Int) throws {
    let (text, count) = AlgebraTests.laws[index]
    var plain = LoweringOptions()
    plain.simplifies = false
    let program = "input a\ninput b\n\(text)\n"
    let simple = try #require(TestProgram(program).main)
    let full = try #require(TestProgram(program, plain).module?.inlined(simplifying: false))
    #expect(simple.finished().instructions.count <= count, "\(text)\n\(simple.text())")
    for a in AlgebraTests.numbers {
      for b in AlgebraTests.numbers {
        let (x, y) = (simple.run([a, b])[0], full.runPlainly([a, b])[0])
        let isSame = x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN)
        #expect(isSame || (text == "a^0" && a.isNaN), "\(text) at \(a), \(b): \(x) and \(y)")
      }
    }
  }

  @Test func nothingIsSimplifiedThatIsNoLaw() throws {
    for text in ["a + 0", "0*a", "a - a", "a/a", "a*0 + b", "max(a, b) - a"] {
      let main = try #require(TestProgram("input a\ninput b\n\(text)\n").main)
      #expect(main.instructions.count >= 1, "\(text)")
    }
  }
}
