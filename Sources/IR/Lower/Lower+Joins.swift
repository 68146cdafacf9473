import BPLexer
import BPParser

extension Lowering {
  /// Makes the conditional of two arms and returns how it ends; names that the arms assigned stand
  /// for what the arm that ran gave them.
  ///
  /// - Parameter prior: how the first arm was left when it stands for what is not run any more.
  mutating func joined(
    _ condition: Value?, _ arms: LoweredArms, prior: Exits? = nil, at span: Span, node: Int
  ) -> BlockOutcome {
    let joins =
      nameJoins(arms) + valueJoins(arms, node) + returnJoins(arms, prior)
      + flagJoins(arms, condition, prior)
    let operands = join(condition, arms, joins, at: span)
    var outcome = BlockOutcome()
    var flags: [FlagPair: Flag] = [:]
    for (join, operand) in zip(joins, operands) {
      switch join.role {
      case .name(let name): bind(name, marked(operand, name), at: node)
      case .part(let name): outcome.parts.append((name ?? .text(span), operand))
      case .flag(let pair): flags[pair] = operand.values.first.map { .when($0) }
      case .returned: outcome.exits.operand = operand
      case .value: break
      }
    }
    for flag in Exits.flags {
      let pair = FlagPair(arms, flag)
      outcome.exits[keyPath: flag] =
        known(pair, condition, prior?[keyPath: flag]) ?? flags[pair] ?? .never
    }
    outcome.exits.operand = outcome.exits.operand ?? prior?.operand
    outcome.exits.place = firstPlace(arms)
    if outcome.parts.contains(where: \.operand.isBroken) { outcome.parts = [] }
    return outcome
  }

  /// The names that an arm assigned; an arm that always leaves has a say only in what its loop
  /// carries.
  private func nameJoins(_ arms: LoweredArms) -> [ArmJoin] {
    let fresh = arms.otherwise.order.filter { arms.then.assigned[$0] == nil }
    return (arms.then.order + fresh).map { name in
      let before = frame.bindings[name] ?? outerVersion(name)
      let missing = Operand.ofOneArm(.none)
      let a = arms.then.assigned[name] ?? before ?? missing
      let b = arms.otherwise.assigned[name] ?? before ?? missing
      return ArmJoin(
        .name(name), hasSay(arms.then.outcome.exits, name) ? a : nil,
        hasSay(arms.otherwise.outcome.exits, name) ? b : nil,
        isWhole: survey.isWhole(name, in: frame.function))
    }
  }

  private func hasSay(_ exits: Exits, _ name: UInt32) -> Bool {
    exits.left != .always || exits.returned != .always && frame.carried.contains(name)
  }

  /// The values of the last statements, part by part where both arms name them alike.
  private func valueJoins(_ arms: LoweredArms, _ node: Int) -> [ArmJoin] {
    let (a, b) = (arms.then.outcome.parts, arms.otherwise.outcome.parts)
    let isWhole = survey.isWhole(conditional: node)
    if !a.isEmpty, a.map(\.name) == b.map(\.name) {
      return zip(a, b).map {
        ArmJoin(
          .part($0.name), $0.operand, $1.operand, isWhole: isWhole || self.isWhole($0.name))
      }
    }
    guard let x = arms.then.outcome.value, let y = arms.otherwise.outcome.value else { return [] }
    return [ArmJoin(.part(nil), x, y, isWhole: isWhole)]
  }

  private func isWhole(_ part: PartName) -> Bool {
    if case .name(let name) = part { survey.isWhole(name, in: frame.function) } else { false }
  }

  /// What is returned, where both arms may.
  private func returnJoins(_ arms: LoweredArms, _ prior: Exits?) -> [ArmJoin] {
    let (a, b) = (arms.then.outcome.exits, arms.otherwise.outcome.exits)
    if prior != nil, b.returned == .never { return [] }
    guard a.returned != .never || b.returned != .never else { return [] }
    return [
      ArmJoin(
        .returned(a.place, b.place), a.returned == .never ? nil : a.operand,
        b.returned == .never ? nil : b.operand)
    ]
  }

  /// Where the arms return something first.
  private func firstPlace(_ arms: LoweredArms) -> Span {
    let (a, b) = (arms.then.outcome.exits, arms.otherwise.outcome.exits)
    return a.returned == .never ? b.place : a.place
  }

