import BPLexer

extension Lowering {
  /// Returns the operation that `op` means for `values`, and the values converted to what it takes;
  /// nil after a report.
  mutating func fit(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> (Op, [Value])? {
    switch op.info.type {
    case .real where op == .power && type(values[1]).isInteger:
      return fitIntegerPower(values, arguments)
    case .real:
      guard areNumbers(op, values, arguments) else { return nil }
      return (op, values.map { asReal($0) })
    case .arithmetic:
      guard areNumbers(op, values, arguments) else { return nil }
      return (op, fitArithmetic(op, values))
    case .equality where values.allSatisfy { type($0).isBoolean }: return (op, values)
    case .comparison, .equality:
      guard areNumbers(op, values, arguments) else { return nil }
      return (op, asOneType(values))
    case .logic:
      guard areConditions(op, values, arguments) else { return nil }
      return (op, values)
    case .select:
      guard areConditions(op, [values[0]], arguments),
        let arms = fitArms(op, Array(values[1...]), Array(arguments[1...]))
      else { return nil }
      return (op, [values[0]] + arms)
    case .integerPower, .ordered, .conversion, .whole, .push, .same, .array, .structure:
      return (op, values)
    }
  }

  private mutating func fitIntegerPower(
    _ values: [Value], _ arguments: [LoweredExpression]
  ) -> (Op, [Value])? {
    guard areNumbers(.power, values, arguments) else { return nil }
    return (.integerPower, [asReal(values[0]), values[1]])
  }

  private mutating func fitArms(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> [Value]? {
    if values.allSatisfy({ type($0).isBoolean }) { return values }
    guard areNumbers(op, values, arguments) else { return nil }
    return values.contains { frame.builder.function.constant($0) == nil }
      ? asOneType(values) : values.map { asReal($0) }
  }

  /// Integers stay integers, but for whole literals whose result Float64 would not hold exactly.
  private mutating func fitArithmetic(_ op: Op, _ values: [Value]) -> [Value] {
    let fitted = asOneType(values)
    guard type(fitted[0]).isInteger else { return fitted }
    let numbers = fitted.compactMap { frame.builder.function.constant($0) } as [Double]
    guard numbers.count == fitted.count else { return fitted }
    let result = op.evaluated(numbers)
    // -0 and the remainder of a division by 0 are real numbers only.
    let isWhole =
      result.magnitude <= ValueType.largestInteger && !(result == 0 && result.sign == .minus)
    return isWhole ? fitted : fitted.map { asReal($0) }
  }

  private mutating func asOneType(_ values: [Value]) -> [Value] {
    values.allSatisfy { type($0).isInteger } ? values : values.map { asReal($0) }
  }

  mutating func asReal(_ value: Value) -> Value {
    guard type(value).isInteger else { return value }
    let type = type(value).of(.real)
    if let number = frame.builder.function.constant(value) {
      return frame.builder.constant(number, type)
    }
    if let count = type.shape.count.number, let numbers = frame.builder.elements(of: value, count) {
      return frame.builder.constantArray(numbers, type)
    }
    return frame.builder.append(.real, value)
  }

  mutating func areNumbers(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> Bool {
    for (value, argument) in zip(values, arguments) where type(value).isBoolean {
      report(.conditionAsNumber(op, at: argument.span))
      return false
    }
    return true
  }

  private mutating func areConditions(
    _ op: Op, _ values: [Value], _ arguments: [LoweredExpression]
  ) -> Bool {
    for (value, argument) in zip(values, arguments) where !type(value).isBoolean {
      report(.numberAsCondition(op, at: argument.span))
      return false
    }
    return true
  }
}
