import BPAD
import BPIR
import BPInterp

extension StraightRun {
  /// The way back: operation by operation, from the objective to what it is differentiated by.
  var backward: Explanation.Section {
    var walk = BackwardWalk(run: self)
    walk.walk()
    return Explanation.Section(title: "Backward", groups: walk.groups)
  }

  /// For each crossing of the way back what an explanation says of it: the local partial, where it is a
  /// formula, and last what comes to the adjoint. Nothing for what explanations pass over in silence.
  package var crossingEquations: [[Explanation.Equation]] {
    var walk = BackwardWalk(run: self)
    walk.walk()
    return walk.written
  }
}

/// A walk over the crossings of a run that writes them down.
private struct BackwardWalk {
  let run: StraightRun
  var groups: [Explanation.Group] = []
  /// The equations of each crossing.
  var written: [[Explanation.Equation]] = []
  /// The adjoints so far.
  private var sums: [Value: Tensor] = [:]
  /// What values of the code with the derivatives are called.
  private var known: [Value: Expression] = [:]
  private let forms: [Value: Value]

  init(run: StraightRun) {
    self.run = run
    forms = run.forms
    for (old, new) in run.chain.primals.enumerated() {
      if let new, known[new] == nil { known[new] = run.names[Value(old)] }
    }
  }

  mutating func walk() {
    let top = run.derivative(by: run.names[run.function.results[0]])
    groups.append(Explanation.Group(head: Explanation.Equation([top, .number(1)])))
    var rest = run.chain.crossings[...]
    while let first = rest.first {
      let crossings = rest.prefix { $0.instruction.firstResult == first.instruction.firstResult }
      cross(first.instruction, Array(crossings))
      rest = rest.dropFirst(crossings.count)
    }
  }

  private mutating func cross(_ instruction: Instruction, _ crossings: [Crossing]) {
    let isSilent = run.isSilent(instruction)
    let result = run.names[instruction.result]
    if !isSilent { known[crossings[0].adjoint] = run.derivative(by: result) }
    var taken: Set<Int> = []
    var lines: [Explanation.Equation] = []
    for crossing in crossings {
      let position = position(of: crossing, &taken)
      let before = sums.updateValue(run.number(crossing.sum), forKey: crossing.operand)
      if let source = run.function.instruction(defining: crossing.operand), run.isSilent(source) {
        written.append([])
        continue
      }
      written.append(equations(crossing, position, before))
      lines += written.last ?? []
      known[crossing.sum] = known[crossing.sum] ?? .name("the sum so far")
    }
    guard !isSilent else {
      groups += lines.map { Explanation.Group(head: $0) }
      return
    }
    let head = Explanation.Equation([result, run.names.expression(of: instruction)])
    groups.append(Explanation.Group(head: head, lines: lines))
  }

  /// Returns which operand it is that `crossing` leads to.
  private func position(of crossing: Crossing, _ taken: inout Set<Int>) -> Int {
    let operands = Array(run.function.operands(of: crossing.instruction))
    let position = operands.indices.first {
      operands[$0] == crossing.operand && !taken.contains($0)
    }
    taken.insert(position ?? 0)
    return position ?? 0
  }

  /// Returns the local partial, and what comes to the adjoint of the operand with it.
  private func equations(
    _ crossing: Crossing, _ position: Int, _ before: Tensor?
  ) -> [Explanation.Equation] {
    let operand = run.names[crossing.operand]
    let result = run.names[crossing.instruction.result]
    let total = run.derivative(by: operand)
    guard let partial = localPartial(crossing, position) else {
      return [arrayEquation(crossing, total, before)]
    }
    let name = Expression.derivative(of: result, by: operand, isPartial: true)
    guard !isCutOff(crossing, partial.number) else {
      let zero = added(.name("0 from what was not chosen"), before)
      return [Explanation.Equation([total, zero, shownSum(crossing)])]
    }
    let rule = Expression.infix(.times, run.derivative(by: result), name)
    let product = Expression.infix(
      .times, run.shown(run.number(crossing.adjoint)), .number(partial.number))
    let sum = before.map { Expression.infix(.plus, run.shown($0), product) } ?? product
    return [
      Explanation.Equation([name, partial.expression, .number(partial.number)]),
      Explanation.Equation(
        [total, added(rule, before), sum, shownSum(crossing)]),
    ]
  }

  /// Returns the adjoint of the operand, with the axes that the source means.
  private func shownSum(_ crossing: Crossing) -> Expression {
    let sum = run.number(crossing.sum)
    guard let form = forms[crossing.operand] else { return run.shown(sum) }
    return run.shown(Tensor(shape: run[form].shape, values: sum.values))
  }

  /// Whether a choice cuts off what would not be 0 by itself: 0 times a partial that is no number.
  private func isCutOff(_ crossing: Crossing, _ partial: Double) -> Bool {
    let adjoint = run.number(crossing.adjoint).values.first ?? .nan
    let contribution = crossing.contribution.map(run.number)?.values.first ?? .nan
    return contribution == 0 && (adjoint * partial).isNaN
  }

  /// Returns `expression`, added to what there is.
  private func added(_ expression: Expression, _ before: Tensor?) -> Expression {
    before == nil ? expression : .infix(.plus, .name("the sum so far"), expression)
  }

  /// Returns the local partial derivative by an operand that is a number, with its number.
  private func localPartial(
    _ crossing: Crossing, _ position: Int
  ) -> (expression: Expression, number: Double)? {
    let instruction = crossing.instruction
    let operands = Array(run.function.operands(of: instruction))
    guard run.function.type(of: instruction.result).isScalar,
      let partial = LocalPartial(instruction.op, operand: position, of: operands.count)
    else { return nil }
    let numbers = operands.map { run[$0].values.first ?? .nan }
    let written = operands.map { (run.names[$0], run.function.type(of: $0).element) }
    let result = run[instruction.result].values.first ?? .nan
    let name = run.names[instruction.result]
    let number = partial.number(operands: numbers, result: result)
    // The formula may give a number where the operation has no value, and so no derivative.
    if partial.formula.hasDomain, number.isNaN, result.isNaN, !numbers.contains(where: \.isNaN) {
      return (.name("there is none, outside of the domain"), number)
    }
    let expression = partial.expression(written, name, at: numbers + [result])
      .replacing(run.names.expression(of: instruction), by: name)
    return (expression, number)
  }

  /// Returns what comes to the adjoint of an operand that is an array, or part of one.
  private func arrayEquation(
    _ crossing: Crossing, _ total: Expression, _ before: Tensor?
  ) -> Explanation.Equation {
    let reader = ExpressionReader(run.chain.gradient.function, isFolding: true) { known[$0] }
    // What is added in place is read as the sum, which it is part of.
    guard let contribution = crossing.contribution else {
      let sum = reader.expression(of: crossing.sum)
      return Explanation.Equation([total, sum, shownSum(crossing)])
    }
    let rule = added(reader.expression(of: contribution), before)
    return Explanation.Equation([total, rule, shownSum(crossing)])
  }
}
