import BPIR

/// A walk that writes values of a function as expressions over those that have a name.
package struct ExpressionReader {
  private let function: Function
  /// What stands for a value whose expression is not wanted; nil for those whose is.
  private let name: (Value) -> Expression?
  /// Whether what is made of numbers alone is written as its number.
  private let isFolding: Bool

  package init(
    _ function: Function, isFolding: Bool = false, name: @escaping (Value) -> Expression?
  ) {
    self.function = function
    self.isFolding = isFolding
    self.name = name
  }

  /// How many operations an expression has at most; what is in more is an ellipsis.
  private static let largestSize = 24

  /// Returns the name of `value`, its number when it is a constant, or else its expression.
  package func expression(of value: Value) -> Expression {
    var size = 0
    return expression(of: value, &size)
  }

  /// Returns the expression of what `instruction` computes of its operands.
  package func expression(of instruction: Instruction) -> Expression {
    var size = 0
    return expression(of: instruction, &size)
  }

  private func expression(of value: Value, _ size: inout Int) -> Expression {
    if let name = name(value) { return name }
    if let number = function.constant(value) { return .number(number) }
    guard size < ExpressionReader.largestSize,
      let instruction = function.instruction(defining: value)
    else { return .name("…") }
    return expression(of: instruction, &size)
  }

  private func expression(of instruction: Instruction, _ size: inout Int) -> Expression {
    size += 1
    var operands: [Expression] = []
    for operand in function.operands(of: instruction) {
      operands.append(expression(of: operand, &size))
    }
    if instruction.op.isArrayOperation { return array(instruction, operands) }
    if isFolding, let known = ExpressionReader.folded(instruction.op, operands) { return known }
    return ExpressionReader.element(instruction.op, operands)
  }

  /// Returns what an operation on known numbers gives, and what one with a known condition or exponent
  /// comes to.
  static func folded(_ op: Op, _ operands: [Expression]) -> Expression? {
    switch op {
    case .select where operands[0] == .number(0): return operands[2]
    case .select where operands[0] == .number(1): return operands[1]
    case .integerPower where operands[1] == .number(1): return operands[0]
    case .multiply, .and:
      if operands[0] == .number(1) { return operands[1] }
      if operands[1] == .number(1) { return operands[0] }
    default: break
    }
    let numbers = operands.compactMap { operand in
      if case .number(let number) = operand { number } else { nil }
    }
    return numbers.count == operands.count ? .number(op.evaluated(numbers)) : nil
  }

  /// Returns the expression of an operation on numbers.
  static func element(_ op: Op, _ operands: [Expression]) -> Expression {
    if let infix = infix(op), operands.count == 2 { return .infix(infix, operands[0], operands[1]) }
    switch op {
    case .mark, .real, .integer: return operands[0]
    case .negate: return .negated(operands[0])
    case .square: return .power(operands[0], .number(2))
    case .integerPower, .power: return .power(operands[0], operands[1])
    case .select: return .call("where", operands)
    default: return writtenOut(op, operands) ?? .call(op.info.name, operands)
    }
  }

  /// Returns what an operation that no program can call is made of, where that is a formula.
  private static func writtenOut(_ op: Op, _ operands: [Expression]) -> Expression? {
    if let reading = op.info.reading { return expression(of: reading, operands) }
    guard !op.info.isCallable, case .formula(let formula) = op.info.meaning else { return nil }
    return expression(of: formula, operands)
  }

  private static func expression(
    of formula: BPIR.Formula, _ operands: [Expression]
  ) -> Expression {
    switch formula {
    case .operand(let position): operands[position]
    case .number(let number): .number(number)
    case .integer(let number): .number(Double(number))
    case .result, .adjoint: .name("_")
    case .apply(let op, let arguments): element(op, arguments.map { expression(of: $0, operands) })
    }
  }

  private static func infix(_ op: Op) -> Expression.Operator? {
    switch op {
    case .add: .plus
    case .subtract: .minus
    case .multiply: .times
    case .divide: .over
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessEqual
    case .greater: .greater
    case .greaterEqual: .greaterEqual
    case .and: .and
    case .or: .or
    default: nil
    }
  }

  /// Returns the expression of an operation on arrays.
  private func array(_ instruction: Instruction, _ operands: [Expression]) -> Expression {
    let attribute = function.attribute(of: instruction)
    switch (instruction.op, attribute) {
    case (.matmul, .transposes(let first, let second)):
      return .infix(
        .product, first ? .transposed(operands[0]) : operands[0],
        second ? .transposed(operands[1]) : operands[1])
    case (.transpose, .permutation(let axes)) where axes == [1, 0]: return .transposed(operands[0])
    case (.broadcast, _) where operands[0].isAtom && isOneNumber(instruction): return operands[0]
    case (.reshape, _) where isSameButForUnits(instruction): return operands[0]
    case (.array, .elements(let elements)) where elements.count <= 8:
      return .array(shape: elements.type.shape.numbers ?? [], elements: elements.numbers)
    case (.dimension, .dimension(let dimension)): return .name("\(dimension)")
    case (.slice, .window(let extents)):
      return .part(operands[0], indices(operands.dropFirst(), extents))
    case (.sliceAdd, .window(let extents)):
      return .placed(operands[1], in: operands[0], at: indices(operands.dropFirst(2), extents))
    case (.scatterAdd, _): return .placed(operands[1], in: operands[0], at: "\(operands[2])")
    case (.sliceSet, .window(let extents)):
      return .replaced(operands[1], in: operands[0], at: indices(operands.dropFirst(2), extents))
    case (.scatterSet, _): return .replaced(operands[1], in: operands[0], at: "\(operands[2])")
    case (.gather, _): return .part(operands[0], operands[1].description)
    case (_, .shape(let shape)):
      return .call(instruction.op.info.name, operands + [.name("\(shape)")])
    case (_, .axis(let axis))
    where function.type(of: function.operand(0, of: instruction)).shape.rank > 1:
      return .call(instruction.op.info.name, operands + [.name("axis: \(axis)")])
    default: return .call(instruction.op.info.name, operands)
    }
  }

  /// Whether the operand of an instruction is one number.
  private func isOneNumber(_ instruction: Instruction) -> Bool {
    function.type(of: function.operand(0, of: instruction)).shape.count.number == 1
  }

  /// Whether the operand of an instruction has the same axes, but for those of one element.
  private func isSameButForUnits(_ instruction: Instruction) -> Bool {
    func axes(_ value: Value) -> [Dimension] {
      function.type(of: value).shape.dimensions.filter { $0 != Dimension(1) }
    }
    return axes(instruction.result) == axes(function.operand(0, of: instruction))
  }

  /// Returns the text of what a slice takes: `2, 0..<3`.
  private func indices(
    _ starts: ArraySlice<Expression>, _ extents: [Attribute.Extent]
  ) -> String {
    zip(starts, extents).map { start, extent in
      if extent.count.number == 1 { return start.description }
      let step = extent.step.number == 1 ? "" : " by \(extent.step)"
      guard case .number(let first) = start, let count = extent.count.number,
        extent.step.number == 1
      else { return "\(start)… (\(extent.count)\(step))" }
      return "\(start)..<\((first + Double(count)).stepText)"
    }.joined(separator: ", ")
  }
}
