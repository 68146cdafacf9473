import BPAD
import BPIR

/// The derivative of an operation by one of its operands, as its row in the operation table has it.
package struct LocalPartial {
  /// The formula of the operands and the result.
  package let formula: BPIR.Formula

  /// Finds the derivative by operand number `position` of an operation on numbers with `count`
  /// operands; nil where its rule is no formula of them.
  package init?(_ op: Op, operand position: Int, of count: Int) {
    guard !op.isArrayOperation, let formulas = op.pullbacks(count), position < formulas.count else {
      return nil
    }
    let seed = op.scale(count)?.replacingAdjoint(by: 1) ?? BPIR.Formula.number(1)
    formula = formulas[position].replacingAdjoint(by: seed)
  }

  /// Returns the number that it is.
  package func number(operands: [Double], result: Double) -> Double {
    formula.evaluated(operands: operands, result: result)
  }

  /// Returns how it is written, with `operands` and `result` in place of those of the operation.
  ///
  /// - Parameter numbers: what the operands are, and the result last; they decide what holds for ties alone.
  package func expression(
    _ operands: [(expression: Expression, element: ValueType.Element)], _ result: Expression,
    at numbers: [Double]
  ) -> Expression {
    var builder = Builder(name: "partial")
    let parameters = operands.map { operand in
      let type = ValueType(operand.element)
      guard case .number(let number) = operand.expression else {
        return builder.function.addParameter(operand.expression.description, type)
      }
      return builder.constant(number, type)
    }
    let value = builder.function.addParameter("y", .real)
    let partial = formula.decidingTies(numbers)
      .instantiated(operands: parameters, result: value, in: &builder)
    let names = Dictionary(
      zip(parameters + [value], operands.map(\.expression) + [result]),
      uniquingKeysWith: { first, _ in first })
    return ExpressionReader(builder.function) { names[$0] }.expression(of: partial).inItsDomain
  }
}

extension BPIR.Formula {
  /// Returns the formula with what it chooses by whether two numbers are the same chosen for `numbers`, those of
  /// the operands and of the result.
  fileprivate func decidingTies(_ numbers: [Double]) -> BPIR.Formula {
    guard case .apply(let op, let arguments) = self else { return self }
    if !op.info.isCallable, op.info.reading == nil, case .formula(let meaning) = op.info.meaning {
      return meaning.replacingOperands(by: arguments).decidingTies(numbers)
    }
    if op == .select, arguments[0].asksForTie {
      let isTie =
        arguments[0].evaluated(operands: Array(numbers.dropLast()), result: numbers.last ?? .nan)
        != 0
      return arguments[isTie ? 1 : 2].decidingTies(numbers)
    }
    let decided = arguments.map { $0.decidingTies(numbers) }
    let known = decided.compactMap { if case .number(let number) = $0 { number } else { nil } }
    // What is left of a sum of choices is a number.
    return decided != arguments && known.count == decided.count
      ? .number(op.evaluated(known)) : .apply(op, decided)
  }

  /// Whether it is a condition that holds only where two numbers are the same.
  private var asksForTie: Bool {
    switch self {
    case .apply(.equal, _): true
    case .apply(.and, let arguments): arguments.contains(where: \.asksForTie)
    default: false
    }
  }

  /// Whether it chooses NaN somewhere: where the operation has no value.
  var hasDomain: Bool {
    switch self {
    case .number(let number): number.isNaN
    case .apply(_, let arguments): arguments.contains(where: \.hasDomain)
    case .operand, .result, .adjoint, .integer: false
    }
  }
}

extension Expression {
  /// Returns the expression with `name` wherever `expression` stands in it.
  func replacing(_ expression: Expression, by name: Expression) -> Expression {
    mapped { $0 == expression ? name : nil }
  }

  /// The expression without the choices of NaN where an operation has no value.
  var inItsDomain: Expression {
    mapped { part in
      guard case .call("where", let arguments) = part else { return nil }
      if arguments[2].isNaN { return arguments[1].inItsDomain }
      return arguments[1].isNaN ? arguments[2].inItsDomain : nil
    }
  }

  /// Returns the expression with what `rule` says in place of its parts, the largest first; nil leaves a part
  /// to its own parts.
  func mapped(_ rule: (Expression) -> Expression?) -> Expression {
    if let new = rule(self) { return new }
    switch self {
    case .infix(let infix, let a, let b): return .infix(infix, a.mapped(rule), b.mapped(rule))
    case .negated(let a): return .negated(a.mapped(rule))
    case .power(let a, let b): return .power(a.mapped(rule), b.mapped(rule))
    case .call(let function, let arguments):
      return .call(function, arguments.map { $0.mapped(rule) })
    default: return self
    }
  }

  private var isNaN: Bool { if case .number(let number) = self { number.isNaN } else { false } }
}
