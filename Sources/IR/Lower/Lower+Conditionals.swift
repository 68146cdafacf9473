import BPLexer
import BPParser

extension Lowering {
  /// Lowers the `if` whose `then` node is at `index` as an expression, and returns the index after
  /// it. Names that its arms assign stay in them.
  mutating func lowerConditionalExpression(_ index: Int) -> Int {
    let condition = popCondition()
    let (arms, end) = lowerArms(index)
    let span = tree.nodes[end].span
    var operand = Operand.broken
    if let a = arms.then.outcome.value, let b = arms.otherwise.outcome.value {
      let isWhole = survey.isWhole(conditional: end)
      operand = join(condition, arms, [ArmJoin(.value, a, b, isWhole: isWhole)], at: span)[0]
    } else if arms.haveNoMistakes, tree.isComplete {
      report(.armWithoutValue(at: span))
    }
    push(operand, span)
    return end + 1
  }

  /// Lowers the `if` whose `then` node is at `index` as a statement, and returns the index after it.
  mutating func lowerConditionalStatement(
    _ index: Int, _ outcome: inout BlockOutcome, end blockEnd: Int
  ) -> Int {
    let condition = popCondition()
    let (arms, end) = lowerArms(index, endingBlockAt: blockEnd)
    outcome = joined(condition, arms, at: tree.nodes[end].span, node: end)
    return end + 1
  }

  /// Lowers the nodes after a statement that may have left the block by `exits`: they run unless
  /// `condition` holds.
  mutating func lowerRest(
    _ range: Range<Int>, unless condition: Value, _ exits: Exits
  ) -> BlockOutcome {
    let span = frame.builder.span
    let regions = frame.builder.openArms()
    frame.builder.close(yielding: [])
    let leaving = LoweredArm(
      region: regions.then, outcome: BlockOutcome(exits: exits.whenLeft))
    let rest = lowerArm(regions.otherwise, range, isTail: frame.isTail)
    return joined(
      condition, LoweredArms(then: leaving, otherwise: rest), prior: exits, at: span,
      node: range.upperBound)
  }

  /// Returns the conditional on `first` of which one arm is what `lower` gives and the other `other`.
  mutating func lowerChoice(
    _ first: LoweredExpression, isThen: Bool, other: Operand, at span: Span,
    _ lower: (inout Lowering) -> LoweredExpression
  ) -> Operand {
    frame.stack.append(first)
    let condition = popCondition()
    let regions = frame.builder.openArms()
    frame.builder.close(yielding: [])
    let region = isThen ? regions.then : regions.otherwise
    frame.builder.enter(region)
    frame.armDepth += 1
    let second = lower(&self)
    frame.armDepth -= 1
    frame.builder.close(yielding: [])
    let arms = LoweredArms(
      then: LoweredArm(region: regions.then, outcome: BlockOutcome()),
      otherwise: LoweredArm(region: regions.otherwise, outcome: BlockOutcome()))
    let known = stretched(other, like: second.operand)
    let pair =
      isThen ? ArmJoin(.value, second.operand, known) : ArmJoin(.value, known, second.operand)
    return join(condition, arms, [pair], at: span)[0]
  }

  /// Returns the constant `operand` in the shape of `other`.
  private mutating func stretched(_ operand: Operand, like other: Operand) -> Operand {
    guard case .value(let value) = operand, case .value(let array) = other, isArray(other) else {
      return operand
    }
    return .value(frame.builder.broadcast(value, to: shape(array)))
  }

  /// Whether `operand` is an array.
  func isArray(_ operand: Operand) -> Bool {
    guard case .value(let value) = operand else { return false }
    return !shape(value).isScalar
  }

  /// Whether the program has integers, whose arithmetic can fail.
  var hasIntegers: Bool { !tree.loops.isEmpty || tree.leaves.contains(where: \.isInteger) }

  /// Whether the second operand of the `and` or `or` whose marker is at `index` may end a run: it takes
  /// an element, calls something or computes.
  func canFail(_ index: Int) -> Bool {
    tree.nodes[index + 1..<Int(tree.nodes[index].payload)].contains { node in
      switch node.kind {
      case .name, .wholeNumber, .number, .boolean, .negate, .not, .and, .or, .shortCircuit, .equal,
        .notEqual, .less, .lessEqual, .greater, .greaterEqual:
        false
      default: true
      }
    }
  }

  // MARK: - Arms

  /// - Parameter word: the statement that takes the condition.
  mutating func popCondition(_ word: String = "if") -> Value? {
    let expression = pop()
    guard case .value(let value) = expression.operand else {
      if !expression.operand.isBroken { report(.tupleAsOperand(at: expression.span)) }
      return nil
    }
    guard type(value) == .boolean else {
      report(
        type(value).isBoolean
          ? .conditionIsArray(shape(value), at: expression.span)
          : .conditionIsNumber(of: word, at: expression.span))
      return nil
    }
    return value
  }

  /// Lowers both arms, and returns them with the index of the `endIf` node.
  ///
  /// - Parameter blockEnd: the node after the block that a statement stands in.
  private mutating func lowerArms(
    _ index: Int, endingBlockAt blockEnd: Int? = nil
  ) -> (LoweredArms, end: Int) {
    let middle = Int(tree.nodes[index].payload)
    let hasElse = tree.nodes[middle].kind == .else
    let end = hasElse ? Int(tree.nodes[middle].payload) : middle
    let regions = frame.builder.openArms()
    frame.builder.close(yielding: [])
    let isTail = frame.isTail && end + 1 == blockEnd
    let then = lowerArm(regions.then, index + 1..<middle, isTail: isTail)
    let otherwise = lowerArm(
      regions.otherwise, hasElse ? middle + 1..<end : end..<end, isTail: isTail)
    return (LoweredArms(then: then, otherwise: otherwise), end)
  }

  /// Lowers the nodes in `range` into `region`, and takes back what names stand for.
  private mutating func lowerArm(
    _ region: RegionID, _ range: Range<Int>, isTail: Bool
  ) -> LoweredArm {
    let wasTail = frame.isTail
    frame.isTail = isTail
    defer { frame.isTail = wasTail }
    let start = frame.changes.count
    let nameCount = frame.names.count
    frame.armDepth += 1
    frame.builder.enter(region)
    var outcome = lowerBlock(range)
    // At the end of a function the last value is what it returns.
    if isTail, outcome.exits.left == .never, let value = outcome.value {
      let place = range.isEmpty ? Span.none : tree.nodes[range.upperBound - 1].span
      outcome = BlockOutcome(exits: .function(returning: value, at: place))
    }
    frame.builder.close(yielding: [])
    frame.armDepth -= 1
    frame.endNames(from: nameCount)
    var arm = LoweredArm(region: region, outcome: outcome)
    for change in frame.changes[start...] where arm.assigned[change.name] == nil {
      arm.assigned[change.name] = frame.bindings[change.name]
      arm.order.append(change.name)
    }
    revertChanges(from: start)
    return arm
  }

  /// Makes names stand for what they stood for before the changes from number `start` on.
  mutating func revertChanges(from start: Int) {
    for change in frame.changes[start...].reversed() { frame.bindings[change.name] = change.old }
    frame.changes.removeSubrange(start...)
  }
}
