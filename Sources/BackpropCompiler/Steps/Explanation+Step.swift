import BPIR
import BPInterp

extension StraightRun {
  /// What a step with the derivatives makes of what they are for, and of the objective.
  func step(_ update: Explanation.Update) throws(ProgramFailure) -> Explanation.Section {
    var groups: [Explanation.Group] = []
    var moved: [Tensor] = []
    for (independent, (name, slope)) in zip(
      function.results[1...], zip(independentNames, gradient))
    {
      let tensor = update.moved(self[independent], along: slope)
      moved.append(tensor)
      groups.append(Explanation.Group(head: equation(update, independent, name, slope, tensor)))
    }
    if let value = try value(movedTo: moved) {
      let name = Expression.name("\(objective) with these")
      groups.append(Explanation.Group(head: Explanation.Equation([name, shown(value)])))
    }
    let title = "One step \(update.maximizes ? "up" : "down"), rate \(update.rate.stepText)"
    return Explanation.Section(title: title, groups: groups)
  }

  private func equation(
    _ update: Explanation.Update, _ independent: Value, _ name: String, _ slope: Tensor,
    _ moved: Tensor
  ) -> Explanation.Equation {
    let sign: Expression.Operator = update.maximizes ? .plus : .minus
    let old = self[independent]
    func step(_ value: Expression, _ slope: Expression) -> Expression {
      .infix(sign, value, .infix(.times, .number(update.rate), slope))
    }
    let rule = step(.name(name), derivative(by: .name(name)))
    let numbers = old.isScalar ? [step(shown(old), shown(slope))] : []
    return Explanation.Equation([.name(name), rule] + numbers + [shown(moved)])
  }

  /// Returns what the objective is where the independents have moved; nil where one of them is no leaf, and
  /// cannot be moved by itself.
  private func value(movedTo values: [Tensor]) throws(ProgramFailure) -> Tensor? {
    var bindings = path.bindings
    for (independent, value) in zip(function.results[1...], values) {
      guard let leaf = function.parameters.firstIndex(of: independent) else { return nil }
      bindings = bindings.replacing(leaf, with: value)
    }
    return try path.compiler.steps(path.source, of: request.of, wrt: request.wrt, bindings).value
  }
}

extension Explanation.Update {
  /// Returns what `old` is after a step.
  fileprivate func moved(_ old: Tensor, along slope: Tensor) -> Tensor {
    let values = zip(old.values, slope.values).map {
      maximizes ? $0 + rate * $1 : $0 - rate * $1
    }
    return Tensor(shape: old.shape, values: values)
  }
}
