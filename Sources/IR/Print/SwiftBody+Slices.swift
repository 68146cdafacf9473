// Slices in emitted functions: where they are, and that they are inside.

extension SwiftBody {
  /// Returns the view of the elements that a slice takes.
  func sliced(
    _ inner: SwiftView, _ extents: [Attribute.Extent], _ starts: [Value]
  ) -> SwiftView {
    var view = inner
    if case .number = view.root { return SwiftView(view.root, Shape(extents.map(\.count))) }
    for (axis, extent) in extents.enumerated() {
      let start = starts[axis]
      if let known = size(of: start) {
        view.offset = view.offset + known * inner.strides[axis]
      } else {
        var sum = SwiftSum()
        sum.add(atom(start), times: inner.strides[axis], arrays.symbols)
        view.starts.append(sum.text)
      }
      view.strides[axis] = extent.step * inner.strides[axis]
    }
    return view
  }

  /// Returns the size that `value` is, where it follows from those that data gives.
  func size(of value: Value) -> Dimension? {
    guard let size = function.dimension(of: value) else { return nil }
    return size.symbols.allSatisfy { arrays.symbols[$0] != nil } ? size : nil
  }

  /// Writes where a slice starts, and the test that it lies inside, as far as that is not known.
  mutating func printStarts(
    _ instruction: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) {
    guard case .window(let extents) = function.attribute(of: instruction) else { return }
    let shape = function.type(of: operands[0]).shape
    let first = operands.count - extents.count
    for (axis, extent) in extents.enumerated() {
      let start = operands[first + axis]
      if let first = size(of: start), function.isInside(first, extent, shape[axis]) { continue }
      let check = SwiftCheck(start: start, extent: extent, size: shape[axis])
      guard arrays.checks.insert(check).inserted else { continue }
      printComment(instruction.span, &writer)
      printCheck(start, extent, shape[axis], &writer)
    }
  }

  /// Writes the reading of a part of an array that may change soon.
  mutating func printRead(
    _ instruction: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) {
    guard case .window(let extents) = function.attribute(of: instruction) else { return }
    printStarts(instruction, operands, &writer)
    printComment(instruction.span, &writer)
    let view = sliced(view(of: operands[0], &writer), extents, Array(operands[1...]))
    let type = type(instruction.result)
    guard function.isSingle(instruction.result) else {
      let target = target(instruction.result, &writer)
      return move(view, to: target, type, &writer)
    }
    let none = view.strides.map { _ in Dimension(0) }
    declare(instruction.result, as: element(view, none, type), &writer)
  }

  private mutating func printCheck(
    _ start: Value, _ extent: Attribute.Extent, _ size: Dimension, _ writer: inout LineWriter
  ) {
    let start = self.start(start, &writer)
    if extent.count == Dimension(1) {
      need(.checkIndex)
      return writer.line("checkIndex(\(start), size: \(size.swift(arrays.symbols)))")
    }
    need(.checkSlice)
    let (count, step) = (extent.count.swift(arrays.symbols), extent.step.swift(arrays.symbols))
    let size = size.swift(arrays.symbols)
    writer.line("checkSlice(\(start), count: \(count), step: \(step), size: \(size))")
  }

  /// Returns where a slice starts, as a name where a run computes it.
  private mutating func start(_ value: Value, _ writer: inout LineWriter) -> String {
    if let known = size(of: value) { return known.swift(arrays.symbols) }
    if valueNames[value.position] == nil {
      let source = element(view(of: value, &writer), [], .integer)
      declare(value, as: source, &writer)
      arrays.scoped.append(value)
    }
    return atom(value)
  }
}

/// A test that a slice lies inside.
struct SwiftCheck: Hashable {
  let start: Value
  let extent: Attribute.Extent
  let size: Dimension
}

extension Function {
  /// Whether what a slice takes along an axis of `size` is inside for sure.
  fileprivate func isInside(
    _ first: Dimension, _ extent: Attribute.Extent, _ size: Dimension
  ) -> Bool {
    if extent.count == Dimension(0) { return true }
    let last = first + (extent.count - Dimension(1)) * extent.step
    guard let step = extent.step.number else { return false }
    let (low, high) = step < 0 ? (last, first) : (first, last)
    return low.isNeverNegative && (size - Dimension(1) - high).isNeverNegative
  }
}
