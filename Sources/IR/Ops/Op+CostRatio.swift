extension Op {
  /// The operations of the value and the contributions of its rule over those of the value alone, to
  /// one digit after the point.
  package var costRatio: Double {
    let count = info.isVariadic ? 2 : info.parameters.count
    let alone = function(operandCount: count, formulas: []).operationCount
    let both = function(operandCount: count, formulas: formulas(count)).operationCount
    let ratio = Double(both.number ?? 0) / Double(max(1, alone.number ?? 0))
    return (10 * ratio).rounded() / 10
  }

  private func formulas(_ count: Int) -> [Formula] {
    switch info.rule {
    case .pullback(let formulas): formulas
    case .variadicPullback(_, let formulas): formulas(count)
    case .zero, .structure: []
    }
  }

  /// Returns a function of the operands and an adjoint that gives the value and what the rule gives.
  private func function(operandCount: Int, formulas: [Formula]) -> Function {
    var builder = Builder(name: info.name)
    let operands = (0..<operandCount).map { position in
      builder.function.addParameter("x", operandType(position))
    }
    let adjoint = builder.function.addParameter("dy", .real)
    let result = builder.append(self, operands)
    var results = [result]
    for (position, formula) in formulas.enumerated() where operandType(position) == .real {
      results.append(
        formula.instantiated(operands: operands, result: result, adjoint: adjoint, in: &builder))
    }
    builder.close(yielding: results)
    return builder.function.finished()
  }

  /// The type of an operand where its values are real.
  package func operandType(_ position: Int) -> ValueType {
    switch info.type {
    case .logic: .boolean
    case .select: position == 0 ? .boolean : .real
    case .integerPower: position == 1 ? .integer : .real
    case .ordered: position == 0 ? .integer : .real
    case .conversion: .integer
    case .real, .arithmetic, .comparison, .equality, .whole, .push, .same, .array, .structure: .real
    }
  }
}
