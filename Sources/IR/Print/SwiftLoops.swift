/// How the loops of an emitted function are written.
struct SwiftLoops {
  /// What counts the turns of a loop from the last to the first, by its region.
  private(set) var reversed: [RegionID: Value] = [:]
  /// What heads of loops make up for.
  private(set) var omitted: Set<Value> = []

  /// Finds the loops of `function` that only read how many turns are to come.
  init(_ function: Function, _ useCounts: [Int]) {
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
