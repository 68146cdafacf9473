// Conditionals with arrays: each arm writes its results where they are wanted.

extension SwiftBody {
  /// Writes a conditional.
  mutating func printArrayConditional(
    _ instruction: Instruction, _ writer: inout LineWriter
  ) {
    printComment(instruction.span, &writer)
    for result in instruction.results {
      if function.isSingle(result) {
        declare(result, &writer)
      } else {
        _ = declareMemory(result, &writer)
      }
    }
    let condition = function.operand(0, of: instruction)
    let prepared = prepare([condition], &writer)
    writer.line("if \(expression(condition, above: 0)) {")
    forget(prepared)
    printArrayArm(instruction.arms.then, instruction, &writer)
    writer.line("} else {")
    printArrayArm(instruction.arms.otherwise, instruction, &writer)
    writer.line("}")
    statement = nil
  }

  private mutating func printArrayArm(
    _ region: RegionID, _ instruction: Instruction, _ writer: inout LineWriter
  ) {
    let (memories, copies) = (arrays.memories, arrays.copies)
    writer.depth += 1
    let yields = function[region].yields
    aim(yields, instruction.results.map { arrays.memories[$0] }, in: region)
    printArrays(region, &writer)
    for (result, yield) in zip(instruction.results, yields) { hand(yield, to: result, &writer) }
    arrays.finishStep()
    writer.depth -= 1
    (arrays.memories, arrays.copies) = (memories, copies)
  }

  private mutating func hand(_ yield: Value, to result: Value, _ writer: inout LineWriter) {
    guard let memory = arrays.memories[result] else {
      let prepared = prepare([yield], &writer)
      writer.line("\(atom(result)) = \(expression(yield, above: 0))")
      return forget(prepared)
    }
    write(yield, to: memory, &writer)
  }
}
