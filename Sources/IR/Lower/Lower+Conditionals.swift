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
      operand = join(condition, arms, [Join(.value, a, b)], at: span)[0]
    } else if arms.haveNoMistakes {
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

  /// Lowers the nodes after a statement that may have returned `operand`: they run unless
  /// `condition` holds.
  mutating func lowerRest(
    _ range: Range<Int>, unless condition: Value, returning operand: Operand
  ) -> BlockOutcome {
    let span = frame.builder.span
    let regions = frame.builder.openArms()
    frame.builder.close(yielding: [])
    let returning = Arm(
      region: regions.then, outcome: BlockOutcome(returned: .init(operand: operand)))
    let rest = lowerArm(regions.otherwise, range, isTail: frame.isTail)
    return joined(
      condition, Arms(then: returning, otherwise: rest), at: span, node: range.upperBound)
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
    let arms = Arms(
      then: Arm(region: regions.then, outcome: BlockOutcome()),
      otherwise: Arm(region: regions.otherwise, outcome: BlockOutcome()))
    let pair = isThen ? Join(.value, second.operand, other) : Join(.value, other, second.operand)
    return join(condition, arms, [pair], at: span)[0]
  }

  /// Whether the program has integers, whose arithmetic can fail.
  var hasIntegers: Bool { tree.leaves.contains(where: \.isInteger) }

  // MARK: - Arms

  private mutating func popCondition() -> Value? {
    let expression = pop()
    guard case .value(let value) = expression.operand else {
      if !expression.operand.isBroken { report(.tupleAsOperand(at: expression.span)) }
      return nil
    }
    guard frame.builder.function.type(of: value) == .boolean else {
      report(.conditionIsNumber(at: expression.span))
      return nil
    }
    return value
  }

  /// Lowers both arms, and returns them with the index of the `endIf` node.
  ///
  /// - Parameter blockEnd: the node after the block that a statement stands in.
  private mutating func lowerArms(
    _ index: Int, endingBlockAt blockEnd: Int? = nil
  ) -> (Arms, end: Int) {
    let middle = Int(tree.nodes[index].payload)
    let hasElse = tree.nodes[middle].kind == .else
    let end = hasElse ? Int(tree.nodes[middle].payload) : middle
    let regions = frame.builder.openArms()
    frame.builder.close(yielding: [])
    let isTail = frame.isTail && end + 1 == blockEnd
    let then = lowerArm(regions.then, index + 1..<middle, isTail: isTail)
    let otherwise = lowerArm(
      regions.otherwise, hasElse ? middle + 1..<end : end..<end, isTail: isTail)
    return (Arms(then: then, otherwise: otherwise), end)
  }

  /// Lowers the nodes in `range` into `region`, and takes back what names stand for.
  private mutating func lowerArm(
    _ region: RegionID, _ range: Range<Int>, isTail: Bool
  ) -> Arm {
    let wasTail = frame.isTail
    frame.isTail = isTail
    defer { frame.isTail = wasTail }
    let start = frame.changes.count
    let nameCount = frame.names.count
    frame.armDepth += 1
    frame.builder.enter(region)
    var outcome = lowerBlock(range)
    // At the end of a function the last value is what it returns.
    if isTail, outcome.returned == nil, let value = outcome.value {
      outcome = BlockOutcome(returned: .init(operand: value))
    }
    frame.builder.close(yielding: [])
    frame.armDepth -= 1
    frame.names.removeSubrange(nameCount...)
    var arm = Arm(region: region, outcome: outcome)
    for change in frame.changes[start...] where arm.assigned[change.name] == nil {
      arm.assigned[change.name] = frame.bindings[change.name]
      arm.order.append(change.name)
    }
    for change in frame.changes[start...].reversed() { frame.bindings[change.name] = change.old }
    frame.changes.removeSubrange(start...)
    return arm
  }

  // MARK: - Joins

  /// Makes the conditional of two arms and returns how it ends; names that the arms assigned stand
  /// for what the arm that ran gave them.
  private mutating func joined(
    _ condition: Value?, _ arms: Arms, at span: Span, node: Int
  ) -> BlockOutcome {
    let joins = nameJoins(arms) + valueJoins(arms) + returnJoins(arms)
    let operands = join(condition, arms, joins, at: span)
    var outcome = BlockOutcome()
    var flag: Value? = condition
    for (join, operand) in zip(joins, operands) {
      switch join.role {
      case .name(let name): bind(name, operand, at: node)
      case .part(let name): outcome.parts.append((name ?? .text(span), operand))
      case .flag: flag = operand.values.first
      case .returned: outcome.returned = .init(operand: operand)
      case .value: break
      }
    }
    if arms.then.outcome.alwaysReturns != arms.otherwise.outcome.alwaysReturns
      || !arms.then.outcome.alwaysReturns
    {
      outcome.returned?.condition = flag
    }
    if outcome.parts.contains(where: \.operand.isBroken) { outcome.parts = [] }
    return outcome
  }

  /// The names that an arm assigned; an arm that always returns has no say.
  private func nameJoins(_ arms: Arms) -> [Join] {
    let fresh = arms.otherwise.order.filter { arms.then.assigned[$0] == nil }
    return (arms.then.order + fresh).map { name in
      let before = frame.bindings[name] ?? outerVersion(name)
      let missing = Operand.ofOneArm(.none)
      let a = arms.then.assigned[name] ?? before ?? missing
      let b = arms.otherwise.assigned[name] ?? before ?? missing
      return Join(
        .name(name), arms.then.outcome.alwaysReturns ? nil : a,
        arms.otherwise.outcome.alwaysReturns ? nil : b)
    }
  }

  /// The values of the last statements, part by part where both arms name them alike.
  private func valueJoins(_ arms: Arms) -> [Join] {
    let (a, b) = (arms.then.outcome.parts, arms.otherwise.outcome.parts)
    if !a.isEmpty, a.map(\.name) == b.map(\.name) {
      return zip(a, b).map { Join(.part($0.name), $0.operand, $1.operand) }
    }
    guard let x = arms.then.outcome.value, let y = arms.otherwise.outcome.value else { return [] }
    return [Join(.part(nil), x, y)]
  }

  private mutating func returnJoins(_ arms: Arms) -> [Join] {
    let (a, b) = (arms.then.outcome.returned, arms.otherwise.outcome.returned)
    guard a != nil || b != nil else { return [] }
    let value = Join(.returned, a?.operand, b?.operand)
    let bothAlways = arms.then.outcome.alwaysReturns && arms.otherwise.outcome.alwaysReturns
    // Where the first arm always returns and the other never, the condition itself is the flag.
    if bothAlways || (arms.then.outcome.alwaysReturns && b == nil) { return [value] }
    return [value, Join(.flag, .value(flag(a)), .value(flag(b)))]
  }

  private mutating func flag(_ returned: BlockOutcome.Returned?) -> Value {
    guard let returned else { return frame.builder.constant(0, .boolean) }
    return returned.condition ?? frame.builder.constant(1, .boolean)
  }

  /// Makes the conditional that yields what `joins` say, and returns the operand of each.
  private mutating func join(
    _ condition: Value?, _ arms: Arms, _ joins: [Join], at span: Span
  ) -> [Operand] {
    frame.builder.span = span
    var yields: [(Value, Value)] = []
    let pairs = joins.map { pair($0, at: span) }
    for pair in pairs { yields += pair?.values.filter { $0.0 != $0.1 } ?? [] }
    let fitted = yields.map { converted($0, arms) }
    frame.builder.setYields(of: arms.then.region, fitted.map(\.0))
    frame.builder.setYields(of: arms.otherwise.region, fitted.map(\.1))
    guard let condition else { return joins.map { _ in .broken } }
    var results = frame.builder.conditional(
      condition, (then: arms.then.region, otherwise: arms.otherwise.region))[...]
    return zip(joins, pairs).map { join, pair in
      guard let pair else { return join.isOfOneArm ? .ofOneArm(span) : .broken }
      let values = pair.values.map { $0.0 == $0.1 ? $0.0 : results.removeFirst() }
      var slice = values[...]
      return pair.form.replacingValues(&slice)
    }
  }

  /// Returns the values that two operands of one form have in each arm; nil when they do not fit.
  private mutating func pair(
    _ join: Join, at span: Span
  ) -> (form: Operand, values: [(Value, Value)])? {
    guard let form = join.a ?? join.b, !form.isBroken else { return nil }
    let a = (join.a ?? form).values
    let b = (join.b ?? form).values
    guard (join.b ?? form).hasForm(of: form), fit(a, b) else {
      if join.mustFit, join.b?.isBroken != true { report(.armsDiffer(at: span)) }
      return nil
    }
    let first = join.a == nil ? b.map { placeholder(like: $0) } : a
    let second = join.b == nil ? a.map { placeholder(like: $0) } : b
    return (form, Array(zip(first, second)))
  }

  private func fit(_ a: [Value], _ b: [Value]) -> Bool {
    zip(a, b).allSatisfy { x, y in
      (frame.builder.function.type(of: x) == .boolean)
        == (frame.builder.function.type(of: y) == .boolean)
    }
  }

  /// Returns what an arm yields where it does not get to the end: nobody reads it.
  private mutating func placeholder(like value: Value) -> Value {
    frame.builder.constant(0, frame.builder.function.type(of: value))
  }

  /// Returns the values with one type: a number that is real in one arm is real.
  private mutating func converted(_ values: (Value, Value), _ arms: Arms) -> (Value, Value) {
    let (a, b) = (realIfLiterals(values.0, values.1), realIfLiterals(values.1, values.0))
    let types = (frame.builder.function.type(of: a), frame.builder.function.type(of: b))
    if types.0 == types.1 { return (a, b) }
    return (real(a, in: arms.then.region), real(b, in: arms.otherwise.region))
  }

  /// Returns `value`, as a real number when both are whole literals.
  private mutating func realIfLiterals(_ value: Value, _ other: Value) -> Value {
    frame.builder.function.constant(other) == nil ? value : realLiteral(value)
  }

  private mutating func real(_ value: Value, in region: RegionID) -> Value {
    guard frame.builder.function.type(of: value) == .integer else { return value }
    frame.builder.enter(region)
    defer { frame.builder.close(yielding: []) }
    return frame.builder.append(.real, value)
  }
}

