import BPIR
import BPLexer

extension Compilation {
  /// Writes the step of an operation on whole arrays.
  mutating func compileArrayOperation(_ instruction: Instruction) {
    switch instruction.op {
    case .dimension, .array, .iota, .randomUniform, .randomNormal, .reshape: break
    case .broadcast:
      guard !schedule.isView(instruction.result) else { break }
      compile(instruction) { compilation, target in compilation.stretch(instruction, target) }
    case .sliceAdd, .sliceSet, .scatterAdd, .scatterSet: compileReplacement(instruction)
    default:
      compile(instruction) { compilation, target in
        compilation.emitStep(instruction, target)
      }
    }
  }

  /// Gives the result memory before that of the operands is free: what is written is not read.
  private mutating func compile(
    _ instruction: Instruction, _ body: (inout Compilation, Int) -> Void
  ) {
    place(instruction.result)
    body(&self, slots[instruction.result.position])
    release(function.operands(of: instruction))
    releaseUnused(instruction.result)
  }

  private func shape(_ value: Value) -> [Int] { function.type(of: value).shape.numbers ?? [] }

  private func sizes(_ value: Value, _ axis: Int) -> AxisShape {
    let shape = shape(value)
    return AxisShape(
      outer: shape[..<axis].reduce(1, *), count: shape[axis],
      inner: shape[(axis + 1)...].reduce(1, *))
  }

  private mutating func emitStep(_ instruction: Instruction, _ target: Int) {
    let operands = Array(function.operands(of: instruction))
    let x = operands[0]
    let source = memory(of: x)
    let span = instruction.span
    switch (instruction.op, function.attribute(of: instruction)) {
    case (.transpose, .permutation(let axes)): emitTranspose(x, axes, target, span)
    case (.concat, .axis(let axis)): emitConcat(operands, axis, target, span)
    case (.slice, .window(let extents)):
      emitPack(layout(of: x, extents, Array(operands[1...]), at: source), to: target, span)
    case (.gather, .axis(let axis)):
      emit(
        .index(
          .gather, target: target, source: source, indices: memory(of: operands[1]),
          count: function.elementCount(of: operands[1]), axis: sizes(x, axis)), span)
    case (.cumsum, .scan(let axis, let isReversed)):
      emit(
        .scan(target: target, source: source, axis: sizes(x, axis), isReversed: isReversed), span)
      emitIntegerCheck(instruction)
    case (.productOthers, .axis(let axis)):
      let sources = operands.map { memory(of: $0) }
      let sizes = sizes(x, axis)
      program.packingCount = max(
        program.packingCount, productsOfOthersScratch(operandCount: sources.count, sizes))
      emit(.productOthers(target: target, sources: sources, axis: sizes), span)
    case (.matmul, .transposes(let first, let second)):
      emitProduct(instruction, operands, first, second, target)
    case (let op, .axis(let axis)):
      let axis = sizes(x, axis)
      let reduction = function.type(of: x).isBoolean ? op.ofConditions(axis.count) : op
      emit(.reduce(reduction, target: target, source: source, axis: axis), span)
      emitIntegerCheck(instruction)
    default: break
    }
  }

  private mutating func emitIntegerCheck(_ instruction: Instruction) {
    guard instruction.op == .sum || instruction.op == .cumsum,
      function.type(of: instruction.result).isInteger
    else { return }
    emit(
      .checkIntegers(
        start: slots[instruction.result.position],
        count: function.elementCount(of: instruction.result)), instruction.span)
  }

  // MARK: - Forms

  private mutating func stretch(_ instruction: Instruction, _ target: Int) {
    let (offset, strides) = stretchedLayout(of: instruction.result)
    let counts = shape(instruction.result)
    let count = function.elementCount(of: instruction.result)
    if count == 1 {
      emitCopy(from: offset, to: target, 1, instruction.span)
    } else if strides.allSatisfy({ $0 == 0 }) {
      emit(.fill(target: target, source: offset, count: count), instruction.span)
    } else {
      let layout = ArrayStep.Layout(offset: offset, counts: counts, strides: strides, starts: [])
      emit(.pack(target: target, source: layout), instruction.span)
    }
  }

  private mutating func emitTranspose(_ x: Value, _ axes: [Int], _ target: Int, _ span: Span) {
    let (counts, strides) = (shape(x), strides(of: shape(x)))
    let layout = ArrayStep.Layout(
      offset: memory(of: x), counts: axes.map { counts[$0] }, strides: axes.map { strides[$0] },
      starts: [])
    emit(.pack(target: target, source: layout), span)
  }

  private func strides(of shape: [Int]) -> [Int] {
    var strides = shape
    var stride = 1
    for axis in shape.indices.reversed() {
      strides[axis] = stride
      stride *= shape[axis]
    }
    return strides
  }

