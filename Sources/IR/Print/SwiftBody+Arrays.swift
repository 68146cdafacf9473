// The statements of functions with arrays: loops over elements, and calls that work along an axis.

extension SwiftBody {
  /// Writes the steps of a region.
  mutating func printArrays(_ region: RegionID, _ writer: inout LineWriter) {
    printFrames(region, &writer)
    let steps = arrays.schedule.steps[region.position]
    for (index, step) in steps.enumerated() {
      switch step {
      case .loop(let ids): printLoop(ids, before: steps[(index + 1)...], &writer)
      case .instruction(let id): printStep(function[id], &writer)
      }
      arrays.finishStep()
    }
  }

  private mutating func printStep(_ instruction: Instruction, _ writer: inout LineWriter) {
    let operands = Array(function.operands(of: instruction))
    if loops.omitted.contains(instruction.firstResult) { return }
    if arrays.written.contains(instruction.firstResult) { return }
    if instruction.region == .body { declareStacks(instruction, &writer) }
    switch instruction.op {
    case .conditional: printArrayConditional(instruction, &writer)
    case .loop: printTurns(instruction, &writer)
    case .push: printPush(instruction, operands, &writer)
    case .pop: printPop(instruction, operands[0], &writer)
    case .slice where !function.isView(instruction): printRead(instruction, operands, &writer)
    case .dimension: nameSize(instruction)
    case .slice: printStarts(instruction, operands, &writer)
    case .array, .iota, .reshape, .broadcast, .transpose: break
    case let op where op.isArrayOperation:
      printComment(instruction.span, &writer)
      printArrayOperation(instruction, operands, &writer)
    default:
      let prepared = prepare(operands, &writer)
      print(instruction, &writer)
      forget(prepared)
    }
  }

  private mutating func nameSize(_ instruction: Instruction) {
    guard case .dimension(let dimension) = function.attribute(of: instruction) else { return }
    valueNames[instruction.result.position] = dimension.swiftFactor(arrays.symbols)
  }
}
