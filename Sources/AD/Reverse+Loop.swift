import BPIR

// A loop pushes on stacks what its reverse sweep reads, and the reverse sweep is a loop that takes the
// turns from the last to the first:
//
//   %y, %n = loop true, %m, %x (%i, %c) { %e = exp %c; yield true, %e }
//
// becomes
//
//   %y, %s, %n = loop true, %m, %x, empty (%i, %c, %t) { %e = exp %c; %p = push %t, %e; yield true, %e, %p }
//   …
//   %dx, … = loop true, %m, %dy, %s (%j, %dc, %t) { %e, %r = pop %t; %d = multiply %dc, %e; yield true, %d, %r }
//
// What is carried backward are the adjoints of what is carried forward, the sums of the adjoints of
// values outside that the turns read, and the stacks.

extension Reverse {
  /// Copies a loop; its turns push what the reverse sweep reads.
  mutating func forwardLoop(_ instruction: Instruction) {
    let operands = primals(of: old.operands(of: instruction))
    let stacked = residuals.savedInTree(of: instruction.body)
    let before = stacks
    defer { if residuals.places.isEntered(instruction.body) { stacks = before } }
    let initial = Array(operands[2...]) + stacks(of: stacked)
    let body = builder.openLoop(carrying: initial.map(builder.function.type))
    let parameters = builder.function[body].parameters
    for (value, new) in zip(old[instruction.body].parameters, parameters) { primals[value] = new }
    for (value, new) in zip(stacked, parameters.suffix(stacked.count)) { stacks[value] = new }
    for value in old[instruction.body].parameters { save(value) }
    forward(instruction.body)
    let yields = primals(of: old[instruction.body].yields)
    builder.close(yielding: yields + stacks(of: stacked))
    builder.span = instruction.span
    let results = builder.loop(start: operands[0], limit: operands[1], initial, body)
    for (value, new) in zip(instruction.results.dropLast(), results) { primals[value] = new }
    for (value, new) in zip(stacked, results.dropLast().suffix(stacked.count)) {
      stacks[value] = new
    }
    primals[instruction.turns] = results.last
  }

  /// Pulls the adjoints of the results of a loop back through its turns.
  mutating func reverseLoop(_ instruction: Instruction) {
    let stacked = residuals.savedInTree(of: instruction.body)
    // What the turn before left on stacks is not for this one.
    let mustPop = residuals.places.isInLoop(instruction.region) && !stacked.isEmpty
    guard instruction.results.contains(where: { adjoints[$0.position] != nil }) || mustPop else {
      return
    }
    var parts = loopParts(instruction)
    while true {
      let before = self
      guard let more = sweepTurns(instruction, parts, stacked) else { return }
      // A turn has to say when what it hands on counts: it is swept again with that.
      self = before
      for position in more { parts[position].isMasked = true }
    }
  }

  /// What is carried backward for the adjoint of one value.
  private struct LoopPart {
    enum Role {
      /// What the loop carries at this position.
      case carried(Int)
      /// A value outside of the loop.
      case outer(Value)
    }

    let role: Role
    /// The adjoint before the sweep.
    let initial: Derivative?
    let type: ValueType
    /// Whether it says when it counts.
    var isMasked = false
  }

  /// Returns the parts, those of outer values first: their sums are carried along before the turns
  /// contribute to them, and are whole before the adjoints of what the loop starts from are added.
  private func loopParts(_ instruction: Instruction) -> [LoopPart] {
    var parts: [LoopPart] = []
    for value in residuals.places.outerValues(of: instruction.body, old) where activity[value] {
      let sum = sum(of: value)
      parts.append(
        LoopPart(
          role: .outer(value), initial: sum?.mask == Mask() ? sum : nil, type: old.type(of: value)))
    }
    let parameters = old[instruction.body].parameters.dropFirst()
    for (position, (parameter, result)) in zip(parameters, instruction.results).enumerated()
    where activity[parameter] || activity[result] {
      parts.append(
        LoopPart(
          role: .carried(position), initial: adjoints[result.position],
          type: old.type(of: parameter)))
    }
    return parts
  }

  // MARK: - Turns

  /// Sweeps the turns backward; returns the positions of the parts that have to say when they count,
  /// where they did not, and nothing is done then.
  private mutating func sweepTurns(
    _ instruction: Instruction, _ parts: [LoopPart], _ stacked: [Value]
  ) -> [Int]? {
    let turns = primal(old.turns(of: instruction))
    let initial = parts.flatMap { initialValues($0) } + stacks(of: stacked)
    let body = builder.openLoop(carrying: initial.map(builder.function.type))
    var handed = builder.function[body].parameters[...]
    let turn = handed.removeFirst()
    countDown(from: turns, turn, instruction)
    scopes.append(Scope(instruction.body))
    for part in parts { handIn(part, &handed, instruction) }
    for value in stacked { stacks[value] = handed.removeFirst() }
    restore(instruction.body)
    reverse(instruction.body)
    let scope = scopes.removeLast()
    let next = parts.map { handedOn($0, scope, instruction) }
    let unmasked = parts.indices.filter {
      !parts[$0].isMasked && needsMask(parts[$0], next[$0], scope)
    }
    guard unmasked.isEmpty else { return unmasked }
    var sums = LoopSums()
    let factored = parts.map { factoredTerms($0, scope, body, &sums) }
    var yields: [Value] = []
    for (position, part) in parts.enumerated() {
      let own = builder.function[body].parameters[1 + yields.count]
      yields += factored[position] == nil ? values(part, next[position], scope) : [own]
    }
    let go = builder.constant(1, .boolean)
    yields += stacks(of: stacked) + sums.sums.map(\.after)
    builder.close(yielding: [go] + yields)
    builder.span = instruction.span
    let zeros = sums.sums.map { _ in builder.constant(0) }
    var results = builder.loop(start: go, limit: turns, initial + zeros, body)
    let totals = Array(results.dropLast().suffix(zeros.count))
    apply(factored, totals, parts, &results)
    takeResults(results, parts, stacked, instruction, turns)
    return nil
  }

