// The memory that emitted functions compute arrays in.

extension SwiftBody {
  /// Writes the declaration of the memory that `value` is computed in: where it is wanted, when nothing
  /// reads after `place` what stands there.
  mutating func declareMemory(
    _ value: Value, after place: Int? = nil, _ writer: inout LineWriter
  ) -> SwiftMemory {
    var memory = arrays.targets[value]
    // The step reads its operands while it writes.
    let place = place ?? arrays.position - 1
    if let name = memory?.name, !arrays.isFree(name, after: place) { memory = nil }
    if memory == nil, let region = function.instruction(defining: value)?.region,
      let frame = stacks.claimFrame(for: value, in: region)
    {
      return declarePointer(value, part(of: frame.name, frame.offset), &writer)
    }
    let known = memory ?? declarePlace(value, &writer)
    settle(value, in: known)
    return known
  }

  /// Writes the declaration of a place in the workspace for the elements of `value`.
  mutating func declarePlace(_ value: Value, _ writer: inout LineWriter) -> SwiftMemory {
    let start = arrays.place(value, function.type(of: value).shape.count)
    let name = newName(for: value)
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
