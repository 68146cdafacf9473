/// How the loops of an emitted function are written.
struct SwiftLoops {
  /// What counts the turns of a loop from the last to the first, by its region.
  private(set) var reversed: [RegionID: Value] = [:]
  /// What heads of loops make up for.
  private(set) var omitted: Set<Value> = []
  /// What loops carry and no turn changes, with itself, and what conditionals make of it.
  private(set) var unchanged: [Value: Value] = [:]

  /// Finds the loops of `function` that only read how many turns are to come.
  init(_ function: Function, _ useCounts: [Int]) {
    guard function.contains(.loop) else { return }
    findUnchanged(function)
    findReversed(function, useCounts)
  }

  private mutating func findUnchanged(_ function: Function) {
    var same: [Value: Value] = [:]
    func origin(_ value: Value) -> Value { same[value] ?? value }
    var kept: Set<Value> = []
    for instruction in function.instructions {
      let regions = instruction.regions.map { function[$0] }
      for (position, result) in instruction.results.enumerated() {
        if instruction.op == .conditional {
          let (a, b) = (origin(regions[0].yields[position]), origin(regions[1].yields[position]))
          if a == b { same[result] = a }
        } else if instruction.op == .loop, position + 1 < instruction.resultCount {
          let parameter = regions[0].parameters[1 + position]
          guard origin(regions[0].yields[1 + position]) == parameter else { continue }
          kept.insert(parameter)
          same[result] = origin(function.operand(2 + position, of: instruction))
        }
      }
    }
    for parameter in kept { unchanged[parameter] = parameter }
    for (value, origin) in same where kept.contains(origin) { unchanged[value] = origin }
  }

  private mutating func findReversed(_ function: Function, _ useCounts: [Int]) {
    var candidates: [RegionID: Instruction] = [:]
    for instruction in function.instructions where instruction.op == .subtract {
      let turn = function.operand(1, of: instruction)
      guard case .regionParameter(instruction.region, 0) = function.definition(of: turn),
        useCounts[turn.position] == 1
      else { continue }
      candidates[instruction.region] = instruction
    }
    var unread: [Value: Int] = [:]
    for loop in function.instructions where loop.op == .loop && function.isCounted(loop) {
      guard let instruction = candidates[loop.body] else { continue }
      let last = function.operand(0, of: instruction)
      guard function.isLastTurn(last, of: loop) else { continue }
      reversed[loop.body] = instruction.result
      omitted.insert(instruction.result)
      unread[last, default: 0] += 1
      // Several loops may count down from the same turn.
      if unread[last] == useCounts[last.position], function.constant(last) == nil {
        omitted.insert(last)
      }
    }
  }
}

extension Function {
  /// Whether `value` is one less than the turns of `loop`.
  fileprivate func isLastTurn(_ value: Value, of loop: Instruction) -> Bool {
    let limit = operand(1, of: loop)
    if let number = constant(value) { return constant(limit) == number + 1 }
    guard let instruction = instruction(defining: value), instruction.op == .subtract else {
      return false
    }
    return operand(0, of: instruction) == limit && constant(operand(1, of: instruction)) == 1
  }
}
