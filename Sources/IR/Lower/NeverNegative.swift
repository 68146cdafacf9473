extension Function {
  /// Returns whether a whole number is at least 0 by its making: a number, a size, the number of a turn,
  /// and sums, products and remainders of these.
  ///
  /// - Parameter depth: how many operations are looked through.
  func isNeverNegative(_ value: Value, depth: Int = 4) -> Bool {
    switch definition(of: value) {
    case .constant(let number): return number >= 0
    case .parameter: return false
    case .regionParameter(_, let position): return position == 0
    case .result(let id, _):
      let instruction = self[id]
      guard depth > 0, instruction.operandCount <= 2 else { return false }
      let operands = operands(of: instruction)
      switch instruction.op {
      case .add, .multiply, .minimum:
        return operands.allSatisfy { isNeverNegative($0, depth: depth - 1) }
      case .maximum: return operands.contains { isNeverNegative($0, depth: depth - 1) }
      case .modulo: return operands.last.map { isNeverNegative($0, depth: depth - 1) } ?? false
      default: return false
      }
    }
  }
}