  /// The flags that only the run tells.
  private mutating func flagJoins(
    _ arms: LoweredArms, _ condition: Value?, _ prior: Exits?
  ) -> [ArmJoin] {
    var pairs: [FlagPair] = []
    for flag in Exits.flags {
      let pair = FlagPair(arms, flag)
      if known(pair, condition, prior?[keyPath: flag]) == nil, !pairs.contains(pair) {
        pairs.append(pair)
      }
    }
    return pairs.map { pair in
      ArmJoin(.flag(pair), .value(value(of: pair.then)), .value(value(of: pair.otherwise)))
    }
  }

  /// Returns what a flag is after the arms, where no value has to be made for it.
  ///
  /// - Parameter prior: what it was when the first arm stands for what is not run any more.
  private func known(_ pair: FlagPair, _ condition: Value?, _ prior: Flag?) -> Flag? {
    if let prior, pair.otherwise == .never { return prior }
    if pair.then == pair.otherwise { return pair.then }
    guard pair.then == .always, pair.otherwise == .never else { return nil }
    return condition.map { .when($0) } ?? .never
  }

  /// Returns the condition that a flag is.
  mutating func value(of flag: Flag) -> Value {
    switch flag {
    case .never: frame.builder.constant(0, .boolean)
    case .always: frame.builder.constant(1, .boolean)
    case .when(let value): value
    }
  }

  /// Makes the conditional that yields what `joins` say, and returns the operand of each.
  mutating func join(
    _ condition: Value?, _ arms: LoweredArms, _ joins: [ArmJoin], at span: Span
  ) -> [Operand] {
    frame.builder.span = span
    let pairs = joins.map { pair($0, at: span) }
    let fitted = zip(joins, pairs).flatMap { join, pair in
      (pair?.values ?? []).filter { $0.0 != $0.1 }
        .map { converted($0, arms, isWhole: join.isWhole) }
    }
    frame.builder.setYields(of: arms.then.region, fitted.map(\.0))
    frame.builder.setYields(of: arms.otherwise.region, fitted.map(\.1))
    guard let condition else { return joins.map { _ in .broken } }
    var results = conditional(condition, arms, isEmpty: fitted.isEmpty)[...]
    return zip(joins, pairs).map { join, pair in
      guard let pair else {
        if join.isOfBothArms, !isCarried(join) { return .ofUnlikeArms(span) }
        return join.isOfOneArm ? .ofOneArm(span) : .broken
      }
      let values = pair.values.map { $0.0 == $0.1 ? $0.0 : results.removeFirst() }
      var slice = values[...]
      return pair.form.replacingValues(&slice)
    }
  }

  /// Returns the results of the conditional of two arms; where nothing is in them there is none.
  private mutating func conditional(
    _ condition: Value, _ arms: LoweredArms, isEmpty: Bool
  ) -> [Value] {
    let regions = (then: arms.then.region, otherwise: arms.otherwise.region)
    if isEmpty, isEmptyRegion(regions.then), isEmptyRegion(regions.otherwise) { return [] }
    return frame.builder.conditional(condition, regions)
  }

  private func isEmptyRegion(_ region: RegionID) -> Bool {
    frame.builder.function[region].instructions.isEmpty
  }

  /// Returns the values that two operands of one form have in each arm; nil when they do not fit.
  private mutating func pair(
    _ join: ArmJoin, at span: Span
  ) -> (form: Operand, values: [(Value, Value)])? {
    guard let form = join.a ?? join.b, !form.isBroken else { return nil }
    let a = (join.a ?? form).values
    let b = (join.b ?? form).values
    guard (join.b ?? form).hasForm(of: form), fit(a, b, at: span) else {
      if join.mustFit || isUnfitForTurns(join), join.b?.isBroken != true {
        report(difference(join, a.map { type($0) }, b.map { type($0) }, at: span))
      }
      return nil
    }
    let first = join.a == nil ? b.map { placeholder(like: $0) } : a
    let second = join.b == nil ? a.map { placeholder(like: $0) } : b
    return (form, Array(zip(first, second)))
  }

  /// Returns the error for what the arms give in types that do not fit.
  private func difference(
    _ join: ArmJoin, _ a: [ValueType], _ b: [ValueType], at span: Span
  ) -> Diagnostic {
    guard case .returned(let first, let second) = join.role, let function = frame.function else {
      return .armsDiffer(a, b, at: span)
    }
    return .returnsDiffer(
      text(tree.functions[function].name.name), (a, first), (b, second), at: span)
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
  private mutating func converted(
    _ values: (Value, Value), _ arms: LoweredArms, isWhole: Bool
  ) -> (Value, Value) {
    let (a, b) =
      isWhole
      ? values : (realIfLiterals(values.0, values.1), realIfLiterals(values.1, values.0))
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
