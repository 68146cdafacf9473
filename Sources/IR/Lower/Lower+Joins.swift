import BPLexer
import BPParser

extension Lowering {
  /// Makes the conditional of two arms and returns how it ends; names that the arms assigned stand
  /// for what the arm that ran gave them.
  mutating func joined(
    _ condition: Value?, _ arms: LoweredArms, at span: Span, node: Int
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
  private func nameJoins(_ arms: LoweredArms) -> [ArmJoin] {
    let fresh = arms.otherwise.order.filter { arms.then.assigned[$0] == nil }
    return (arms.then.order + fresh).map { name in
      let before = frame.bindings[name] ?? outerVersion(name)
      let missing = Operand.ofOneArm(.none)
      let a = arms.then.assigned[name] ?? before ?? missing
      let b = arms.otherwise.assigned[name] ?? before ?? missing
      return ArmJoin(
        .name(name), arms.then.outcome.alwaysReturns ? nil : a,
        arms.otherwise.outcome.alwaysReturns ? nil : b)
    }
  }

  /// The values of the last statements, part by part where both arms name them alike.
  private func valueJoins(_ arms: LoweredArms) -> [ArmJoin] {
    let (a, b) = (arms.then.outcome.parts, arms.otherwise.outcome.parts)
    if !a.isEmpty, a.map(\.name) == b.map(\.name) {
      return zip(a, b).map { ArmJoin(.part($0.name), $0.operand, $1.operand) }
    }
    guard let x = arms.then.outcome.value, let y = arms.otherwise.outcome.value else { return [] }
    return [ArmJoin(.part(nil), x, y)]
  }

  private mutating func returnJoins(_ arms: LoweredArms) -> [ArmJoin] {
    let (a, b) = (arms.then.outcome.returned, arms.otherwise.outcome.returned)
    guard a != nil || b != nil else { return [] }
    let value = ArmJoin(.returned, a?.operand, b?.operand)
    let bothAlways = arms.then.outcome.alwaysReturns && arms.otherwise.outcome.alwaysReturns
    // Where the first arm always returns and the other never, the condition itself is the flag.
    if bothAlways || (arms.then.outcome.alwaysReturns && b == nil) { return [value] }
    return [value, ArmJoin(.flag, .value(flag(a)), .value(flag(b)))]
  }

  private mutating func flag(_ returned: BlockOutcome.Returned?) -> Value {
    guard let returned else { return frame.builder.constant(0, .boolean) }
    return returned.condition ?? frame.builder.constant(1, .boolean)
  }

  /// Makes the conditional that yields what `joins` say, and returns the operand of each.
  mutating func join(
    _ condition: Value?, _ arms: LoweredArms, _ joins: [ArmJoin], at span: Span
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
    _ join: ArmJoin, at span: Span
  ) -> (form: Operand, values: [(Value, Value)])? {
    guard let form = join.a ?? join.b, !form.isBroken else { return nil }
    let a = (join.a ?? form).values
    let b = (join.b ?? form).values
    guard (join.b ?? form).hasForm(of: form), fit(a, b, at: span) else {
      if join.mustFit, join.b?.isBroken != true {
        report(.armsDiffer(a.map { type($0) }, b.map { type($0) }, at: span))
      }
      return nil
    }
    let first = join.a == nil ? b.map { placeholder(like: $0) } : a
    let second = join.b == nil ? a.map { placeholder(like: $0) } : b
    return (form, Array(zip(first, second)))
  }

  private mutating func fit(_ a: [Value], _ b: [Value], at span: Span) -> Bool {
    for (x, y) in zip(a, b) {
      guard type(x).isBoolean == type(y).isBoolean, unify(shape(x), shape(y), at: span)
      else { return false }
    }
    return true
  }

  /// Returns what an arm yields where it does not get to the end: nobody reads it.
  private mutating func placeholder(like value: Value) -> Value {
    frame.builder.constant(0, frame.builder.function.type(of: value))
  }

  /// Returns the values with one type: a number that is real in one arm is real.
  private mutating func converted(_ values: (Value, Value), _ arms: LoweredArms) -> (Value, Value) {
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
    guard type(value).isInteger else { return value }
    frame.builder.enter(region)
    defer { frame.builder.close(yielding: []) }
    return frame.builder.append(.real, value)
  }
}
