// How emitted functions read arrays: in place wherever the elements are at regular distances.

extension SwiftBody {
  /// Returns how the elements of `value` are read; what cannot be read in place is copied first.
  mutating func view(of value: Value, _ writer: inout LineWriter) -> SwiftView {
    let shape = function.type(of: value).shape
    if let memory = arrays.memories[value] { return SwiftView(.memory(memory), shape) }
    guard function.constant(value) == nil, valueNames[value.position] == nil,
      let instruction = function.instruction(defining: value), function.isView(instruction)
    else { return SwiftView(.number(atom(value)), shape) }
    return instruction.op == .iota ? SwiftView(.index, shape) : view(by: instruction, &writer)
  }

  /// Returns how the elements are read that `instruction` takes from its operand.
  private mutating func view(
    by instruction: Instruction, _ writer: inout LineWriter
  ) -> SwiftView {
    let shape = function.type(of: instruction.result).shape
    let source = function.operand(0, of: instruction)
    let sourceShape = function.type(of: source).shape
    let inner = view(of: source, &writer)
    switch function.attribute(of: instruction) {
    case .permutation(let axes): return inner.transposed(axes)
    case .window(let extents):
      let starts = Array(function.operands(of: instruction).dropFirst())
      return sliced(inner, extents, starts)
    default:
      if instruction.op == .broadcast { return inner.stretched(from: sourceShape, to: shape) }
      if let view = inner.reshaped(from: sourceShape, to: shape) { return view }
      return SwiftView(.memory(copy(of: source, inner, &writer)), shape)
    }
  }

  /// Returns a pointer to the elements of `value`, one after another as `Double`s.
  mutating func pointer(to value: Value, _ writer: inout LineWriter) -> SwiftView {
    let view = view(of: value, &writer)
    let shape = function.type(of: value).shape
    if view.isDense(shape) {
      var dense = view
      dense.strides = SwiftView.denseStrides(shape)
      return dense
    }
    return SwiftView(.memory(copy(of: value, view, &writer)), shape)
  }

  /// Returns memory with the elements of a view, one after another.
  mutating func copy(
    of value: Value, _ view: SwiftView, _ writer: inout LineWriter
  ) -> SwiftMemory {
    if let memory = arrays.copies[value] { return memory }
    let memory = declarePlace(value, &writer)
    arrays.copies[value] = memory
    let type = function.type(of: value)
    move(view, to: SwiftView(.memory(memory), type.shape), type, &writer)
    return memory
  }
}
