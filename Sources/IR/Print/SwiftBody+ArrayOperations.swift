// The operations on whole arrays in emitted functions.

extension SwiftBody {
  /// Writes an operation that is no view.
  mutating func printArrayOperation(
    _ instruction: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) {
    switch (instruction.op, function.attribute(of: instruction)) {
    case (.randomUniform, .random(_, let seed)), (.randomNormal, .random(_, let seed)):
      printRandom(instruction, seed, &writer)
    case (.concat, .axis(let axis)): printConcat(instruction, operands, axis, &writer)
    case (.sliceAdd, .window(let extents)), (.sliceSet, .window(let extents)):
      printReplacement(instruction, operands, extents, &writer)
    case (.gather, .axis(let axis)): printGather(instruction, operands, axis, &writer)
    case (.scatterAdd, .axis(let axis)), (.scatterSet, .axis(let axis)):
      printScatter(instruction, operands, axis, &writer)
    case (.cumsum, .scan(let axis, let isReversed)):
      printScan(instruction, operands[0], axis, isReversed, &writer)
    case (.productOthers, .axis(let axis)):
      printProductsOfOthers(instruction, operands, axis, &writer)
    case (.matmul, .transposes(let first, let second)):
      printProduct(instruction, operands, first, second, &writer)
    case (_, .axis(let axis)): printReduction(instruction, operands[0], axis, &writer)
    default: break
    }
  }

  private func type(_ value: Value) -> ValueType { function.type(of: value) }

  private func text(_ dimension: Dimension) -> String { dimension.swift(arrays.symbols) }

  /// Returns the view of memory that `value` is written to.
  private mutating func target(_ value: Value, _ writer: inout LineWriter) -> SwiftView {
    SwiftView(.memory(declareMemory(value, &writer)), type(value).shape)
  }

  // MARK: - Along an axis

  private mutating func printReduction(
    _ instruction: Instruction, _ operand: Value, _ axis: Int, _ writer: inout LineWriter
  ) {
    guard let helper = SwiftHelper.reduction(instruction.op) else { return }
    need(helper)
    var source = view(of: operand, &writer)
    if source.numbers == nil { source = pointer(to: operand, &writer) }
    let shape = type(operand).shape
    let result = instruction.result
    let rest = source.removing(axis)
    var sequence = ", count: \(text(shape[axis]))"
    if source.strides[axis] != Dimension(1) {
      sequence += ", stride: \(text(source.strides[axis]))"
    }
    let isPlace = instruction.op == .argmax || instruction.op == .argmin
    guard !function.isSingle(result) else {
      let strides = rest.strides.map { _ in Dimension(0) }
      let call = "\(helper.name)(\(pointer(rest, strides))\(sequence))"
      let value = isPlace ? call : SwiftBody.loaded(call, type(result))
      return declare(result, as: value, &writer)
    }
    let target = target(result, &writer)
    let nest = SwiftNest(type(result).shape, [rest, target])
    openLoops(nest.counts, &writer)
    let call = "\(helper.name)(\(pointer(rest, nest.strides[0]))\(sequence))"
    assign(place(target, nest.strides[1]), isPlace ? "Double(\(call))" : call, &writer)
    closeLoops(nest.counts, &writer)
  }

  private mutating func printScan(
    _ instruction: Instruction, _ operand: Value, _ axis: Int, _ isReversed: Bool,
    _ writer: inout LineWriter
  ) {
    need(.cumulativeSums)
    let shape = type(operand).shape
    var source = pointer(to: operand, &writer)
    var target = target(instruction.result, &writer)
    var stride = target.strides[axis]
    if isReversed {
      let last = (shape[axis] - Dimension(1)) * stride
      source.offset = source.offset + last
      target.offset = target.offset + last
      stride = Dimension(-1) * stride
    }
    let (from, to) = (source.removing(axis), target.removing(axis))
    let nest = SwiftNest(shape.removing(axis), [from, to])
    openLoops(nest.counts, &writer)
    let step = stride == Dimension(1) ? "" : ", stride: \(text(stride))"
    call(
      "cumulativeSums",
      [
        "of: \(pointer(from, nest.strides[0]))", "into: \(pointer(to, nest.strides[1]))",
        "count: \(text(shape[axis]))\(step)",
      ], &writer)
    closeLoops(nest.counts, &writer)
  }

