import BPAD
import BPIR
import BPInterp
import BPLexer

/// What made a value or a derivative NaN or infinite first: a warning with its place and the operands.
package struct Blame {
  private let values: StraightValues

  package init(_ values: StraightValues) { self.values = values }

  private var function: Function { values.function }

  /// Returns why result number `index`, called `name`, is not finite; nil where it is, or its reason is
  /// what was handed in.
  package func warning(result index: Int, _ name: String) -> Diagnostic? {
    let number = values[function.results[index]].firstNotFinite
    guard let number, let origin = origin(of: function.results[index]) else { return nil }
    return .notFinite(name, number, because: description(of: origin), at: origin.span)
  }

  /// Returns the first operation on the way to `value` that made something not finite of what is.
  private func origin(of value: Value) -> Instruction? {
    var value = value
    while let instruction = function.instruction(defining: value) {
      let operands = relevantOperands(of: instruction)
      let bad = operands.first {
        function.constant($0) == nil && values[$0].firstNotFinite != nil
      }
      guard let bad else { return instruction }
      value = bad
    }
    return nil
  }

  /// Returns the operands that what is wrong with an instruction may come from: of a choice the chosen
  /// one.
  private func relevantOperands(of instruction: Instruction) -> [Value] {
    let operands = Array(function.operands(of: instruction))
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

  /// Returns an operand with its number, where it has one for the element of `result` that is wrong.
  fileprivate func number(of operand: Value, _ result: Tensor) -> String? {
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

extension StraightRun {
  /// Returns what is to be said of the run: why it is not finite, called `name`, and where kinks are.
  package func findings(_ name: String, blames: Bool, traces: Bool) -> [Diagnostic] {
    let warning = blames ? Blame(values).warning(result: 0, name) ?? derivativeWarning : nil
    return [warning].compactMap { $0 } + (traces ? kinks : [])
  }

  /// Returns why derivatives are not finite although the objective is; nil where they all are.
  private var derivativeWarning: Diagnostic? {
    guard value.firstNotFinite == nil else { return nil }
    let bad = zip(independentNames, gradient).first { $0.1.firstNotFinite != nil }
    guard let (name, tensor) = bad, let number = tensor.firstNotFinite else { return nil }
    // Crossings stand in the order of the sweep: the first that is wrong is the origin.
    guard let crossing = chain.crossings.first(where: isOrigin) else { return nil }
    let derivative = derivative(by: .name(name)).description
    return .notFinite(
      derivative, number, because: description(of: crossing), at: crossing.instruction.span)
  }

  private func isOrigin(_ crossing: Crossing) -> Bool {
    number(crossing.adjoint).firstNotFinite == nil
      && (number(crossing.contribution ?? crossing.sum).firstNotFinite != nil
        || number(crossing.sum).firstNotFinite != nil)
  }

  private func description(of crossing: Crossing) -> String {
    let instruction = crossing.instruction
    let operands = function.operands(of: instruction)
    let expression = names.expression(of: instruction)
    let incoming = number(crossing.contribution ?? crossing.sum)
    let blame = Blame(values)
    let list = StepNames.list(
      operands.filter { function.constant($0) == nil }.compactMap {
        blame.number(of: $0, incoming)
      })
    let place = incoming.firstPlace.map { Tensor.index(of: $0, in: incoming.shape) } ?? []
    let operand = names[crossing.operand].part(place)
    return "on the way back through \(expression), what comes to \(operand) is "
      + "\((incoming.firstNotFinite ?? .infinity).stepText)\(list)"
  }
}

extension StepNames {
  /// Returns operands with their numbers as the end of a sentence, each once.
  fileprivate static func list(_ given: [String]) -> String {
    var seen: Set<String> = []
    let list = given.filter { seen.insert($0).inserted }
    return list.isEmpty ? "" : " for \(list.joined(separator: ", "))"
  }
}

extension Diagnostic {
  /// Returns a warning about a value or derivative that is no finite number.
  fileprivate static func notFinite(
    _ name: String, _ number: Double, because reason: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .notFinite, "\(name) is \(number.stepText): \(reason)", at: span, severity: .warning)
  }
}

extension Tensor {
  /// The first element that is no finite number.
  package var firstNotFinite: Double? { values.first { !$0.isFinite } }

  /// Where the first element stands that is no finite number.
  fileprivate var firstPlace: Int? { values.firstIndex { !$0.isFinite } }

  /// Returns the index of the element at `place`, as programs write it.
  fileprivate func text(index place: Int) -> String {
    Tensor.index(of: place, in: shape).map(\.description).joined(separator: ", ")
  }
}
