import BPAD
import BPIR
import BPInterp
import BPLexer

extension StraightRun {
  /// Returns what is to be said of the run: why it is not finite, called `name`, and where kinks are.
  package func findings(_ name: String, blames: Bool, traces: Bool) -> [Diagnostic] {
    let warning = blames ? Blame(values).warning(result: 0, name) ?? derivativeWarning : nil
    return [warning].compactMap { $0 } + (traces ? kinks : [])
  }

  /// The loop that first made the value, or else a derivative, not finite; nil where an operation did.
  var loopToBlame: Instruction? {
    if value.firstNotFinite != nil { return Blame(values).loop }
    guard let crossing = origin, crossing.instruction.op == .loop else { return nil }
    return crossing.instruction
  }

  /// Why derivatives are not finite although the objective is; nil where they all are.
  private var derivativeWarning: Diagnostic? {
    guard value.firstNotFinite == nil else { return nil }
    let bad = zip(independentNames, gradient).first { $0.1.firstNotFinite != nil }
    guard let (name, tensor) = bad, let number = tensor.firstNotFinite, let origin else {
      return nil
    }
    return .notFinite(
      derivative(by: .name(name)).description, number, because: description(of: origin),
      path.turnText(of: origin.instruction), at: origin.instruction.span)
  }

  /// The crossing that first made an adjoint not finite: they stand in the order of the sweep.
  private var origin: Crossing? {
    chain.crossings.first { crossing in
      crossing.adjoints.allSatisfy { number($0).firstNotFinite == nil }
        && (number(crossing.contribution ?? crossing.sum).firstNotFinite != nil
          || number(crossing.sum).firstNotFinite != nil)
    }
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