  private mutating func printProductsOfOthers(
    _ instruction: Instruction, _ operands: [Value], _ axis: Int, _ writer: inout LineWriter
  ) {
    need(operands.count == 1 ? .productsOfOthers : .productsOfOthersReplacing)
    let shape = type(operands[0]).shape
    var views: [SwiftView] = []
    for operand in operands { views.append(pointer(to: operand, &writer)) }
    let target = target(instruction.result, &writer)
    let stride = target.strides[axis]
    let all = (views + [target]).map { $0.removing(axis) }
    let choices = Dimension(1 << (operands.count - 1))
    let scratch = workspace(arrays.scratch((shape[axis] + Dimension(2)) * choices))
    let nest = SwiftNest(shape.removing(axis), all)
    openLoops(nest.counts, &writer)
    var pointers: [String] = []
    for (view, strides) in zip(all, nest.strides) { pointers.append(pointer(view, strides)) }
    let sources = pointers.dropLast().joined(separator: ", ")
    let step = stride == Dimension(1) ? "" : ", stride: \(text(stride))"
    call(
      "productsOfOthers",
      [
        operands.count == 1 ? "of: \(sources)" : "of: [\(sources)]",
        "into: \(pointers[pointers.count - 1])", "count: \(text(shape[axis]))\(step)",
        "scratch: \(scratch)",
      ], &writer)
    closeLoops(nest.counts, &writer)
  }

  /// Writes a call, with its arguments on lines of their own where they do not fit.
  private func call(_ name: String, _ arguments: [String], _ writer: inout LineWriter) {
    let line = "\(name)(\(arguments.joined(separator: ", ")))"
    guard 2 * writer.depth + line.count > SwiftPrinter.width else { return writer.line(line) }
    writer.line("\(name)(")
    let lines = SwiftPrinter.filled(arguments, depth: writer.depth + 1)
    for (number, line) in lines.enumerated() {
      writer.line(number + 1 == lines.count ? line + ")" : line)
    }
  }

  // MARK: - Matrices

  private mutating func printProduct(
    _ instruction: Instruction, _ operands: [Value], _ first: Bool, _ second: Bool,
    _ writer: inout LineWriter
  ) {
    need(.multiplyMatrices)
    let a = pointer(to: operands[0], &writer)
    let b = pointer(to: operands[1], &writer)
    let c = target(instruction.result, &writer)
    let shape = type(operands[0]).shape
    let result = type(instruction.result).shape
    let rank = shape.rank
    let depth = shape[first ? rank - 2 : rank - 1]
    let views = [a, b, c].map { $0.removing(rank - 1).removing(rank - 2) }
    let nest = SwiftNest(Shape(Array(shape.dimensions.dropLast(2))), views)
    openLoops(nest.counts, &writer)
    var arguments = [
      pointer(views[0], nest.strides[0]), pointer(views[1], nest.strides[1]),
      "into: \(pointer(views[2], nest.strides[2]))", "rows: \(text(result[rank - 2]))",
      "depth: \(text(depth))", "columns: \(text(result[rank - 1]))",
    ]
    if first { arguments.append("transposingFirst: true") }
    if second { arguments.append("transposingSecond: true") }
    call("multiplyMatrices", arguments, &writer)
    closeLoops(nest.counts, &writer)
  }

  // MARK: - Making and joining

  private mutating func printRandom(
    _ instruction: Instruction, _ seed: Int, _ writer: inout LineWriter
  ) {
    let helper: SwiftHelper =
      instruction.op == .randomNormal ? .normalNumber : .uniformNumber
    need(helper)
    let shape = type(instruction.result).shape
    let target = target(instruction.result, &writer)
    let nest = SwiftNest(shape, [target, SwiftView(.index, shape)])
    openLoops(nest.counts, &writer)
    let index = element(SwiftView(.index, shape), nest.strides[1], .integer)
    let number = "\(helper.name)(seed: \(seed), index: \(index))"
    assign(place(target, nest.strides[0]), number, &writer)
    closeLoops(nest.counts, &writer)
  }

