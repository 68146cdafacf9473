import BPInterp
import BPLexer

/// A formula and its gradient, ready to be evaluated many times for arguments of the same shapes.
///
/// It owns the memory of its evaluations, so that one evaluation allocates little.
public struct GradientEvaluator: ~Copyable {
  private let formula: Formula
  private let sizes: [String: Int]
  private let run: DerivativeRun

  /// Prepares to evaluate `formula` and its derivatives.
  ///
  /// - Parameters:
  ///   - formula: the formula.
  ///   - output: the name of what is differentiated, a number; nil for the result.
  ///   - names: the names that it is differentiated with respect to; none for all inputs that
  ///     `isDifferentiated`.
  ///   - arguments: arguments whose shapes all others will have.
  /// - Throws: a `FormulaError` where something is missing or does not fit.
  public init(
    _ formula: Formula, of output: String? = nil, withRespectTo names: [String] = [],
    forArgumentsLike arguments: [String: Numbers]
  ) throws(FormulaError) {
    do throws(ProgramFailure) {
      let bindings = try formula.bindings(arguments)
      let run = try DerivativeRun(formula.differentiation(output, names, .gradient), bindings)
      self.init(formula, bindings.sizes, run)
    } catch {
      throw FormulaError(error)
    }
  }

  private init(_ formula: Formula, _ sizes: [String: Int], _ run: consuming DerivativeRun) {
    self.formula = formula
    self.sizes = sizes
    self.run = run
  }

  /// Returns the value and its derivatives.
  ///
  /// - Throws: a `FormulaError` where something is missing or has another shape than the arguments that
  ///   it was prepared for, or the run ends early.
  public func valueAndGradient(
    _ arguments: [String: Numbers]
  ) throws(FormulaError) -> (value: Double, gradient: [String: Numbers]) {
    let derivatives = try derivatives(arguments)
    return (
      derivatives.value.values[0], named(derivatives.names, derivatives.gradient)
    )
  }

  private func derivatives(
    _ arguments: [String: Numbers]
  ) throws(FormulaError) -> Derivatives {
    do throws(ProgramFailure) {
      let bindings = try formula.bindings(arguments)
      guard bindings.sizes == sizes else { throw .otherSizes(sizes, bindings.sizes) }
      return try run.derivatives(bindings)
    } catch {
      throw FormulaError(error)
    }
  }
}

extension ProgramFailure {
  /// Returns the failure of arguments whose sizes are not those that were prepared for.
  fileprivate static func otherSizes(
    _ prepared: [String: Int], _ found: [String: Int]
  ) -> ProgramFailure {
    let name = found.keys.sorted().first { prepared[$0] != found[$0] } ?? ""
    let before = prepared[name].map { "\($0)" } ?? "not there"
    return .run("the size '\(name)' is \(found[name] ?? 0), and was \(before)")
  }
}
