// Parts of arrays that indices name in emitted functions.

extension SwiftBody {
  /// What stands inside loops over the elements that indices name.
  private struct Indexed {
    /// An element of the part.
    let part: String
    /// Its place in the whole.
    let whole: String
    /// The counts of the loops.
    let counts: [Dimension]
  }

  /// Writes the elements that indices along `axis` name.
  mutating func printGather(
    _ instruction: Instruction, _ operands: [Value], _ axis: Int, _ writer: inout LineWriter
  ) {
    let source = view(of: operands[0], &writer)
    let indices = view(of: operands[1], &writer)
    let target = target(instruction.result, &writer)
    let shapes = (type(operands[0]).shape, type(operands[1]).shape)
    let type = ValueType(type(operands[0]).element)
    let loops = openAtIndices(indices, shapes, axis, part: target, whole: source, type, &writer)
    assign(loops.part, loops.whole, &writer)
    closeLoops(loops.counts, &writer)
  }

  /// Writes an array whose elements that indices along `axis` name are others, or more.
  mutating func printScatter(
    _ instruction: Instruction, _ operands: [Value], _ axis: Int, _ writer: inout LineWriter
  ) {
    let value = view(of: operands[1], &writer)
    let indices = view(of: operands[2], &writer)
    let target = replaced(instruction, operands, &writer)
    let sign = instruction.op == .scatterAdd ? "+=" : "="
    let shapes = (type(operands[0]).shape, type(operands[2]).shape)
    let type = ValueType(type(operands[0]).element)
    let loops = openAtIndices(indices, shapes, axis, part: value, whole: target, type, &writer)
    writer.line("\(loops.whole) \(sign) \(loops.part)")
    closeLoops(loops.counts, &writer)
  }

  /// Writes the heads of loops over a part that indices along an axis name, where `shapes` are those
  /// of the whole and of the indices.
  private mutating func openAtIndices(
    _ indices: SwiftView, _ shapes: (whole: Shape, indices: Shape), _ axis: Int,
    part: SwiftView, whole: SwiftView, _ type: ValueType, _ writer: inout LineWriter
  ) -> Indexed {
    let none = shapes.indices.dimensions.map { _ in Dimension(0) }
    let (outer, inner) = (shapes.whole.dimensions[..<axis], shapes.whole.dimensions[(axis + 1)...])
    let counts = outer + shapes.indices.dimensions + inner
    let kept = counts.indices.filter { counts[$0] != Dimension(1) }
    let loops = kept.map { counts[$0] }
    // The index is read before the loops over what it names.
    let heads = kept.prefix { $0 < counts.count - inner.count }
    openLoops(Array(loops[..<heads.count]), &writer)
    let indexStrides = outer.map { _ in Dimension(0) } + indices.strides
    let name = declareIndex(indices, heads.map { indexStrides[$0] }, shapes.whole[axis], &writer)
    openLoops(Array(loops[heads.count...]), after: heads.count, &writer)
    var start = SwiftSum()
    start.add(name, times: whole.strides[axis], arrays.symbols)
    var place = whole
    place.starts.append(start.text)
    let strides = whole.strides[..<axis] + none + whole.strides[(axis + 1)...]
    return Indexed(
      part: number(part, kept.map { part.strides[$0] }, type),
      whole: number(place, kept.map { strides[$0] }, type), counts: loops)
  }

  /// Writes an index, and the test that it names one of `size` elements; returns its name.
  private mutating func declareIndex(
    _ indices: SwiftView, _ strides: [Dimension], _ size: Dimension, _ writer: inout LineWriter
  ) -> String {
    let name = names.unique("index")
    writer.line("let \(name): Int = \(element(indices, strides, .integer))")
    need(.checkIndex)
    writer.line("checkIndex(\(name), size: \(text(size)))")
    return name
  }
}
