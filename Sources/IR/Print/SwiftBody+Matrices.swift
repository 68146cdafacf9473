// Products of matrices in emitted functions.

extension SwiftBody {
  /// Writes the product of two matrices, or of those at the same place of two arrays.
  mutating func printProduct(
    _ instruction: Instruction, _ operands: [Value], _ first: Bool, _ second: Bool,
    _ writer: inout LineWriter
  ) {
    if isSmallProduct(instruction, operands, first), operands.contains(where: isInMemory) {
      return printSmallProduct(instruction, operands, first, second, &writer)
    }
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

  // MARK: - Small products

  /// The multiplications up to which a product is written as loops over its sizes, which the
  /// optimiser takes apart.
  private static let smallProduct = 256

  /// Whether the elements of `value` are read from memory, and are not one number everywhere.
  private func isInMemory(_ value: Value) -> Bool {
    var value = value
    while let instruction = function.instruction(defining: value), function.isView(instruction) {
      if instruction.op == .broadcast { return false }
      guard instruction.operandCount > 0 else { return false }
      value = function.operand(0, of: instruction)
    }
    return function.constant(value) == nil && !function.isSingle(value)
  }

  private func isSmallProduct(
    _ instruction: Instruction, _ operands: [Value], _ first: Bool
  ) -> Bool {
    let (shape, result) = (type(operands[0]).shape, type(instruction.result).shape)
    let rank = shape.rank
    let sizes = [shape[first ? rank - 2 : rank - 1], result[rank - 2], result[rank - 1]]
    let count = sizes[0] * sizes[1] * sizes[2]
    return count.number.map { $0 <= SwiftBody.smallProduct } ?? false
  }

  /// Writes the loops of a product: those over places of arrays, over rows and over columns, and in
  /// them the sum over the depth in order.
  private mutating func printSmallProduct(
    _ instruction: Instruction, _ operands: [Value], _ first: Bool, _ second: Bool,
    _ writer: inout LineWriter
  ) {
    let factors = [view(of: operands[0], &writer), view(of: operands[1], &writer)]
    let target = target(instruction.result, &writer)
    let result = type(instruction.result).shape
    let depth = type(operands[0]).shape[first ? result.rank - 2 : result.rank - 1]
    let hasSum = depth != Dimension(1)
    let (counts, strides) = smallLoops(result, depth, factors + [target], first, second)
    let outer = hasSum ? Array(counts.dropLast()) : counts
    openLoops(outer, &writer)
    let product =
      number(factors[0], strides[0], type(operands[0])) + " * "
      + number(factors[1], strides[1], type(operands[1]))
    let place = place(target, strides[2])
    if hasSum {
      printSum(of: product, counts, to: place, &writer)
    } else {
      // A sum starts at 0, which makes 0 of -0.
      assign(place, "0.0 + \(product)", &writer)
    }
    closeLoops(outer, &writer)
  }

  /// Returns the loops of a product of the shape `result`: how often each runs, and the distances along them in
  /// `views`, which are the factors and the product.
  private func smallLoops(
    _ result: Shape, _ depth: Dimension, _ views: [SwiftView], _ first: Bool, _ second: Bool
  ) -> (counts: [Dimension], strides: [[Dimension]]) {
    let (row, column) = (result.rank - 2, result.rank - 1)
    let (a, b, c) = (views[0].strides, views[1].strides, views[2].strides)
    let zero = Dimension(0)
    // Along rows, columns and depth.
    let inner = [
      first ? [a[column], zero, a[row]] : [a[row], zero, a[column]],
      second ? [zero, b[row], b[column]] : [zero, b[column], b[row]],
      [c[row], c[column], zero],
    ]
    let sizes = [result[row], result[column], depth]
    let long = sizes.indices.filter { sizes[$0] != Dimension(1) }
    let batch = SwiftNest(
      Shape(Array(result.dimensions.dropLast(2))),
      views.map { $0.removing(column).removing(row) })
    return (
      batch.counts + long.map { sizes[$0] },
      zip(batch.strides, inner).map { outer, inner in outer + long.map { inner[$0] } }
    )
  }

  /// Writes the innermost of the loops `counts`, which adds up `term`.
  private mutating func printSum(
    of term: String, _ counts: [Dimension], to place: String, _ writer: inout LineWriter
  ) {
    let name = names.unique("sum")
    writer.line("var \(name): Double = 0.0")
    openLoops([counts[counts.count - 1]], after: counts.count - 1, &writer)
    addLine(name, term, &writer)
    closeLoops([counts[counts.count - 1]], &writer)
    writer.line("\(place) = \(name)")
  }

  /// Writes that `term` is added to `name`, with a name of its own where the line would be too long.
  private mutating func addLine(_ name: String, _ term: String, _ writer: inout LineWriter) {
    let line = "\(name) += \(term)"
    guard 2 * writer.depth + line.count > SwiftPrinter.width else { return writer.line(line) }
    let product = names.unique("product")
    assign("let \(product): Double", term, &writer)
    writer.line("\(name) += \(product)")
  }
}
