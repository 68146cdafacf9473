/// An expression over the operands, the result and the result's adjoint of one operation.
///
/// It is data and not a closure, so that one row serves reverse mode, forward mode, the passes, the
/// documentation and the tests.
package indirect enum Formula: Hashable, Sendable {
  /// Operand number `position`.
  case operand(Int)
  /// The result of the operation.
  case result
  /// The adjoint of the result; in forward mode the tangent of an operand.
  case adjoint
  /// A real number.
  case number(Double)
  /// An integer.
  case integer(Int)
  /// An operation on formulas.
  case apply(Op, [Formula])
}

extension Formula: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(integerLiteral value: Int) { self = .number(Double(value)) }

  static func + (a: Formula, b: Formula) -> Formula { .apply(.add, [a, b]) }
  static func - (a: Formula, b: Formula) -> Formula { .apply(.subtract, [a, b]) }
  static func * (a: Formula, b: Formula) -> Formula { .apply(.multiply, [a, b]) }
  static func / (a: Formula, b: Formula) -> Formula { .apply(.divide, [a, b]) }
  static prefix func - (a: Formula) -> Formula { .apply(.negate, [a]) }
}

extension Formula {
  /// Returns the value of the formula, made by `builder`.
  ///
  /// - Parameters:
  ///   - operands: what stands for the operands.
  ///   - result: what stands for the result.
  ///   - adjoint: what stands for the adjoint.
  package func instantiated(
    operands: [Value], result: Value? = nil, adjoint: Value? = nil, in builder: inout Builder
  ) -> Value {
    // The operands of an operation on elements have one shape.
    let shape = operands.first.map { builder.function.type(of: $0).shape } ?? .scalar
    return instantiated(operands, result, adjoint, shape, &builder)
  }

  private func instantiated(
    _ operands: [Value], _ result: Value?, _ adjoint: Value?, _ shape: Shape,
    _ builder: inout Builder
  ) -> Value {
    switch self {
    case .operand(let position): return operands[position]
    case .result: return result ?? builder.constant(.nan, ValueType(.real, shape))
    case .adjoint: return adjoint ?? builder.constant(.nan, ValueType(.real, shape))
    case .number(let number): return builder.constant(number, ValueType(.real, shape))
    case .integer(let number): return builder.constant(Double(number), ValueType(.integer, shape))
    case .apply(let op, let arguments):
      var values: [Value] = []
      values.reserveCapacity(arguments.count)
      for argument in arguments {
        values.append(argument.instantiated(operands, result, adjoint, shape, &builder))
      }
      return builder.append(op, values)
    }
  }

  /// Returns the number that the formula is for numbers in place of the operands, the result and the
  /// adjoint; true is 1 and false 0.
  package func evaluated(
    operands: [Double], result: Double = .nan, adjoint: Double = .nan
  ) -> Double {
    switch self {
    case .operand(let position): operands[position]
    case .result: result
    case .adjoint: adjoint
    case .number(let number): number
    case .integer(let number): Double(number)
    case .apply(let op, let arguments):
      op.evaluated(
        arguments.map { $0.evaluated(operands: operands, result: result, adjoint: adjoint) })
    }
  }
}

extension Formula {
  /// Returns the formula with others in place of its operands.
  package func replacingOperands(by others: [Formula]) -> Formula {
    switch self {
    case .operand(let position): others[position]
    case .result, .adjoint, .number, .integer: self
    case .apply(let op, let arguments):
      .apply(op, arguments.map { $0.replacingOperands(by: others) })
    }
  }

  /// Returns the formula with another in place of the adjoint.
  package func replacingAdjoint(by other: Formula) -> Formula {
    switch self {
    case .adjoint: other
    case .operand, .result, .number, .integer: self
    case .apply(let op, let arguments):
      .apply(op, arguments.map { $0.replacingAdjoint(by: other) })
    }
  }
}
