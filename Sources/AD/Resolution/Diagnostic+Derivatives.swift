import BPIR
import BPLexer

extension Diagnostic {
  /// Returns a warning for a derivative that is zero because nothing leads from the one to the other.
  ///
  /// - Parameter redefinition: another value of the same name, which the value does depend on.
  static func derivativeIsZero(
    _ request: DerivativeRequest, _ redefinition: NamedValue?, _ function: Function
  ) -> Diagnostic {
    let output = function.name(of: request.output).map { "'\($0)'" } ?? "the value"
    let independent = function.name(of: request.independent).map { "'\($0)'" } ?? "the argument"
    guard let redefinition else {
      return Diagnostic(
        .derivativeIsZero, "\(output) does not depend on \(independent): the derivative is 0",
        at: request.span, severity: .warning)
    }
    return Diagnostic(
      .derivativeIsZero,
      "\(output) does not depend on this version of \(independent): the derivative is 0",
      at: request.span, severity: .warning,
      help: "compute \(output) again with the new \(independent)",
      notes: [Note("\(output) depends on the version that is defined here", at: redefinition.span)])
  }

  /// Returns an error for the derivative by an array from outside a loop that earlier turns have a part
  /// in.
  static func derivativeThroughTurns(at span: Span) -> Diagnostic {
    Diagnostic(
      .derivativeThroughTurns,
      "earlier turns of the loop have a part in this derivative, and what it is taken by is an array",
      at: span,
      help: "take it after the loop, or by a name that is assigned in the turn")
  }

  /// Returns an error for a derivative that is needed for itself.
  static func derivativeOfItself(at span: Span) -> Diagnostic {
    Diagnostic(
      .derivativeThroughTurns,
      "this derivative depends on its own value in earlier turns of the loop", at: span,
      help: "give the name that it is taken by a new version in the turn, or use 'stop'")
  }

  /// Returns an error for the derivative of a function that is no matter of single elements.
  static func notElementwise(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType,
      "of an array ' is the derivative element by element, and this function mixes them",
      at: span, help: "use jacobian(y, x)")
  }
}

extension Function {
  /// Returns the name that the source gives to `value`.
  fileprivate func name(of value: Value) -> String? {
    if let named = names.last(where: { $0.value == value }) { return named.name }
    if let index = parameters.firstIndex(of: value) { return parameterNames[index] }
    guard let instruction = instruction(defining: value), instruction.op == .mark else {
      return nil
    }
    return name(of: operand(0, of: instruction))
  }
}
