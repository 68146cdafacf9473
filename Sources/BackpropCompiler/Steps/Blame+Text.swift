import BPIR
import BPInterp
import BPLexer

// What is said of where something came about that is not finite.

extension Blame {
  /// Returns what an operation is and gives: `log(x) is nan for x = -0.25`.
  func description(of instruction: Instruction) -> String {
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
  func description(of leaf: Value) -> String {
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
  var hasNaN: Bool { values.contains(where: \.isNaN) }

  /// Where the first element stands that is no finite number.
  var firstPlace: Int? { values.firstIndex { !$0.isFinite } }

  /// Returns the index of the element at `place`, as programs write it.
  fileprivate func text(index place: Int) -> String {
    Tensor.index(of: place, in: shape).map(\.description).joined(separator: ", ")
  }
}
