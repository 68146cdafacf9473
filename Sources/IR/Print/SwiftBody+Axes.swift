// Operations that work along an axis in emitted functions.

extension SwiftBody {
  /// Writes a reduction along `axis`.
  mutating func printReduction(
    _ instruction: Instruction, _ operand: Value, _ axis: Int, _ writer: inout LineWriter
  ) {
    guard let helper = SwiftHelper.reduction(instruction.op) else { return }
    need(helper)
    var source = view(of: operand, &writer)
    if source.numbers == nil { source = pointer(to: operand, &writer) }
    let rest = source.removing(axis)
    let sequence = sequence(type(operand).shape[axis], source.strides[axis])
    let result = instruction.result
    let isPlace = instruction.op == .argmax || instruction.op == .argmin
    guard !function.isSingle(result) else {
      let first = pointer(rest, rest.strides.map { _ in Dimension(0) })
      let call = "\(helper.name)(\(first), \(sequence))"
      let value = isPlace ? call : SwiftBody.loaded(call, type(result))
      return declare(result, as: value, &writer)
    }
    let target = target(result, &writer)
    let nest = SwiftNest(type(result).shape, [rest, target])
    guard helper != .sumOfElements || !areColumns(nest) || source.strides[axis] == Dimension(1)
    else {
      return printSumsOfColumns(nest, rest, target, sequence, &writer)
    }
    openLoops(nest.counts, &writer)
    let call = "\(helper.name)(\(pointer(rest, nest.strides[0])), \(sequence))"
    assign(place(target, nest.strides[1]), isPlace ? "Double(\(call))" : call, &writer)
    closeLoops(nest.counts, &writer)
  }

  /// Whether what is reduced, and the results, lie next to each other.
  private func areColumns(_ nest: SwiftNest) -> Bool {
    nest.strides.allSatisfy { $0.last == Dimension(1) }
  }

  /// Writes the sums of columns that lie next to each other.
  private mutating func printSumsOfColumns(
    _ nest: SwiftNest, _ source: SwiftView, _ target: SwiftView, _ sequence: String,
    _ writer: inout LineWriter
  ) {
    need(.sumsOfColumns)
    let outer = Array(nest.counts.dropLast())
    openLoops(outer, &writer)
    let from = pointer(source, nest.strides[0].dropLast())
    let to = pointer(target, nest.strides[1].dropLast())
    let columns = "columns: \(text(nest.counts[outer.count]))"
    call("sumsOfColumns", [from, sequence, columns, "into: \(to)"], &writer)
    closeLoops(outer, &writer)
  }

  /// Returns the arguments that say how many elements there are along an axis, and how far apart.
  private func sequence(_ count: Dimension, _ stride: Dimension) -> String {
    let count = "count: \(text(count))"
    return stride == Dimension(1) ? count : "\(count), stride: \(text(stride))"
  }

  /// Writes the sums of the elements up to each along `axis`.
  mutating func printScan(
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
    let nest = SwiftNest(shape.removing(axis), [source.removing(axis), target.removing(axis)])
    openLoops(nest.counts, &writer)
    let (from, to) = (pointer(source, nest.strides[0]), pointer(target, nest.strides[1]))
    let arguments = ["of: \(from)", "into: \(to)", sequence(shape[axis], stride)]
    call("cumulativeSums", arguments, &writer)
    closeLoops(nest.counts, &writer)
  }

  /// Writes for each element the product of the others along `axis`.
  mutating func printProductsOfOthers(
    _ instruction: Instruction, _ operands: [Value], _ axis: Int, _ writer: inout LineWriter
  ) {
    need(operands.count == 1 ? .productsOfOthers : .productsOfOthersReplacing)
    let shape = type(operands[0]).shape
    var views: [SwiftView] = []
    for operand in operands { views.append(pointer(to: operand, &writer)) }
    views.append(target(instruction.result, &writer))
    let sequence = sequence(shape[axis], views[operands.count].strides[axis])
    let choices = Dimension(1 << (operands.count - 1))
    let scratch = workspace(arrays.scratch((shape[axis] + Dimension(2)) * choices))
    let nest = SwiftNest(shape.removing(axis), views.map { $0.removing(axis) })
    openLoops(nest.counts, &writer)
    var pointers: [String] = []
    for (view, strides) in zip(views, nest.strides) { pointers.append(pointer(view, strides)) }
    let sources = pointers.dropLast().joined(separator: ", ")
    let arguments = [
      operands.count == 1 ? "of: \(sources)" : "of: [\(sources)]",
      "into: \(pointers[operands.count])", sequence, "scratch: \(scratch)",
    ]
    call("productsOfOthers", arguments, &writer)
    closeLoops(nest.counts, &writer)
  }
}
