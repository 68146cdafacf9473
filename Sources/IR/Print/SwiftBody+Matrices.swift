// Products of matrices in emitted functions.

extension SwiftBody {
  /// Writes the product of two matrices, or of those at the same place of two arrays.
  mutating func printProduct(
    _ instruction: Instruction, _ operands: [Value], _ first: Bool, _ second: Bool,
    _ writer: inout LineWriter
  ) {
    need(.multiplyMatrices)
    let a = pointer(to: operands[0], &writer)
    let b = pointer(to: operands[1], &writer)
    let c = target(instruction.result, &writer)
    let shape = type(operands[0]).shape
    let rank = shape.rank
    let views = [a, b, c].map { $0.removing(rank - 1).removing(rank - 2) }
    let nest = SwiftNest(Shape(Array(shape.dimensions.dropLast(2))), views)
    openLoops(nest.counts, &writer)
    var arguments = [
      pointer(views[0], nest.strides[0]), pointer(views[1], nest.strides[1]),
      "into: \(pointer(views[2], nest.strides[2]))",
    ]
    arguments += matrixSizes(type(instruction.result).shape, shape[first ? rank - 2 : rank - 1])
    if first { arguments.append("transposingFirst: true") }
    if second { arguments.append("transposingSecond: true") }
    call("multiplyMatrices", arguments, &writer)
    closeLoops(nest.counts, &writer)
  }

  private func matrixSizes(_ result: Shape, _ depth: Dimension) -> [String] {
    [
      "rows: \(text(result[result.rank - 2]))", "depth: \(text(depth))",
      "columns: \(text(result[result.rank - 1]))",
    ]
  }
}
