import BPLexer
import BPParser

extension Lowering {
  /// Returns the array function that a call of `name` means; `min` and `max` are one with a single
  /// argument, or with an axis.
  func arrayFunction(_ name: String, _ arguments: [LoweredExpression]) -> ArrayFunction? {
    guard let function = ArrayFunctions.byName[name] else { return nil }
    guard OpTable.functions[name] != nil else { return function }
    let isReduction =
      arguments.count == 1 || arguments.contains { $0.label.map { text($0.name) } == "axis" }
    return isReduction ? function : nil
  }

  mutating func callArrayFunction(
    _ function: ArrayFunction, _ arguments: [LoweredExpression], at span: Span
  ) -> Operand {
    guard !arguments.contains(where: \.operand.isBroken),
      let (ordered, variadic) = ordered(function, arguments, at: span)
    else { return .broken }
    frame.builder.span = span
    return withUnsafeMutablePointer(to: &self) { pointer in
      var call = ArrayCall(
        function: function, arguments: ordered, variadic: variadic, span: span, pointer: pointer)
      return function.make(&call).map { .value($0) } ?? .broken
    }
  }

  /// Returns the arguments in the order of the parameters; nil after a report.
  private mutating func ordered(
    _ function: ArrayFunction, _ arguments: [LoweredExpression], at span: Span
  ) -> (ordered: [LoweredExpression?], variadic: [LoweredExpression])? {
    var slots: [LoweredExpression?] = Array(repeating: nil, count: function.parameters.count)
    var variadic: [LoweredExpression] = []
    var position = 0
    for argument in arguments {
      if let label = argument.label {
        let name = text(label.name)
        guard let slot = function.parameters.firstIndex(where: { $0.name == name }),
          slots[slot] == nil
        else {
          report(.unknownLabel(name, of: function, at: label.span))
          return nil
        }
        slots[slot] = argument
      } else if function.isVariadic {
        variadic.append(argument)
        slots[0] = argument
      } else {
        guard position < slots.count, !function.parameters[position].needsLabel else {
          reportUnlabeled(function, position, argument, arguments.count, at: span)
          return nil
        }
        slots[position] = argument
        position += 1
      }
    }
    for (slot, parameter) in zip(slots, function.parameters)
    where slot == nil && parameter.defaultText == nil {
      report(.wrongArguments(of: function, arguments.count, at: span))
      return nil
    }
    return (slots, variadic)
  }

  private mutating func reportUnlabeled(
    _ function: ArrayFunction, _ position: Int, _ argument: LoweredExpression, _ count: Int,
    at span: Span
  ) {
    if position < function.parameters.count, function.parameters[position].name == "axis" {
      report(.axisWithoutLabel(function.name, quoted(argument.span), at: argument.span))
    } else {
      report(.wrongArguments(of: function, count, at: span))
    }
  }
}
