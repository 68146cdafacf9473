import BPAD
import BPIR
import BPInterp
import BPLexer

/// What made a value or a derivative NaN or infinite first: a warning with its place and the operands.
package struct Blame {
  let values: StraightValues

  package init(_ values: StraightValues) { self.values = values }

  var function: Function { values.function }

  /// Where something that is not finite came about.
  private enum Origin {
    case operation(Instruction)
    case leaf(Value)
  }

  /// Returns why result number `index`, called `name`, is not finite; nil where it is.
  package func warning(result index: Int, _ name: String) -> Diagnostic? {
    guard let number = values[function.results[index]].firstNotFinite else { return nil }
    switch origin(of: function.results[index]) {
    case .operation(let operation):
      return .notFinite(
        name, number, because: description(of: operation), values.path.turnText(of: operation),
        at: operation.span)
    case .leaf(let leaf):
      return .notFinite(
        name, number, because: description(of: leaf), at: values.path.span(of: leaf))
    }
  }

  /// The loop that first made a result not finite; nil where an operation did.
  package var loop: Instruction? {
    for result in function.results where values[result].firstNotFinite != nil {
      if case .operation(let operation) = origin(of: result), operation.op == .loop {
        return operation
      }
    }
    return nil
  }

  /// Returns where something came about first, on the way to `value`, that is not finite.
  private func origin(of value: Value) -> Origin {
    let first = origin(of: value) { $0.firstNotFinite != nil }
    // What is infinite as it was given may become NaN later.
    guard case .leaf(let leaf) = first, !values[leaf].hasNaN, values[value].hasNaN else {
      return first
    }
    return origin(of: value, where: \.hasNaN)
  }

  private func origin(of value: Value, where isBad: (Tensor) -> Bool) -> Origin {
    var value = value
    while let instruction = function.instruction(defining: value) {
      let operands = relevantOperands(of: instruction, value)
      let bad = operands.first { function.constant($0) == nil && isBad(values[$0]) }
      guard let bad else { return .operation(first(like: instruction)) }
      value = bad
    }
    return .leaf(value)
  }

  /// Returns the first turn's instruction of those that stand at one place of the source and made something
  /// not finite of what is.
  private func first(like instruction: Instruction) -> Instruction {
    guard instruction.op != .loop, !values.path.unfolding.turns(of: instruction).isEmpty else {
      return instruction
    }
    let others = function[.body].instructions.lazy.map { function[$0] }
    return others.first { other in
      other.span == instruction.span && other.op == instruction.op
        && values[other.result].firstNotFinite != nil
        && relevantOperands(of: other, other.result).allSatisfy {
          function.constant($0) != nil || values[$0].firstNotFinite == nil
        }
    } ?? instruction
  }

  /// Returns the operands that what is wrong with a result may come from: of a choice the chosen one, of a
  /// loop what it started from.
  private func relevantOperands(of instruction: Instruction, _ result: Value) -> [Value] {
    let operands = Array(function.operands(of: instruction))
    if instruction.op == .loop {
      return [operands[2 + result.position - instruction.firstResult.position]]
    }
    guard instruction.op == .select, let place = values[instruction.result].firstPlace else {
      return operands
    }
    let condition = values[operands[0]].values
    let isChosen = condition[condition.count == 1 ? 0 : min(place, condition.count - 1)] != 0
    return [isChosen ? operands[1] : operands[2]]
  }
}
