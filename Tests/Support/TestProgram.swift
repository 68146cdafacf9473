import BPAD
import BPIR
import BPInterp
import BPLexer
import BPParser

/// A program as the tests compile it, by the same stages as the tool.
package struct TestProgram {
  package let tree: SyntaxTree
  package let diagnostics: [Diagnostic]
  package let module: Module?

  /// Compiles `text`.
  package init(_ text: String, _ options: LoweringOptions = LoweringOptions()) {
    let (tree, mistakes) = parse(Source(name: "test.bp", text: text))
    let lowered = lower(tree, options)
    self.tree = tree
    diagnostics = mistakes + lowered.diagnostics
    module = mistakes.haveErrors ? nil : lowered.module
  }

  /// The result of the program as a function without calls.
  package var main: Function? { module?.inlined().withoutDeadCode() }
}

extension Function {
  /// Returns the results for `arguments`, as the tool computes them.
  package func run(_ arguments: [Double]) -> [Double] {
    finished().interpreted(arguments)
  }

  /// Returns the results for `arguments` without any simplification on the way.
  package func runPlainly(_ arguments: [Double]) -> [Double] {
    finishedPlainly().interpreted(arguments)
  }

  private func interpreted(_ arguments: [Double]) -> [Double] {
    let machine = Machine(compile(self))
    do {
      try machine.run(arguments)
      return machine.results
    } catch {
      return results.map { _ in .nan }
    }
  }
}

/// Returns how many numbers of the format lie between `a` and `b`; 0 for two NaN, and the largest
/// integer for a NaN and a number.
package func distanceInUlps(_ a: Double, _ b: Double) -> Int {
  if a == b || (a.isNaN && b.isNaN) { return 0 }
  if a.isNaN || b.isNaN { return .max }
  func rank(_ x: Double) -> Int {
    let bits = Int(bitPattern: UInt(x.magnitude.bitPattern))
    return x.sign == .minus ? -bits : bits
  }
  let (distance, overflow) = rank(a).subtractingReportingOverflow(rank(b))
  return overflow ? .max : Int(distance.magnitude)
}