  /// Returns the contributions to a number outside with what no turn changes told apart; nil where there
  /// is no such thing.
  private mutating func factoredTerms(
    _ part: LoopPart, _ scope: Scope, _ body: RegionID, _ sums: inout LoopSums
  ) -> [(sum: Int, term: FactoredTerm)]? {
    guard case .outer(let value) = part.role, options.simplifies, !options.takesMagnitudes,
      !part.isMasked, part.type == .real, let recorded = scope.terms[value], let terms = recorded
    else { return nil }
    let factored = terms.map { FactoredTerm($0, builder.function, in: body) }
    guard factored.contains(where: { !$0.factors.isEmpty }) else { return nil }
    var result: [(sum: Int, term: FactoredTerm)] = []
    for term in factored {
      let product = term.variantProduct(in: &builder)
      result.append((sums.sum(of: product, body, in: &builder), term))
    }
    return result
  }

  /// Adds what was factored to the results of the parts, which did not carry it.
  private mutating func apply(
    _ factored: [[(sum: Int, term: FactoredTerm)]?], _ totals: [Value], _ parts: [LoopPart],
    _ results: inout [Value]
  ) {
    var place = 0
    for (part, terms) in zip(parts, factored) {
      for (number, (sum, term)) in (terms ?? []).enumerated() {
        let value = term.applied(to: totals[sum], in: &builder)
        let isFirst = number == 0 && part.initial == nil
        results[place] = isFirst ? value : builder.append(.add, results[place], value)
      }
      place += part.isMasked ? 2 : 1
    }
  }

  /// Makes the number of the turn that is swept back known.
  private mutating func countDown(from turns: Value, _ turn: Value, _ instruction: Instruction) {
    let last = builder.append(.subtract, turns, builder.constant(1, .integer))
    primals[old[instruction.body].parameters[0]] = builder.append(.subtract, last, turn)
  }

  private mutating func initialValues(_ part: LoopPart) -> [Value] {
    let zero = builder.constant(0, part.type)
    guard part.isMasked else { return [part.initial?.chosen(in: &builder) ?? zero] }
    guard let initial = part.initial?.ofWholeArray(in: &builder) else {
      return [zero, builder.constant(0, .boolean)]
    }
    return [initial.value, initial.mask.whole ?? builder.constant(1, .boolean)]
  }

  /// Makes what the turn after handed on the adjoint of what this one yields, or the sum so far.
  private mutating func handIn(
    _ part: LoopPart, _ handed: inout ArraySlice<Value>, _ instruction: Instruction
  ) {
    let value = handed.removeFirst()
    let mask = part.isMasked ? handed.removeFirst() : nil
    switch part.role {
    case .carried(let position):
      contribute(
        Derivative(value: value, mask: Mask(whole: mask)),
        to: old[instruction.body].yields[1 + position])
    case .outer(let outer):
      scopes[scopes.count - 1].carry(outer, Derivative(value: value))
      scopes[scopes.count - 1].counts[outer] = mask
    }
  }

  /// Returns the adjoint of what the turn was handed, or the sum after it; nil where there is none.
  private mutating func handedOn(
    _ part: LoopPart, _ scope: Scope, _ instruction: Instruction
  ) -> Derivative? {
    switch part.role {
    case .carried(let position):
      let parameter = old[instruction.body].parameters[1 + position]
      return adjoints[parameter.position]?.ofWholeArray(in: &builder)
    case .outer(let value): return scope.captured[value]
    }
  }

  private func needsMask(_ part: LoopPart, _ next: Derivative?, _ scope: Scope) -> Bool {
    switch part.role {
    case .carried: part.type.isStack ? false : next?.mask != Mask()
    case .outer(let value): part.initial == nil && scope.masked.contains(value)
    }
  }

  private mutating func values(_ part: LoopPart, _ next: Derivative?, _ scope: Scope) -> [Value] {
    let value = next?.value ?? builder.constant(0, part.type)
    guard part.isMasked else { return [value] }
    switch part.role {
    case .carried:
      return [value, next?.mask.whole ?? builder.constant(next == nil ? 0 : 1, .boolean)]
    case .outer(let outer): return [value, scope.counts[outer] ?? builder.constant(0, .boolean)]
    }
  }

  // MARK: - Results

  private mutating func takeResults(
    _ results: [Value], _ parts: [LoopPart], _ stacked: [Value], _ instruction: Instruction,
    _ turns: Value
  ) {
    var rest = results[...]
    let initial = Array(old.operands(of: instruction).dropFirst(2))
    for part in parts {
      let value = rest.removeFirst()
      let mask = part.isMasked ? rest.removeFirst() : nil
      switch part.role {
      case .carried(let position):
        contribute(Derivative(value: value, mask: Mask(whole: mask)), to: initial[position])
      case .outer(let outer):
        if part.initial != nil {
          replace(outer, by: Derivative(value: value), Mask(whole: mask))
        } else {
          let counts = mask ?? atLeastOne(turns)
          contribute(Derivative(value: value).masked(by: counts, in: &builder), to: outer)
        }
      }
    }
    for value in stacked { stacks[value] = rest.removeFirst() }
  }

  /// Returns whether there are turns at all; nil where there always are.
  private mutating func atLeastOne(_ turns: Value) -> Value? {
    if let number = builder.function.constant(turns), number > 0 { return nil }
    return builder.append(.less, builder.constant(0, .integer), turns)
  }
}
