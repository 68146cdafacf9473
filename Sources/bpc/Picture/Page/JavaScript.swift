import BPIR
import BackpropCompiler

/// How JavaScript writes operations on numbers; what it lacks is a function of the prelude.
enum JavaScript {
  /// Returns the number as a literal.
  static func literal(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    let text = number.isInfinite ? "Infinity" : number.magnitude.stepText
    return number.sign == .minus ? "(-\(text))" : text
  }

  /// Returns an operation on numbers, with `operands` as what it is applied to; nil where it has no
  /// meaning in JavaScript.
  static func expression(_ op: Op, _ operands: [String]) -> String? {
    if let infix = infix(op), operands.count == 2 {
      return "(\(operands[0]) \(infix) \(operands[1]))"
    }
    switch op {
    case .mark, .real, .integer, .stop, .attach: return operands[0]
    case .negate: return "(-\(operands[0]))"
    case .not: return "(!\(operands[0]))"
    case .select: return "(\(operands[0]) ? \(operands[1]) : \(operands[2]))"
    case .minimum, .maximum:
      let name = op == .minimum ? "least" : "largest"
      return operands.dropFirst().reduce(operands[0]) { "\(name)(\($0), \($1))" }
    default:
      guard let name = name(op) else { return nil }
      return "\(name)(\(operands.joined(separator: ", ")))"
    }
  }

  /// Returns what computes the formula of a row of the operation table.
  static func expression(
    _ formula: BPIR.Formula, _ operands: [String], result: String = "NaN"
  ) -> String? {
    switch formula {
    case .operand(let position):
      return operands.indices.contains(position) ? operands[position] : nil
    case .result: return result
    case .adjoint: return "1"
    case .number(let number): return literal(number)
    case .integer(let number): return literal(Double(number))
    case .apply(let op, let arguments):
      let parts = arguments.compactMap { expression($0, operands, result: result) }
      return parts.count == arguments.count ? expression(op, parts) : nil
    }
  }

  private static func infix(_ op: Op) -> String? {
    switch op {
    case .equal: "==="
    case .notEqual: "!=="
    default: if case .infix(let sign) = op.info.swift { sign } else { nil }
    }
  }

  /// Returns the function that computes `op`.
  private static func name(_ op: Op) -> String? {
    switch op {
    case .abs, .floor, .ceil, .sqrt, .exp, .expm1, .log, .log2, .log10, .log1p, .sin, .cos, .tan,
      .asin,
      .acos, .atan, .atan2, .cbrt, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh:
      return "Math.\(op.info.name)"
    case .modulo, .fmod, .power, .integerPower, .round, .exp2, .hypot, .tanhOfHalf, .erf, .erfc,
      .lgamma,
      .polygamma, .sincDerivative:
      return "f_\(op.info.name)"
    default:
      guard case .formula = op.info.meaning, !op.isArrayOperation else { return nil }
      return "f_\(op.info.name)"
    }
  }

  /// Returns the definition of the function that computes a derived operation by its formula.
  static func definition(_ op: Op) -> String? {
    guard case .formula(let formula) = op.info.meaning, !op.isArrayOperation else { return nil }
    let names = ["a", "b", "c", "d"].prefix(op.info.parameters.count)
    return expression(formula, Array(names)).map {
      "const f_\(op.info.name) = (\(names.joined(separator: ", "))) => \($0);"
    }
  }
}
