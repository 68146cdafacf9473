import BPAD
import BPIR
import BPInterp
import BPLexer

/// What made a value or a derivative NaN or infinite first: a warning with its place and the operands.
package struct Blame {
  private let values: StraightValues

  package init(_ values: StraightValues) { self.values = values }

  private var function: Function { values.function }

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

  /// Returns what an operation is and gives: `log(x) is nan for x = -0.25`.
  private func description(of instruction: Instruction) -> String {
    let expression = values.names.expression(of: instruction)
    let result = values[instruction.result]
    let index = result.isScalar ? nil : result.firstPlace
    let place = index.map { " at [\(result.text(index: $0))]" } ?? ""
    let number = (result.firstNotFinite ?? .nan).stepText
    let operands = function.operands(of: instruction).filter { function.constant($0) == nil }
    let list = StepNames.list(operands.compactMap { self.number(of: $0, result) })
    return "\(expression) is \(number)\(place)\(list)"
  }

  /// Returns what a leaf is that is not finite.
  private func description(of leaf: Value) -> String {
    let tensor = values[leaf]
    let index = tensor.isScalar ? [] : Tensor.index(of: tensor.firstPlace ?? 0, in: tensor.shape)
    let part = values.names[leaf].part(index)
    return "\(part) is given as \((tensor.firstNotFinite ?? .nan).stepText)"
  }

  /// Returns an operand with its number, where it has one for the element of `result` that is wrong.
  func number(of operand: Value, _ result: Tensor) -> String? {
    let tensor = values[operand]
    guard !function.type(of: operand).isBoolean else { return nil }
    if tensor.isScalar {
      return "\(values.names[operand]) = \((tensor.values.first ?? .nan).stepText)"
    }
    guard let place = result.firstPlace, tensor.shape == result.shape else { return nil }
    let part = values.names[operand].part(Tensor.index(of: place, in: tensor.shape))
    return "\(part) = \(tensor.values[place].stepText)"
  }
}

extension StepNames {
  /// Returns operands with their numbers as the end of a sentence, each once.
  static func list(_ given: [String]) -> String {
    var seen: Set<String> = []
    let list = given.filter { seen.insert($0).inserted }
    return list.isEmpty ? "" : " for \(list.joined(separator: ", "))"
  }
}

extension Diagnostic {
  /// Returns a warning about a value or derivative that is no finite number.
  static func notFinite(
    _ name: String, _ number: Double, because reason: String, _ turn: String = "", at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .notFinite, "\(name) is \(number.stepText): \(reason)\(turn)", at: span, severity: .warning)
  }
}

extension Tensor {
  /// The first element that is no finite number.
  package var firstNotFinite: Double? { values.first { !$0.isFinite } }

  /// Whether an element is NaN.
  fileprivate var hasNaN: Bool { values.contains(where: \.isNaN) }

  /// Where the first element stands that is no finite number.
  var firstPlace: Int? { values.firstIndex { !$0.isFinite } }

  /// Returns the index of the element at `place`, as programs write it.
  fileprivate func text(index place: Int) -> String {
    Tensor.index(of: place, in: shape).map(\.description).joined(separator: ", ")
  }
}
