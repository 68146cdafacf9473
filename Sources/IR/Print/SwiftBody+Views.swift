// How emitted functions read arrays: in place wherever the elements are at regular distances.

extension SwiftBody {
  /// Returns how the elements of `value` are read; what cannot be read in place is copied first.
  mutating func view(of value: Value, _ writer: inout LineWriter) -> SwiftView {
    let shape = function.type(of: value).shape
    if let memory = arrays.memories[value] { return SwiftView(.memory(memory), shape) }
    guard function.constant(value) == nil, valueNames[value.position] == nil,
      let instruction = function.instruction(defining: value), function.isView(instruction)
    else { return SwiftView(.number(atom(value)), shape) }
    guard instruction.op != .iota else { return SwiftView(.index, shape) }
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

  /// Returns the view of the elements that a slice takes.
  func sliced(
    _ inner: SwiftView, _ extents: [Attribute.Extent], _ starts: [Value]
  ) -> SwiftView {
    var view = inner
    if case .number = view.root { return SwiftView(view.root, Shape(extents.map(\.count))) }
    for (axis, extent) in extents.enumerated() {
      let start = starts[axis]
      if let known = function.dimension(of: start) {
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

  /// Writes where a slice starts, and the test that it lies inside, as far as that is not known.
  mutating func printStarts(
    _ instruction: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) {
    guard case .window(let extents) = function.attribute(of: instruction) else { return }
    let shape = function.type(of: operands[0]).shape
    let first = operands.count - extents.count
    for (axis, extent) in extents.enumerated() {
      let start = operands[first + axis]
      if function.isInside(start, extent, shape[axis]) { continue }
      printComment(instruction.span, &writer)
      var text: String
      if let known = function.dimension(of: start) {
        text = known.swift(arrays.symbols)
      } else {
        if valueNames[start.position] == nil {
          let source = element(view(of: start, &writer), [], .integer)
          declare(start, " = \(source)", &writer)
        }
        text = atom(start)
      }
      need(.checkSlice)
      let (count, step) = (extent.count.swift(arrays.symbols), extent.step.swift(arrays.symbols))
      let size = shape[axis].swift(arrays.symbols)
      writer.line("checkSlice(\(text), count: \(count), step: \(step), size: \(size))")
    }
  }

  // MARK: - Elements

  /// Returns the element that the variables of loops name, where the elements are `strides` apart.
  mutating func element(_ view: SwiftView, _ strides: [Dimension], _ type: ValueType) -> String {
    switch view.root {
    case .number(let text): return text
    case .index:
      let sum = sum(view, strides)
      return sum.count > 1 ? "(\(sum.text))" : sum.text
    case .memory(let memory):
      let text = place(view, strides)
      switch type.element {
      case .real: return text
      case .integer: return memory.holdsIntegers ? text : "Int(\(text))"
      case .boolean: return "\(text) != 0.0"
      }
    }
  }

  /// Returns the same element as a `Double`.
  mutating func number(
    _ view: SwiftView, _ strides: [Dimension], _ type: ValueType
  ) -> String {
    if view.numbers != nil { return place(view, strides) }
    return SwiftBody.stored(element(view, strides, type), type)
  }

  /// Returns the place of that element in the memory that a view reads.
  mutating func place(_ view: SwiftView, _ strides: [Dimension]) -> String {
    guard case .memory(let memory) = view.root else { return "" }
    return "\(memory.name)[\(sum(view, strides).text)]"
  }

  private mutating func sum(
    _ view: SwiftView, _ strides: [Dimension], from name: String? = nil
  ) -> SwiftSum {
    var sum = SwiftSum()
    if let name { sum.add(name) }
    for start in view.starts { sum.add(start) }
    for (depth, stride) in strides.enumerated() {
      sum.add(loopIndex(depth), times: stride, arrays.symbols)
    }
    sum.add(view.offset, arrays.symbols)
    return sum
  }

  /// Returns the pointer to that element.
  mutating func pointer(_ view: SwiftView, _ strides: [Dimension]) -> String {
    guard case .memory(let memory) = view.root else { return "" }
    return sum(view, strides, from: memory.name).text
  }

  // MARK: - Single elements

  /// Lets expressions name what is one number in memory; returns what `forget` takes.
  mutating func prepare(_ values: [Value], _ writer: inout LineWriter) -> [Value] {
    var prepared: [Value] = []
    for value in values
    where function.constant(value) == nil && valueNames[value.position] == nil
      && !arrays.inlined.contains(value)
    {
      name(value, view(of: value, &writer), [])
      prepared.append(value)
    }
    return prepared
  }

  /// Gives `value` the name of an element that is read from a view.
  mutating func name(_ value: Value, _ view: SwiftView, _ strides: [Dimension]) {
    let type = function.type(of: value)
    valueNames[value.position] = element(view, strides, type)
    if type.isBoolean, case .memory = view.root { arrays.loose.insert(value) }
  }

  /// Takes the names of `values` back.
  mutating func forget(_ values: [Value]) {
    for value in values {
      valueNames[value.position] = nil
      arrays.loose.remove(value)
    }
  }

  // MARK: - Memory

  /// Writes the declaration of the memory that `value` is computed in.
  mutating func declareMemory(_ value: Value, _ writer: inout LineWriter) -> SwiftMemory {
    let memory = arrays.targets[value] ?? declarePlace(value, &writer)
    arrays.memories[value] = memory
    return memory
  }

  private mutating func declarePlace(_ value: Value, _ writer: inout LineWriter) -> SwiftMemory {
    let start = arrays.place(value, function.type(of: value).shape.count)
    let wished = sourceNames[value].map(SwiftBody.identifier)
    let name = SwiftNames.escaped(names.unique(wished ?? nextTemporary()))
    printer.ignoreRules([name], &writer)
    writer.line("let \(name) = \(workspace(start))")
    return SwiftMemory(name: name, holdsIntegers: false)
  }

  /// Returns the pointer to a place in the workspace.
  func workspace(_ start: Dimension) -> String {
    var sum = SwiftSum()
    sum.add("workspace")
    sum.add(start, arrays.symbols)
    return sum.text
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

  private mutating func copy(
    of value: Value, _ view: SwiftView, _ writer: inout LineWriter
  ) -> SwiftMemory {
    if let memory = arrays.copies[value] { return memory }
    let memory = declarePlace(value, &writer)
    arrays.copies[value] = memory
    let type = function.type(of: value)
    move(view, to: SwiftView(.memory(memory), type.shape), type, &writer)
    return memory
  }

  /// Writes `value` to `memory`, unless it was computed there.
  mutating func write(_ value: Value, to memory: SwiftMemory, _ writer: inout LineWriter) {
    let type = function.type(of: value)
    let source = view(of: value, &writer)
    if source.numbers?.name == memory.name { return }
    move(source, to: SwiftView(.memory(memory), type.shape), type, &writer)
  }

  /// Writes the loops that move elements of `type` from one view to another of the same shape.
  mutating func move(
    _ source: SwiftView, to target: SwiftView, _ type: ValueType, adding: Bool = false,
    _ writer: inout LineWriter
  ) {
    let nest = SwiftNest(type.shape, [source, target])
    openLoops(nest.counts, &writer)
    let (from, to) = (number(source, nest.strides[0], type), place(target, nest.strides[1]))
    if adding {
      writer.line("\(to) += \(from)")
    } else {
      assign(to, from, &writer)
    }
    closeLoops(nest.counts, &writer)
  }
}

extension Function {
  /// Whether what a slice takes along an axis of `size` is inside for sure.
  fileprivate func isInside(
    _ start: Value, _ extent: Attribute.Extent, _ size: Dimension
  ) -> Bool {
    guard let first = dimension(of: start) else { return false }
    if extent.count == Dimension(0) { return true }
    let last = first + (extent.count - Dimension(1)) * extent.step
    guard let step = extent.step.number else { return false }
    let (low, high) = step < 0 ? (last, first) : (first, last)
    return low.isNeverNegative && (size - Dimension(1) - high).isNeverNegative
  }
}
