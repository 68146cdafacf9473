import BPIR

// What a loop pushes on stacks in each turn is chosen so that pushing, popping and computing again
// take the least time together. With a(v) for "v is there in the reverse sweep" and r(v) for "v is
// computed again",
//
//   minimize   sum over v of  save(v) a(v) - (save(v) - compute(v)) r(v)
//   where      r(v) <= a(v), and r(v) <= a(u) for each operand u of v
//
// which is a closure of greatest weight (Picard: Maximal closure of a graph and applications to
// combinatorial problems, 1976) and so a minimum cut.

extension Residuals {
  /// What pushing and popping a number takes, in operations.
  private static let savingCost = 3
  /// The most values of a turn for which the best choice is searched.
  private static let largestSearch = 20_000

  /// Chooses what the turns of `loop` save of what is read of them.
  mutating func choose(_ loop: Instruction) {
    let values = places.values(in: loop.body, function)
    let needed = values.filter { isRead[$0.position] && !isTurnNumber($0, of: loop) }
    guard !needed.isEmpty else { return }
    let isComputed =
      values.count > Residuals.largestSearch ? [] : computedAgain(needed, in: Set(values), of: loop)
    var isSaved = Set(needed)
    for value in values where isComputed.contains(value) {
      isComputedAgain[value.position] = true
      isSaved.remove(value)
      for operand in operands(of: value) where !isComputed.contains(operand) {
        isRead[operand.position] = true
        if places.isDirectly(operand, in: loop.body, function), !isTurnNumber(operand, of: loop) {
          isSaved.insert(operand)
        }
      }
    }
    for value in values where isSaved.contains(value) {
      saved[function.region(of: value).position].append(value)
      self.isSaved[value.position] = true
    }
  }

  /// The number of a turn is known in the reverse sweep.
  private func isTurnNumber(_ value: Value, of loop: Instruction) -> Bool {
    value == function[loop.body].parameters[0]
  }

  private func operands(of value: Value) -> [Value] {
    function.instruction(defining: value).map { Array(function.operands(of: $0)) } ?? []
  }

  /// Returns what is computed again, so that all that is `needed` is there.
  private func computedAgain(
    _ needed: [Value], in values: Set<Value>, of loop: Instruction
  ) -> Set<Value> {
    var network = MinimumCut()
    var available: [Value: Int] = [:]
    var computed: [(value: Value, node: Int)] = []
    var queue: [Value] = []
    func node(_ value: Value) -> Int {
      if let known = available[value] { return known }
      let node = network.addNode()
      available[value] = node
      network.addEdge(from: node, to: network.sink, capacity: savingCost(value))
      queue.append(value)
      return node
    }
    for value in needed {
      network.addEdge(
        from: network.source, to: node(value), capacity: MinimumCut.unlimited)
    }
    while let value = queue.popLast() {
      guard let cost = computingCost(value), cost < savingCost(value) else { continue }
      let choice = network.addNode()
      computed.append((value, choice))
      network.addEdge(
        from: network.source, to: choice, capacity: savingCost(value) - cost)
      network.addEdge(from: choice, to: node(value), capacity: MinimumCut.unlimited)
      for operand in operands(of: value)
      where values.contains(operand) && !isTurnNumber(operand, of: loop) {
        network.addEdge(from: choice, to: node(operand), capacity: MinimumCut.unlimited)
      }
    }
    let isChosen = network.cut()
    return Set(computed.filter { isChosen[$0.node] }.map(\.value))
  }

  // MARK: - Costs

  private func savingCost(_ value: Value) -> Int {
    Residuals.savingCost * max(1, size(function.type(of: value).shape.count))
  }

  /// Returns what computing `value` again takes, or nil where that is out of the question.
  private func computingCost(_ value: Value) -> Int? {
    guard let instruction = function.instruction(defining: value), instruction.op.isOperation,
      instruction.op != .derivative
    else { return nil }
    let result = max(1, size(function.type(of: value).shape.count))
    switch instruction.op {
    case .mark, .reshape, .broadcast, .dimension, .array, .iota, .real: return 0
    case .slice, .gather, .transpose, .concat: return result
    case .sum: return size(function.type(of: function.operand(0, of: instruction)).shape.count)
    case _ where instruction.op.isArrayOperation: return nil
    default: return instruction.op.info.traits.contains(.exact) ? result : nil
    }
  }

  /// Returns a guess of a size, for comparisons.
  private func size(_ dimension: Dimension) -> Int {
    let guess = Dictionary(uniqueKeysWithValues: dimension.symbols.map { ($0, Dimension(64)) })
    return min(dimension.substituting(guess).number ?? 4096, 1 << 40)
  }
}
