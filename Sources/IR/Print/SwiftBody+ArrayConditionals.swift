// Conditionals of functions that are written step by step: each arm writes its results where they are
// wanted.

extension SwiftBody {
  /// Writes a conditional.
  mutating func printArrayConditional(
    _ instruction: Instruction, _ writer: inout LineWriter
  ) {
    printComment(instruction.span, &writer)
    let homes = declareResults(instruction, &writer)
    let condition = function.operand(0, of: instruction)
    let prepared = prepare([condition], &writer)
    let (test, opposite) = (
      expression(condition, above: 0), "!" + expression(condition, above: 9)
    )
    forget(prepared)
    let before = arrays.occupants
    let start = writer.length
    writer.line("if \(test) {")
    let head = writer.length
    arrays.skipped.append(places(of: instruction.arms.otherwise, after: instruction.arms.then))
    printArrayArm(instruction.arms.then, instruction, homes, &writer)
    arrays.skipped.removeLast()
    arrays.occupants = before
    let end = writer.length
    // An arm that has nothing to do is left out.
    if end == head { writer.takeBack(to: start) }
    writer.line(end == head ? "if \(opposite) {" : "} else {")
    let otherwise = writer.length
    printArrayArm(instruction.arms.otherwise, instruction, homes, &writer)
    if writer.length == otherwise { writer.takeBack(to: end == head ? start : end) }
    if writer.length != start { writer.line("}") }
    arrays.occupants = before
    for (result, home) in zip(instruction.results, homes) {
      // What was declared for the result is no variable that changes.
      if case .number(let name) = home, arrays.wishes[result] != name { continue }
      settle(result, in: home)
    }
    statement = nil
  }

  /// The places of an arm, which follow those of the arm before.
  private func places(of arm: RegionID, after before: RegionID) -> ClosedRange<Int> {
    let ends = arrays.schedule.ends
    return ends[before.position] + 1...ends[arm.position]
  }

  /// Declares the results of a conditional where they are not to stand in what there is.
  private mutating func declareResults(
    _ instruction: Instruction, _ writer: inout LineWriter
  ) -> [SwiftHome] {
    let end = arrays.schedule.ends[instruction.arms.otherwise.position]
    var chosen: Set<String> = []
    return instruction.results.map { result in
      if function.type(of: result).isStack { return .stack }
      if let kept = loops.unchanged[result], function.isSingle(result) {
        return .constant(atom(kept))
      }
      let wished = arrays.wishes[result] ?? arrays.targets[result]?.name
      let isWanted = wished.map { !chosen.contains($0) && arrays.isFree($0, after: end) } ?? false
      if isWanted, let wished { chosen.insert(wished) }
      guard function.isSingle(result) else {
        let memory = isWanted ? arrays.targets[result] : nil
        return .memory(memory ?? declarePlace(result, &writer))
      }
      if isWanted, let wished { return .number(wished) }
      declare(result, &writer)
      return .number(atom(result))
    }
  }

  private mutating func printArrayArm(
    _ region: RegionID, _ instruction: Instruction, _ homes: [SwiftHome],
    _ writer: inout LineWriter
  ) {
    let scope = scope()
    writer.depth += 1
    let yields = function[region].yields
    aim(yields, homes.map { if case .memory(let memory) = $0 { memory } else { nil } }, in: region)
    printArrays(region, &writer)
    startStacks(yields, instruction.results, &writer)
    move(yields, to: homes, &writer)
    arrays.finishStep()
    writer.depth -= 1
    leave(scope)
  }
}
