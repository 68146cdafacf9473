import BPLexer
import BPParser

extension Lowering {
  /// Lowers the loop whose `forLoop` or `whileLoop` node is at `index`, and returns the index after
  /// it.
  mutating func lowerLoop(_ index: Int, _ outcome: inout BlockOutcome) -> Int {
    let number = Int(tree.nodes[index].payload)
    let syntax = tree.loops[number]
    let end = syntax.body.upperBound
    var loop = loweredHead(number, syntax, end)
    let inner = (frame.carried, frame.wanted, frame.isTail)
    frame.carried = Set(loop.carried.map(\.name))
    frame.isTail = false
    let exits = lowerTurns(&loop)
    (frame.carried, frame.wanted, frame.isTail) = inner
    outcome = BlockOutcome(exits: exits)
    return end + 1
  }

  /// Lowers what stands before the turns of a loop.
  private mutating func loweredHead(_ number: Int, _ syntax: LoopSyntax, _ end: Int) -> LoweredLoop
  {
    let carried = carriedNames(number)
    guard syntax.counter == nil else {
      let (count, limit) = lowerCount(pop())
      return LoweredLoop(
        index: number, syntax: syntax, end: end, count: count,
        start: frame.builder.constant(1, .boolean), limit: limit, test: nil,
        carried: carried)
    }
    let test = test(syntax.condition)
    let isKnown = test != .atEnd
    let start =
      isKnown ? frame.builder.constant(1, .boolean) : lowerCondition(syntax.condition)
    return LoweredLoop(
      index: number, syntax: syntax, end: end, count: nil,
      start: start ?? frame.builder.constant(0, .boolean),
      limit: frame.builder.constant(ValueType.largestInteger, .integer), test: test,
      carried: carried)
  }

  private func test(_ condition: Range<Int>) -> LoweredLoop.Test {
    let nodes = tree.nodes[condition]
    // At the end of a turn it is lowered a second time: with a loop in it, that could go on and on.
    if nodes.contains(where: { $0.kind == .endLoop }) { return .atStart }
    return nodes.count == 1 && nodes.allSatisfy { $0.kind == .boolean && $0.payload == 1 }
      ? .none : .atEnd
  }

  /// Lowers the condition of a `while`; returns nil after a report.
  mutating func lowerCondition(_ range: Range<Int>) -> Value? {
    var ignored = BlockOutcome()
    var node = range.lowerBound
    while node < range.upperBound { node = lowerNode(node, &ignored, end: range.upperBound) }
    return popCondition("while")
  }

  /// Returns the names that the loop number `number` carries: those that stand for something before
  /// it.
  private mutating func carriedNames(_ number: Int) -> [CarriedName] {
    let known = carriedTypes[LoopKey(instance: frame.key, loop: number)]
    return survey.assignments[number].compactMap { assignment in
      guard assignment.name != tree.loops[number].counter?.name,
        let before = versionBefore(assignment.name), !before.isBroken
      else { return nil }
      let types = before.values.map { type($0) }
      let hint = known?.names[assignment.name] ?? types
      return CarriedName(
        name: assignment.name, node: assignment.node, initial: before,
        types: hint.count == types.count
          ? zip(types, hint).map { carriedType($0, towards: $1) } : types)
    }
  }

  /// Returns what a name stands for, in a function also what it stood for at its definition.
  private mutating func versionBefore(_ name: UInt32) -> Operand? {
    if let operand = frame.bindings[name] { return operand }
    return outerVersion(name).map { captured($0) }
  }

  /// Lowers the turns of `loop`, again until the types of what it carries are settled, and returns how
  /// it may leave the block around it.
  private mutating func lowerTurns(_ loop: inout LoweredLoop) -> Exits {
    loop.returned = carriedTypes[key(loop)]?.returned
    var first: FirstAttempt?
    while true {
      let attempt = beginAttempt()
      let mistakeCount = diagnostics.count
      let initial = initialValues(loop)
      let turn = lowerTurn(loop)
      let wider = widened(loop, turn)
      first =
        first ?? FirstAttempt(hadMistakes: diagnostics.count > mistakeCount, turn.shapes(self))
      guard let wider else {
        let isNewMistake = diagnostics.count > mistakeCount && first?.hadMistakes == false
        keepAttempt()
        if isNewMistake, let change = first?.change(from: loop, self) {
          diagnostics.removeSubrange(mistakeCount...)
          report(change)
        }
        return finish(loop, turn, initial)
      }
      discard(attempt)
      loop = wider
      remember(loop)
    }
  }

  private func key(_ loop: LoweredLoop) -> LoopKey {
    LoopKey(instance: frame.key, loop: loop.index)
  }

  private mutating func remember(_ loop: LoweredLoop) {
    let names = Dictionary(
      loop.carried.map { ($0.name, $0.types) }, uniquingKeysWith: { first, _ in first })
    carriedTypes[key(loop)] = CarriedTypes(names: names, returned: loop.returned)
  }
}

/// What the first attempt to lower the turns of a loop found.
private struct FirstAttempt {
  let hadMistakes: Bool
  /// For each carried name the shapes of its values at the end of a turn.
  let shapes: [[Shape]]

  init(hadMistakes: Bool, _ shapes: [[Shape]]) {
    self.hadMistakes = hadMistakes
    self.shapes = shapes
  }

  /// Returns the error for a name whose shape was stretched in vain.
  func change(from loop: LoweredLoop, _ lowering: Lowering) -> Diagnostic? {
    for (carried, shapes) in zip(loop.carried, shapes) {
      let before = carried.initial.values.map { lowering.shape($0) }
      for (shape, last) in zip(before, shapes) where shape != last {
        return .shapeChanges(
          lowering.text(carried.name), shape, last, at: lowering.tree.nodes[carried.node].span,
          loop.syntax.head)
      }
    }
    return nil
  }
}

extension LoweredTurn {
  fileprivate func shapes(_ lowering: Lowering) -> [[Shape]] {
    last.map { $0.values.map { lowering.shape($0) } }
  }
}
