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
    if let memory = base.numbers, base.isDense(type(result).shape), base.offset == Dimension(0),
      base.starts.isEmpty, arrays.memories[root]?.name == memory.name, !others.contains(root),
      arrays.targets[result] == nil, arrays.handOver(root, to: result)
    {
      arrays.memories[result] = memory
      return SwiftView(.memory(memory), type(result).shape)
    }
    let whole = target(result, &writer)
    move(base, to: whole, type(result), &writer)
    return whole
  }
}
