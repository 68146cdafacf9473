// Loops in which sizes differ from turn to turn are taken apart into their turns as soon as it is known
// how many there are.

extension Rewriter {
  /// The most turns that a loop is taken apart into.
  package static let largestUnrolling = 100_000

  /// Returns how many turns a loop is taken apart into; nil where it stays a loop.
  mutating func turnsToUnroll(_ loop: Instruction, _ limit: Value) -> Int? {
    guard hasTurnSizes, let symbol = old[loop.body].turnSymbol, old.usesSize(symbol, in: loop.body),
      let turns = builder.function.constant(limit).flatMap({ Int(exactly: $0) }),
      turns <= Rewriter.largestUnrolling
    else { return nil }
    return turns
  }

  /// Writes the turns of a loop one after another.
  mutating func unroll(
    _ loop: Instruction, _ turns: Int, _ start: Value, _ carried: [Int], _ initial: [Value],
    _ rule: Rule
  ) {
    var go = start
    var current = initial
    var count = builder.constant(0, .integer)
    for turn in 0..<turns {
      if builder.function.constant(go) == 0 { break }
      let isSure = builder.function.constant(go) == 1
      let arms = isSure ? nil : builder.openArms()
      let next = takeTurn(loop, turn, carried, current, rule)
      let taken = builder.constant(Double(turn + 1), .integer)
      guard let arms else {
        (go, current, count) = (next.go, next.values, taken)
        continue
      }
      builder.close(yielding: [next.go, taken] + next.values)
      builder.enter(arms.otherwise)
      builder.close(yielding: [builder.constant(0, .boolean), count] + current)
      let results = builder.conditional(go, arms)
      (go, count, current) = (results[0], results[1], Array(results[2...]))
    }
    for (position, value) in zip(carried, current) {
      map(Value(loop.firstResult.position + position), to: value)
    }
    map(loop.turns, to: count)
  }

  /// Copies a turn of a loop for `values` of what it carries and returns what it yields.
  mutating func takeTurn(
    _ loop: Instruction, _ turn: Int, _ carried: [Int], _ values: [Value], _ rule: Rule
  ) -> (go: Value, values: [Value]) {
    let region = old[loop.body]
    map(region.parameters[0], to: builder.constant(Double(turn), .integer))
    for (position, value) in zip(carried, values) {
      map(region.parameters[1 + position], to: value)
    }
    withSize(region.turnSymbol, Dimension(turn)) { $0.copy(loop.body, rule) }
    return (mapped(region.yields[0]), carried.map { mapped(region.yields[1 + $0]) })
  }
}

extension Function {
  /// Whether `symbol` has a part in a shape of `region`, or of a region in it.
  fileprivate func usesSize(_ symbol: String, in region: RegionID) -> Bool {
    self[region].instructions.contains { id in
      let instruction = self[id]
      return operands(of: instruction).contains { uses(symbol, type(of: $0)) }
        || instruction.results.contains { uses(symbol, type(of: $0)) }
        || (instruction.op.isArrayOperation && attribute(of: instruction).isTurnSized)
        || instruction.regions.contains { usesSize(symbol, in: $0) }
    }
  }

  private func uses(_ symbol: String, _ type: ValueType) -> Bool {
    type.shape.dimensions.contains { $0.symbols.contains(symbol) }
  }
}
