// A run takes one way through conditionals and loops. The way as straight code is what shows each step
// with its number.

extension Function {
  /// The values that say what runs of the constructs in the body: the conditions, and the numbers of
  /// turns.
  package var decisions: [Value] {
    constructs.map { $0.op == .loop ? $0.turns : operand(0, of: $0) }
  }

  /// Returns how many instructions the function has once its constructs are replaced by what runs of
  /// them; at most `Int.max / 4`.
  ///
  /// - Parameter decided: what the decisions are, in their order.
  package func straightSize(_ decided: [Int]) -> Int {
    zip(constructs, decided).reduce(self[.body].instructions.count) { size, construct in
      let (instruction, decision) = construct
      let region = instruction.region(taken: decision)
      let turns = instruction.op == .loop ? decision : 1
      let (more, overflow) = nestedCount(region).multipliedReportingOverflow(by: turns)
      return overflow ? Int.max / 4 : min(Int.max / 4, size + more)
    }
  }

  /// Returns the function with the constructs of its body replaced by what runs of them: the arm that is
  /// taken, the turns one after another. The constructs in these are now in the body.
  ///
  /// - Parameter decided: what the decisions are, in their order.
  package func straightened(_ decided: [Int]) -> Function {
    let decisions = Dictionary(
      zip(constructs.map(\.firstResult), decided), uniquingKeysWith: { first, _ in first })
    let regionNames = Dictionary(grouping: names) { region(of: $0.value) }
    var turnNames: [NamedValue] = []
    var function = rewritten(simplifying: false, sharing: false) { rewriter, instruction in
      guard let decision = decisions[instruction.firstResult] else { return nil }
      let names =
        instruction.op == .loop ? nested(instruction.body).flatMap { regionNames[$0] ?? [] } : []
      return rewriter.takeWay(through: instruction, decision, names, &turnNames)
    }
    let own = Set(turnNames.map(\.value))
    function.names = turnNames + function.names.filter { !own.contains($0.value) }
    return function
  }

  private var constructs: [Instruction] {
    self[.body].instructions.map { self[$0] }.filter { $0.op == .conditional || $0.op == .loop }
  }

  private func nestedCount(_ region: RegionID) -> Int {
    self[region].instructions.reduce(0) { count, id in
      self[id].regions.reduce(count + 1) { $0 + nestedCount($1) }
    }
  }

  /// Returns `region` with the regions in it.
  private func nested(_ region: RegionID) -> [RegionID] {
    [region] + self[region].instructions.flatMap { self[$0].regions.flatMap(nested) }
  }
}

extension Instruction {
  /// The region that runs of a construct.
  fileprivate func region(taken decision: Int) -> RegionID {
    op == .loop ? body : decision != 0 ? arms.then : arms.otherwise
  }
}

extension Rewriter {
  /// Copies what runs of a construct, and returns what stands for its results.
  fileprivate mutating func takeWay(
    through construct: Instruction, _ decision: Int, _ names: [NamedValue],
    _ turnNames: inout [NamedValue]
  ) -> [Value] {
    guard construct.op == .loop else {
      let arm = construct.region(taken: decision)
      copy(arm) { _, _ in nil }
      return old[arm].yields.map { mapped($0) }
    }
    let carried = carriedPositions(construct)
    let operands = Array(old.operands(of: construct))
    var current = carried.map { mapped(operands[2 + $0]) }
    for turn in 0..<decision {
      current = takeTurn(construct, turn, carried, current) { _, _ in nil }.values
      turnNames += names.compactMap(renamed)
    }
    for (position, value) in zip(carried, current) {
      map(Value(construct.firstResult.position + position), to: value)
    }
    map(construct.turns, to: builder.constant(Double(decision), .integer))
    return construct.results.map { mapped($0) }
  }

  /// Returns the name for what stands for its value; nil where nothing does.
  private func renamed(_ named: NamedValue) -> NamedValue? {
    known(named.value).map(named.naming)
  }
}