/// One arm of an `if` after it is lowered, before its yields are known.
private struct Arm {
  let region: RegionID
  var outcome: BlockOutcome
  /// What names stand for at its end, where that changed in it.
  var assigned: [UInt32: Operand] = [:]
  /// The names in the order in which they were first assigned.
  var order: [UInt32] = []
}

/// The arms of an `if`.
private struct Arms {
  let then: Arm
  let otherwise: Arm

  /// Whether no statement of the arms was left out for a mistake.
  var haveNoMistakes: Bool {
    !then.assigned.values.contains(where: \.isBroken)
      && !otherwise.assigned.values.contains(where: \.isBroken)
  }
}

/// Something that an `if` hands out: what it is in each arm, nil in an arm that does not get to its
/// end.
private struct Join {
  /// What is done with it.
  enum Role {
    case name(UInt32)
    case part(PartName?)
    case value, returned, flag
  }

  let role: Role
  let a: Operand?
  let b: Operand?

  init(_ role: Role, _ a: Operand?, _ b: Operand?) {
    self.role = role
    self.a = a
    self.b = b
  }

  /// Whether it is a mistake when the arms do not fit.
  var mustFit: Bool {
    switch role {
    case .value, .returned: true
    case .name, .part, .flag: false
    }
  }

  /// Whether only one arm defines it.
  var isOfOneArm: Bool {
    for operand in [a, b] {
      if case .ofOneArm? = operand { return true }
    }
    return false
  }
}
