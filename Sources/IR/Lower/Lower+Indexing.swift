import BPLexer
import BPParser

/// An index with all its entries understood.
struct LoweredIndex {
  /// For each axis of the array where the part starts.
  var starts: [Value] = []
  /// For each axis of the array what is taken.
  var extents: [Attribute.Extent] = []
  /// For each axis of the array whether an index drops it.
  var drops: [Bool] = []
  /// The vectors of indices, each with its axis among those that are left.
  var gathers: [(axis: Int, indices: Value)] = []
}

extension Lowering {
  /// Lowers a range, whose bounds are on the stack.
  mutating func lowerRange(_ node: SyntaxNode) {
    let bounds = popArguments(Int(node.count))
    push(.range(IndexRange(bounds: bounds, isClosed: node.payload == 1)), node.span)
  }

  /// Lowers `x[…]`, whose operand and entries are on the stack.
  mutating func lowerIndex(_ node: SyntaxNode) {
    let entries = popArguments(Int(node.count))
    let operand = pop()
    guard let x = values([operand])?.first, let index = index(x, entries, at: node.span) else {
      return push(.broken, node.span)
    }
    frame.builder.span = node.span
    var part = taken(index, from: x)
    // From the last axis on, since a gather with a matrix of indices makes more axes of one.
    for gather in index.gathers.reversed() {
      part = frame.builder.append(.gather, [part, gather.indices], .axis(gather.axis))
    }
    push(.value(part), node.span)
  }

  /// Returns the part that an index names, but for what its vectors of indices take.
  mutating func taken(_ index: LoweredIndex, from x: Value) -> Value {
    let part = frame.builder.slice(x, index.starts, index.extents)
    let dimensions = zip(index.extents, index.drops).filter { !$0.1 }.map(\.0.count)
    return frame.builder.reshape(part, to: Shape(dimensions))
  }

  // MARK: - Entries

  /// Returns the index that `entries` are for `x`; nil after a report.
  mutating func index(
    _ x: Value, _ entries: [LoweredExpression], at span: Span
  ) -> LoweredIndex? {
    guard !entries.contains(where: \.operand.isBroken) else { return nil }
    guard entries.count <= shape(x).rank else {
      report(.tooManyIndices(entries.count, shape(x), at: span))
      return nil
    }
    var index = LoweredIndex()
    for axis in 0..<shape(x).rank {
      let size = shape(x)[axis]
      guard axis < entries.count else {
        takeAll(size, &index)
        continue
      }
      guard add(entries[axis], size, &index) else { return nil }
    }
    return index
  }

  private mutating func takeAll(_ size: Dimension, _ index: inout LoweredIndex) {
    index.starts.append(frame.builder.constant(0, .integer))
    index.extents.append(Attribute.Extent(size))
    index.drops.append(false)
  }

  private mutating func add(
    _ entry: LoweredExpression, _ size: Dimension, _ index: inout LoweredIndex
  ) -> Bool {
    switch entry.operand {
    case .everything: takeAll(size, &index)
    case .range(let range):
      guard let (start, extent) = part(range, size, at: entry.span) else { return false }
      index.starts.append(start)
      index.extents.append(extent)
      index.drops.append(false)
    case .value(let value):
      guard let whole = wholeIndex(value, at: entry.span) else { return false }
      if shape(whole).isScalar {
        guard let start = position(whole, size, at: entry.span) else { return false }
        index.starts.append(start)
        index.extents.append(Attribute.Extent(Dimension(1)))
        index.drops.append(true)
      } else {
        index.gathers.append((index.drops.count { !$0 }, fromStart(whole, size)))
        takeAll(size, &index)
      }
    default:
      report(.tupleAsOperand(at: entry.span))
      return false
    }
    return true
  }

  /// Returns an index as a whole number: what floor, ceil and round give is whole.
  mutating func wholeIndex(_ value: Value, at span: Span) -> Value? {
    if type(value).isInteger { return value }
    if type(value).isReal, let whole = frame.builder.wholeNumber(value) { return whole }
    report(.indexIsNoInteger(isBoolean: type(value).isBoolean, at: span))
    return nil
  }

  /// Returns the position, from 0 on, of an index that may count from the end.
  private mutating func position(_ value: Value, _ size: Dimension, at span: Span) -> Value? {
    guard let number = frame.builder.function.constant(value).flatMap({ Int(exactly: $0) }) else {
      return fromStart(value, size)
    }
    if let known = size.number, number >= known || number < -known {
      report(.indexOutOfRange(number, size, at: span))
      return nil
    }
    return number < 0 ? frame.builder.size(size + Dimension(number)) : value
  }

  /// Returns indices, of which those below 0 count from the end, as positions from 0 on.
  private mutating func fromStart(_ value: Value, _ size: Dimension) -> Value {
    let zero = frame.builder.constant(0, like: value)
    if frame.builder.function.isNeverNegative(value) { return value }
    let length = frame.builder.broadcast(frame.builder.size(size), to: shape(value))
    return frame.builder.append(
      .select, frame.builder.append(.less, value, zero),
      frame.builder.append(.add, value, length), value)
  }
}

extension Builder {
  /// Returns a real value that is whole by its making as a whole number, or nil.
  mutating func wholeNumber(_ value: Value) -> Value? {
    let type = function.type(of: value).of(.integer)
    if let number = function.constant(value) {
      return type.holds(number) ? constant(number, type) : nil
    }
    guard let instruction = function.instruction(defining: value) else { return nil }
    switch instruction.op {
    case .real: return function.operand(0, of: instruction)
    case .floor, .ceil, .round: return append(.integer, value)
    default: return nil
    }
  }
}
