// Operators as functions that are not overloaded: the type checker takes 0.05 ms for a call of one and
// 0.2 ms for an operator, and that is most of what a file of thousands of statements takes to compile.

extension SwiftHelper {
  /// Returns the function that does what the operator `sign` does with real numbers.
  static func function(for sign: String) -> SwiftHelper? {
    operators.first { $0.sign == sign }?.helper
  }

  private static let operators: [(sign: String, helper: SwiftHelper)] = [
    ("+", .plus), ("-", .minus), ("*", .times), ("/", .over), ("==", .isSame), ("!=", .isOther),
    ("<", .isLess), ("<=", .isAtMost), (">", .isGreater), (">=", .isAtLeast),
  ]

  /// The text of the function for an operator; nil for other helpers.
  var operatorText: String? {
    if self == .negated { return "func negated(_ a: Double) -> Double { -a }" }
    guard let sign = SwiftHelper.operators.first(where: { $0.helper == self })?.sign else {
      return nil
    }
    let result = ["+", "-", "*", "/"].contains(sign) ? "Double" : "Bool"
    return "func \(name)(_ a: Double, _ b: Double) -> \(result) { a \(sign) b }"
  }
}

extension SwiftBody {
  /// Returns the call that stands for the operator of `instruction` where the body is one of thousands of
  /// statements; nil where the operator stays.
  mutating func operatorCall(_ instruction: Instruction, _ operands: [Value]) -> String? {
    guard isLarge, operands.allSatisfy({ function.type(of: $0) == .real }) else { return nil }
    switch instruction.op.info.swift {
    case .infix(let sign):
      guard let helper = SwiftHelper.function(for: sign) else { return nil }
      return call(helper, operands)
    case .prefix("-"): return call(.negated, operands)
    default: return nil
    }
  }
}
