/// What an engine or a printer does at once, in the order that it chose.
package enum ScheduledStep: Sendable {
  /// One instruction.
  case instruction(InstructionID)
  /// Operations on the elements of arrays of one shape, as one loop.
  case loop([InstructionID])
}

extension Function {
  /// Calls `body` with each value that is read and the place of the step that reads it; returns how
  /// many places there are.
  ///
  /// Places are numbered in the order of the code: one for each step, one for the end of each arm,
  /// which comes before the conditional's own.
  ///
  /// - Parameter steps: The steps of each region.
  @discardableResult
  package func forEachUse(
    in steps: [[ScheduledStep]], _ body: (Value, _ place: Int) -> Void
  ) -> Int {
    var place = 0
    forEachUse(in: steps, of: .body, &place, body)
    return place
  }

  private func forEachUse(
    in steps: [[ScheduledStep]], of region: RegionID, _ place: inout Int,
    _ body: (Value, Int) -> Void
  ) {
    for step in steps[region.position] {
      switch step {
      case .loop(let ids):
        for id in ids {
          for operand in operands(of: self[id]) { body(operand, place) }
        }
      case .instruction(let id):
        let instruction = self[id]
        if instruction.op == .conditional {
          for arm in [instruction.arms.then, instruction.arms.otherwise] {
            forEachUse(in: steps, of: arm, &place, body)
            for yield in self[arm].yields { body(yield, place) }
            place += 1
          }
        }
        for operand in operands(of: instruction) { body(operand, place) }
      }
      place += 1
    }
  }
}
