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

  /// Returns the type of `value`.
  func type(_ value: Value) -> ValueType { function.type(of: value) }

  /// Returns a size as Swift computes it.
  func text(_ dimension: Dimension) -> String { dimension.swift(arrays.symbols) }

  /// Returns the view of memory that `value` is written to.
  mutating func target(_ value: Value, _ writer: inout LineWriter) -> SwiftView {
    SwiftView(.memory(declareMemory(value, &writer)), type(value).shape)
  }

  /// Writes a call, with its arguments on lines of their own where they do not fit.
  func call(_ name: String, _ arguments: [String], _ writer: inout LineWriter) {
    SwiftPrinter.writeCall(name, arguments, depth: writer.depth, to: &writer)
  }

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
    let number = rounded("\(helper.name)(seed: \(seed), index: \(index))", helper)
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
}