  private mutating func printConcat(
    _ instruction: Instruction, _ operands: [Value], _ axis: Int, _ writer: inout LineWriter
  ) {
    var target = target(instruction.result, &writer)
    for operand in operands {
      let source = view(of: operand, &writer)
      move(source, to: target, type(operand), &writer)
      target.offset = target.offset + type(operand).shape[axis] * target.strides[axis]
    }
  }

  // MARK: - Parts

  private mutating func printReplacement(
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
  private mutating func replaced(
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

  private mutating func printGather(
    _ instruction: Instruction, _ operands: [Value], _ axis: Int, _ writer: inout LineWriter
  ) {
    let source = view(of: operands[0], &writer)
    let indices = view(of: operands[1], &writer)
    let target = target(instruction.result, &writer)
    printAtIndices(indices, operands, axis, part: target, whole: source, &writer) {
      body, part, whole, writer in
      body.assign(part, whole, &writer)
    }
  }

  private mutating func printScatter(
    _ instruction: Instruction, _ operands: [Value], _ axis: Int, _ writer: inout LineWriter
  ) {
    let value = view(of: operands[1], &writer)
    let indices = view(of: operands[2], &writer)
    let target = replaced(instruction, operands, &writer)
    let sign = instruction.op == .scatterAdd ? "+=" : "="
    printAtIndices(
      indices, [operands[0], operands[2]], axis, part: value, whole: target, &writer
    ) { _, part, whole, writer in
      writer.line("\(whole) \(sign) \(part)")
    }
  }

  /// Writes loops over the elements of a part that indices along an axis name, and calls `body` with
  /// an element of the part and its place in the whole.
  private mutating func printAtIndices(
    _ indices: SwiftView, _ operands: [Value], _ axis: Int, part: SwiftView, whole: SwiftView,
    _ writer: inout LineWriter,
    _ body: (inout SwiftBody, String, String, inout LineWriter) -> Void
  ) {
    let (shape, indexShape) = (type(operands[0]).shape, type(operands[1]).shape)
    let (outer, inner) = (shape.dimensions[..<axis], shape.dimensions[(axis + 1)...])
    let counts = Array(outer) + indexShape.dimensions + Array(inner)
    let none = indexShape.dimensions.map { _ in Dimension(0) }
    var index = indices
    index.strides =
      outer.map { _ in Dimension(0) } + indices.strides + inner.map { _ in Dimension(0) }
    var place = whole
    place.strides = Array(whole.strides[..<axis]) + none + Array(whole.strides[(axis + 1)...])
    // The index is read before the loops over what it names.
    let heads = Array(counts.dropLast(inner.count))
    let loops = heads.filter { $0 != Dimension(1) }
    openLoops(loops, &writer)
    let name = names.unique("index")
    let headStrides = zip(heads, index.strides).filter { $0.0 != Dimension(1) }.map(\.1)
    let text = element(index, headStrides, .integer)
    writer.line("let \(name): Int = \(text)")
    need(.checkIndex)
    writer.line("checkIndex(\(name), size: \(self.text(shape[axis])))")
    let kept = counts.indices.filter { counts[$0] != Dimension(1) }
    openLoops(Array(kept.map { counts[$0] }.dropFirst(loops.count)), after: loops.count, &writer)
    var start = SwiftSum()
    start.add(name, times: whole.strides[axis], arrays.symbols)
    place.starts.append(start.text)
    let type = ValueType(type(operands[0]).element)
    let wholeText = self.place(place, kept.map { place.strides[$0] })
    let partText = self.number(part, kept.map { part.strides[$0] }, type)
    if case .memory = place.root {
      body(&self, partText, wholeText, &writer)
    } else {
      let strides = kept.map { place.strides[$0] }
      body(&self, partText, self.number(place, strides, type), &writer)
    }
    closeLoops(kept.map { counts[$0] }, &writer)
  }
}
