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
    guard old.mayMask(instruction.body) else {
      // Nothing is swept again then, and nothing has to be kept for that.
      _ = sweepTurns(instruction, parts, stacked, isLast: true)
      return
    }
    while true {
      let before = self
      guard let more = sweepTurns(instruction, parts, stacked) else { return }
      // A turn has to say when what it hands on counts: it is swept again with that.
      self = before
      for position in more { parts[position].form.isMasked = true }
    }
  }

  // MARK: - Turns

  /// Sweeps the turns backward; returns the positions of the parts that have to say when they count,
  /// where they did not, and nothing is done then.
  private mutating func sweepTurns(
    _ instruction: Instruction, _ parts: [LoopPart], _ stacked: [Value], isLast: Bool = false
  ) -> [Int]? {
    let turns = primal(old.turns(of: instruction))
    let initial = parts.flatMap { $0.form.values($0.initial, in: &builder) } + stacks(of: stacked)
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
    let unmasked = parts.indices.filter { parts[$0].lacksMask(next[$0], scope) }
    guard unmasked.isEmpty || isLast else { return unmasked }
    var sums = LoopSums()
    let factored = parts.map { factoredTerms($0, scope, body, &sums) }
    var yields: [Value] = []
    for (position, part) in parts.enumerated() {
      let own = builder.function[body].parameters[1 + yields.count]
      yields += factored[position] == nil ? part.form.values(next[position], in: &builder) : [own]
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

  /// Makes the number of the turn that is swept back known.
  private mutating func countDown(from turns: Value, _ turn: Value, _ instruction: Instruction) {
    let last = builder.append(.subtract, turns, builder.constant(1, .integer))
    primals[old[instruction.body].parameters[0]] = builder.append(.subtract, last, turn)
  }

  /// Makes what the turn after handed on the adjoint of what this one yields, or the sum so far.
  private mutating func handIn(
    _ part: LoopPart, _ handed: inout ArraySlice<Value>, _ instruction: Instruction
  ) {
    let adjoint = part.form.taken(from: &handed)
    switch part.role {
    case .carried(let position):
      contribute(adjoint, to: old[instruction.body].yields[1 + position])
    case .outer(let outer):
      scopes[scopes.count - 1].carry(outer, Derivative(value: adjoint.value))
      scopes[scopes.count - 1].counts[outer] = adjoint.mask.whole
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
    case .outer(let value):
      return scope.captured[value].map {
        Derivative(value: $0.value, mask: Mask(whole: scope.counts[value]))
      }
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
      let adjoint = part.form.taken(from: &rest)
      switch part.role {
      case .carried(let position): contribute(adjoint, to: initial[position])
      case .outer(let outer):
        let sum = Derivative(value: adjoint.value)
        if part.initial != nil {
          replace(outer, by: sum, adjoint.mask)
        } else {
          let counts = adjoint.mask.whole ?? atLeastOne(turns)
          contribute(sum.masked(by: counts, in: &builder), to: outer)
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