  private mutating func emitConcat(
    _ operands: [Value], _ axis: Int, _ target: Int, _ span: Span
  ) {
    var counts = shape(operands[0])
    counts[axis] = operands.map { shape($0)[axis] }.reduce(0, +)
    let strides = strides(of: counts)
    var start = 0
    for operand in operands {
      let layout = ArrayStep.Layout(
        offset: target + start * strides[axis], counts: shape(operand), strides: strides,
        starts: [])
      emit(.unpack(target: layout, source: memory(of: operand), adds: false), span)
      start += shape(operand)[axis]
    }
  }

  // MARK: - Parts

  /// Returns the places of a slice of `x`, whose elements stand from `offset` on.
  private func layout(
    of x: Value, _ extents: [Attribute.Extent], _ starts: [Value], at offset: Int
  ) -> ArrayStep.Layout {
    let shape = shape(x)
    let strides = strides(of: shape)
    var known = offset
    var unknown: [ArrayStep.Layout.Start] = []
    var steps: [Int] = []
    for (axis, extent) in extents.enumerated() {
      let (count, step) = (extent.count.number ?? 0, extent.step.number ?? 1)
      steps.append(step * strides[axis])
      let last = (function.constant(starts[axis]) ?? -1) + Double((count - 1) * step)
      if count == 0 { continue }
      if let start = function.constant(starts[axis]), start >= 0, last >= 0,
        max(start, last) < Double(shape[axis])
      {
        known += Int(start) * strides[axis]
      } else {
        unknown.append(
          ArrayStep.Layout.Start(
            slot: memory(of: starts[axis]), stride: strides[axis], size: shape[axis],
            count: count, step: step))
      }
    }
    return ArrayStep.Layout(
      offset: known, counts: extents.map { $0.count.number ?? 0 }, strides: steps, starts: unknown)
  }

  /// Writes what gives an array other elements: in its own memory when nothing else reads it.
  private mutating func compileReplacement(_ instruction: Instruction) {
    let operands = Array(function.operands(of: instruction))
    let base = function.root(of: operands[0])
    let others = operands[1...].map { owner(of: $0) }
    let isInPlace = diesHere(base) && !others.contains(base) && function.constant(base) == nil
    let count = function.elementCount(of: instruction.result)
    if isInPlace {
      put(instruction.result, into: blockOf[base.position])
    } else {
      place(instruction.result)
      let target = slots[instruction.result.position]
      emit(
        function.constant(base) != nil
          ? .fill(target: target, source: slots[base.position], count: count)
          : .copy(target: target, source: memory(of: base), count: count), instruction.span)
    }
    emitReplacement(instruction, operands, slots[instruction.result.position])
    release(operands)
    releaseUnused(instruction.result)
  }

  private mutating func emitReplacement(
    _ instruction: Instruction, _ operands: [Value], _ target: Int
  ) {
    let adds = instruction.op == .sliceAdd || instruction.op == .scatterAdd
    let value = memory(of: operands[1])
    switch function.attribute(of: instruction) {
    case .window(let extents):
      let layout = layout(of: instruction.result, extents, Array(operands[2...]), at: target)
      emitUnpack(layout, from: value, adds: adds, instruction.span)
    case .axis(let axis):
      emit(
        .index(
          adds ? .add : .set, target: target, source: value, indices: memory(of: operands[2]),
          count: function.elementCount(of: operands[2]), axis: sizes(instruction.result, axis)),
        instruction.span)
    default: break
    }
  }

  // MARK: - Products

  private mutating func emitProduct(
    _ instruction: Instruction, _ operands: [Value], _ first: Bool, _ second: Bool, _ target: Int
  ) {
    let (a, b) = (shape(operands[0]), shape(operands[1]))
    let rank = a.count
    let step = MatrixProductStep(
      target: target, a: memory(of: operands[0]), b: memory(of: operands[1]),
      product: MatrixProduct(
        rows: first ? a[rank - 1] : a[rank - 2], depth: first ? a[rank - 2] : a[rank - 1],
        columns: second ? b[rank - 2] : b[rank - 1], transposesA: first, transposesB: second),
      batch: a[..<(rank - 2)].reduce(1, *))
    program.packingCount = max(
      program.packingCount, step.product.scratchCount(Double.self),
      step.product.scratchCount(Float.self))
    emit(.product(step), instruction.span)
  }
}

extension Op {
  /// Returns what gives the extremum of `count` conditions: of none not an infinity, but what the
  /// sum or the product of none is.
  fileprivate func ofConditions(_ count: Int) -> Op {
    count > 0 ? self : self == .reduceMaximum ? .sum : .product
  }
}
