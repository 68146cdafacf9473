import BPLexer
import BPParser

extension Lowering {
  // MARK: - Literals

  /// Lowers an array literal, whose elements are on the stack.
  mutating func lowerArray(_ node: SyntaxNode) {
    let elements = popArguments(Int(node.count))
    push(array(elements, at: node.span), node.span)
  }

  private mutating func array(_ elements: [LoweredExpression], at span: Span) -> Operand {
    guard let values = values(elements) else { return .broken }
    guard let first = values.first else {
      return .value(frame.builder.constant(0, ValueType(.real, Shape([Dimension(0)]))))
    }
    guard values.allSatisfy({ type($0).isBoolean == type(first).isBoolean }) else {
      report(.elementKindDiffers(at: span))
      return .broken
    }
    for (value, element) in zip(values, elements).dropFirst() {
      let (a, b) = (shape(first), shape(value))
      guard unify(a, b, at: element.span) else {
        report(.raggedArray(a, b, at: element.span))
        return .broken
      }
    }
    let fitted = asOneElement(values)
    return .value(frame.builder.constantArray(of: fitted) ?? frame.builder.stack(fitted, axis: 0))
  }

  /// Returns the values of `expressions`, or nil after a report where one is none.
  mutating func values(_ expressions: [LoweredExpression]) -> [Value]? {
    var values: [Value] = []
    for expression in expressions {
      guard case .value(let value) = expression.operand else {
        if !expression.operand.isBroken { report(.tupleAsOperand(at: expression.span)) }
        return nil
      }
      values.append(value)
    }
    return values
  }

  /// Returns numbers as reals unless all are whole.
  mutating func asOneElement(_ values: [Value]) -> [Value] {
    let areAlike = values.allSatisfy { type($0).element == type(values[0]).element }
    return areAlike ? values : values.map { asReal($0) }
  }

  // MARK: - Transposes and products

  /// Lowers `.T`, which reverses the axes.
  mutating func lowerTranspose(_ node: SyntaxNode) {
    let expression = pop()
    push(transposed(expression), node.span)
  }

  mutating func transposed(_ expression: LoweredExpression) -> Operand {
    guard let value = values([expression])?.first else { return .broken }
    let rank = shape(value).rank
    if rank < 2 { return .value(value) }
    return .value(frame.builder.transpose(value, Array((0..<rank).reversed())))
  }

  /// Returns the matrix product, as NumPy has it: a vector on the left is a row, one on the right a
  /// column, and dimensions before the last two are stretched.
  mutating func matrixProduct(
    _ a: LoweredExpression, _ b: LoweredExpression, at span: Span
  ) -> Operand {
    guard let values = values([a, b]), areNumbers(.matmul, values, [a, b]) else { return .broken }
    let x = asReal(values[0])
    let y = asReal(values[1])
    let operands = operands([a, b], [x, y])
    for operand in operands where operand.shape.isScalar {
      report(.productOfNumber(operand, at: span))
      return .broken
    }
    frame.builder.span = span
    guard let product = product(x, y, at: span) else {
      report(.productDoesNotFit(operands, at: span))
      return .broken
    }
    return .value(product)
  }

  private mutating func product(_ x: Value, _ y: Value, at span: Span) -> Value? {
    let isRow = shape(x).rank == 1
    let isColumn = shape(y).rank == 1
    var a = isRow ? frame.builder.inserting(axis: 0, x) : x
    var b = isColumn ? frame.builder.inserting(axis: 1, y) : y
    let (depth, other) = (shape(a)[shape(a).rank - 1], shape(b)[shape(b).rank - 2])
    let fits = unify(current(depth), current(other), at: span)
    guard fits || (current(depth) - current(other)).isOpen,
      let batch = commonShape(
        Shape(shape(a).dimensions.dropLast(2)), Shape(shape(b).dimensions.dropLast(2)), at: span)
    else { return nil }
    let batches = batch.substituting(sizes).dimensions
    a = stretched(a, to: Shape(batches + shape(a).dimensions.suffix(2)))
    b = stretched(b, to: Shape(batches + [current(depth), shape(b)[shape(b).rank - 1]]))
    let product = frame.builder.matmul(a, b)
    var dimensions = shape(product).dimensions
    if isColumn { dimensions.removeLast() }
    if isRow { dimensions.remove(at: dimensions.count - (isColumn ? 1 : 2)) }
    return frame.builder.reshape(product, to: Shape(dimensions))
  }
}

extension Builder {
  /// Returns the constant array of `values` one after another, or nil when one is no constant.
  mutating func constantArray(of values: [Value]) -> Value? {
    let type = function.type(of: values[0])
    guard let count = type.shape.count.number else { return nil }
    var numbers: [Double] = []
    for value in values {
      guard let elements = elements(of: value, count) else { return nil }
      numbers += elements
    }
    let whole = type.with(Shape([Dimension(values.count)] + type.shape.dimensions))
    return constantArray(numbers, whole)
  }

  /// Returns the constant array with `numbers`; one whose elements are all the same is a constant.
  mutating func constantArray(_ numbers: [Double], _ type: ValueType) -> Value {
    if let first = numbers.first, numbers.allSatisfy({ $0.bitPattern == first.bitPattern }) {
      return constant(first, type)
    }
    return append(.array, [], .elements(Attribute.Elements(numbers, type)))
  }

  /// Returns the `count` elements of a constant array, or nil when `value` is none.
  func elements(of value: Value, _ count: Int) -> [Double]? {
    // What is long is not written out, and stays an instruction.
    if let number = function.constant(value) {
      return count <= 1_000_000 ? Array(repeating: number, count: count) : nil
    }
    guard let instruction = function.instruction(defining: value), instruction.op == .array,
      case .elements(let elements) = function.attribute(of: instruction)
    else { return nil }
    return elements.numbers
  }

  /// Returns `values`, which have one shape, side by side along a new axis.
  mutating func stack(_ values: [Value], axis: Int) -> Value {
    append(.concat, values.map { inserting(axis: axis, $0) }, .axis(axis))
  }
}
