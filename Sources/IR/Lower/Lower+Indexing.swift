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

  /// Lowers `x[…] = v`: the array with `v` in place of a part is a new version of `x`.
  mutating func lowerElementDefinition(
    _ index: Int, _ node: SyntaxNode, _ outcome: inout BlockOutcome
  ) {
    let value = pop()
    let entries = popArguments(Int(node.count))
    let operand = pop()
    let target = tree.targets[Int(node.payload)]
    let result = replaced(operand, entries, value, at: node.span)
    bind(target.name, result, at: index)
    outcome.parts = [(.name(target.name), result)]
    for value in result.values {
      frame.names.append(NamedValue(value: value, name: text(target.name), span: node.span))
    }
  }

  private mutating func replaced(
    _ operand: LoweredExpression, _ entries: [LoweredExpression], _ value: LoweredExpression,
    at span: Span
  ) -> Operand {
    guard let values = values([operand, value]), var index = index(values[0], entries, at: span)
    else { return .broken }
    guard type(values[0]).isBoolean == type(values[1]).isBoolean else {
      report(.elementKindDiffers(at: span))
      return .broken
    }
    let fitted = asOneElement(values)
    frame.builder.span = span
    let part = taken(index, from: fitted[0])
    guard let new = stretched(fitted[1], to: index, of: part, at: span) else {
      report(.shapesDiffer(operands([operand, value], values), at: span, value.span))
      return .broken
    }
    // The shape of the value may have told what a symbol is.
    index.extents = index.extents.map { $0.substituting(sizes) }
    let whole = scattered(part, index.gathers[...], new)
    let view = frame.builder.reshape(whole, to: Shape(index.extents.map(\.count)))
    return .value(
      frame.builder.append(
        .sliceSet, [fitted[0], view] + index.starts, .window(index.extents)))
  }

  /// Returns `value` in the shape of the part that an index names.
  private mutating func stretched(
    _ value: Value, to index: LoweredIndex, of part: Value, at span: Span
  ) -> Value? {
    var dimensions = shape(part).dimensions
    for gather in index.gathers.reversed() {
      dimensions.replaceSubrange(
        gather.axis...gather.axis, with: shape(gather.indices).dimensions)
    }
    let target = Shape(dimensions)
    guard let common = commonShape(target, shape(value), at: span), common.rank == target.rank,
      common == target.substituting(sizes)
    else { return nil }
    return frame.builder.broadcast(value, to: common)
  }

  /// Returns `part` with `value` at the indices of `gathers`.
  private mutating func scattered(
    _ part: Value, _ gathers: ArraySlice<(axis: Int, indices: Value)>, _ value: Value
  ) -> Value {
    guard let gather = gathers.last else { return value }
    var inner = value
    if gathers.count > 1 {
      let taken = frame.builder.append(.gather, [part, gather.indices], .axis(gather.axis))
      inner = scattered(taken, gathers.dropLast(), value)
    }
    return frame.builder.append(.scatterSet, [part, inner, gather.indices], .axis(gather.axis))
  }

  private mutating func taken(_ index: LoweredIndex, from x: Value) -> Value {
    let part = frame.builder.slice(x, index.starts, index.extents)
    let dimensions = zip(index.extents, index.drops).filter { !$0.1 }.map(\.0.count)
    return frame.builder.reshape(part, to: Shape(dimensions))
  }

  // MARK: - Entries

  private mutating func index(
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
    if let number = frame.builder.function.constant(value), number >= 0 { return value }
    let length = frame.builder.broadcast(frame.builder.size(size), to: shape(value))
    return frame.builder.append(
      .select, frame.builder.append(.less, value, zero),
      frame.builder.append(.add, value, length), value)
  }

  // MARK: - Ranges

  private mutating func part(
    _ range: IndexRange, _ size: Dimension, at span: Span
  ) -> (start: Value, extent: Attribute.Extent)? {
    guard let bounds = values(range.bounds) else { return nil }
    var whole: [Value] = []
    for (bound, expression) in zip(bounds, range.bounds) {
      guard shape(bound).isScalar, let value = wholeIndex(bound, at: expression.span) else {
        if !shape(bound).isScalar {
          report(.indexIsNoInteger(isBoolean: false, at: expression.span))
        }
        return nil
      }
      whole.append(value)
    }
    guard let step = step(whole, range) else { return nil }
    let lower = boundFromStart(whole[0], size)
    let upper = boundFromStart(whole[1], size)
    guard let count = count(lower, upper, step, range.isClosed, at: span) else { return nil }
    return checkedPart(lower, count, step, size, at: span)
  }

  private mutating func step(_ bounds: [Value], _ range: IndexRange) -> Int? {
    guard bounds.count == 3 else { return 1 }
    guard let step = frame.builder.function.constant(bounds[2]).flatMap({ Int(exactly: $0) }) else {
      report(.stepIsNoNumber(at: range.bounds[2].span))
      return nil
    }
    if step == 0 { report(.stepIsZero(at: range.bounds[2].span)) }
    return step == 0 ? nil : step
  }

  /// A literal below 0 counts from the end.
  private mutating func boundFromStart(_ value: Value, _ size: Dimension) -> Value {
    guard let number = frame.builder.function.constant(value).flatMap({ Int(exactly: $0) }),
      number < 0
    else { return value }
    return frame.builder.size(size + Dimension(number))
  }

  /// Returns how many elements a range takes.
  private mutating func count(
    _ lower: Value, _ upper: Value, _ step: Int, _ isClosed: Bool, at span: Span
  ) -> Dimension? {
    guard let difference = frame.builder.function.difference(upper, lower) else {
      report(.lengthDependsOnData(at: span))
      return nil
    }
    // From the first element to the last, and that one: floor((b - a) / k) + 1.
    let reach = isClosed ? difference : difference - Dimension(step > 0 ? 1 : -1)
    let count = reach.dividedRoundingDown(by: step) + Dimension(1)
    return (count.number ?? 0) < 0 ? Dimension(0) : count
  }

  private mutating func checkedPart(
    _ lower: Value, _ count: Dimension, _ step: Int, _ size: Dimension, at span: Span
  ) -> (start: Value, extent: Attribute.Extent)? {
    let extent = Attribute.Extent(count, step: Dimension(step))
    guard let start = frame.builder.function.dimension(of: lower)?.number,
      let number = count.number, let known = size.number
    else { return (lower, extent) }
    // An empty range takes nothing, wherever it starts.
    if number == 0 { return (frame.builder.constant(0, .integer), extent) }
    let last = Dimension(start) + Dimension(number - 1) * Dimension(step)
    guard start >= 0, start < known, let end = last.number, end >= 0, end < known else {
      report(.rangeOutOfRange(quoted(span), size, at: span))
      return nil
    }
    return (lower, extent)
  }
}

extension Function {
  /// Returns `a - b` as a dimension, also where both contain the same computed whole number.
  func difference(_ a: Value, _ b: Value) -> Dimension? {
    if let x = dimension(of: a), let y = dimension(of: b) { return x - y }
    let (first, rest) = offset(of: a)
    let (second, others) = offset(of: b)
    return first == second ? rest - others : nil
  }

  /// Returns what `value` is made of as a computed number and a dimension that is added.
  private func offset(of value: Value) -> (Value, Dimension) {
    guard let instruction = instruction(defining: value), instruction.operandCount == 2 else {
      return (value, Dimension(0))
    }
    let (a, b) = (operand(0, of: instruction), operand(1, of: instruction))
    switch instruction.op {
    case .add:
      if let added = dimension(of: b) {
        let (base, rest) = offset(of: a)
        return (base, rest + added)
      }
      guard let added = dimension(of: a) else { return (value, Dimension(0)) }
      let (base, rest) = offset(of: b)
      return (base, rest + added)
    case .subtract:
      guard let taken = dimension(of: b) else { return (value, Dimension(0)) }
      let (base, rest) = offset(of: a)
      return (base, rest - taken)
    default: return (value, Dimension(0))
    }
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
