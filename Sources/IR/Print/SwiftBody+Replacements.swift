// Arrays with other elements in a part of them.

extension SwiftBody {
  /// Writes an array whose elements in a slice are others, or more.
  mutating func printReplacement(
    _ instruction: Instruction, _ operands: [Value], _ extents: [Attribute.Extent],
    _ writer: inout LineWriter
  ) {
    printStarts(instruction, operands, &writer)
    let value = view(of: operands[1], &writer)
    let whole = replaced(instruction, operands, &writer)
    let part = sliced(whole, extents, Array(operands[2...]))
    move(value, to: part, type(operands[1]), adding: instruction.op == .sliceAdd, &writer)
  }

  /// Returns a view of the result, which has the elements of the first operand so far: of its own
  /// memory when nothing reads that later.
  mutating func replaced(
    _ instruction: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) -> SwiftView {
    let base = view(of: operands[0], &writer)
    let result = instruction.result
    let root = function.viewed(by: operands[0])
    let others = operands[1...].map { function.viewed(by: $0) }
    if let memory = base.numbers, base.stands(at: type(result).shape),
      arrays.memories[root]?.name == memory.name, !others.contains(root),
      arrays.targets[result].map({ $0.name == memory.name }) ?? true,
      isLast(root, in: memory, for: result)
    {
      settle(result, in: memory)
      return SwiftView(.memory(memory), type(result).shape)
    }
    let whole = target(result, &writer)
    move(base, to: whole, type(result), &writer)
    return whole
  }
  /// Whether `root` is read for the last time, so that `result` may have its memory.
  private mutating func isLast(
    _ root: Value, in memory: SwiftMemory, for result: Value
  ) -> Bool {
    if arrays.handOver(root, to: result) { return true }
    return arrays.occupants[memory.name] == root
      && arrays.isFree(memory.name, after: arrays.position)
  }
}
