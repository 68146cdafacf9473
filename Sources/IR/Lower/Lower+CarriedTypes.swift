import BPLexer
import BPParser

extension Lowering {
  /// Returns `loop` with the types that its turn asks for, or nil when they are settled or a mistake
  /// was reported.
  mutating func widened(_ loop: LoweredLoop, _ turn: LoweredTurn) -> LoweredLoop? {
    var wider = loop
    var isWider = false
    var position = 0
    for index in loop.carried.indices {
      let count = loop.carried[index].types.count
      let parameters = turn.parameters[position..<position + count]
      position += count
      guard let types = types(loop, index, turn.last[index], Array(parameters)) else { continue }
      wider.carried[index].types = types
      wider.carried[index].widenings += 1
      isWider = true
    }
    if let returned = returned(loop, turn) {
      wider.returned = returned
      isWider = true
    }
    return isWider ? wider : nil
  }

  /// Returns the wider types that a carried name needs; nil when it needs none or cannot have them.
  private mutating func types(
    _ loop: LoweredLoop, _ index: Int, _ last: Operand, _ parameters: [Value]
  ) -> [ValueType]? {
    let carried = loop.carried[index]
    let types = parameters.map { type($0) }
    let wanted =
      frame.wanted[carried.name] ?? (last.isBroken ? types : last.values.map { type($0) })
    let span = tree.nodes[carried.node].span
    guard last.isBroken || last.hasForm(of: carried.initial), wanted.count == types.count,
      zip(wanted, types).allSatisfy({ $0.isBoolean == $1.isBoolean })
    else {
      report(.kindChanges(text(carried.name), at: span, loop.syntax.head))
      return nil
    }
    var joined: [ValueType] = []
    for (start, end) in zip(types, wanted) {
      guard let type = joinedType(start, end, at: span), carried.widenings < 4 else {
        report(
          .shapeChanges(
            text(carried.name), start.shape.substituting(sizes), end.shape.substituting(sizes),
            at: span, loop.syntax.head))
        return nil
      }
      joined.append(type)
    }
    return joined == types.map { $0.substituting(sizes) } ? nil : joined
  }

  /// Returns the type that holds what a name is at the start of a turn and at its end, or nil when its
  /// shape changes.
  private mutating func joinedType(
    _ start: ValueType, _ end: ValueType, at span: Span
  ) -> ValueType? {
    guard let shape = turnShape(start.shape, end.shape, at: span) else { return nil }
    let isReal = start.isReal || end.isReal
    return (isReal ? start.of(.real) : start).with(shape.substituting(sizes))
  }

  /// Returns the shape `end`, when one of shape `start` is, or can be stretched to be, of that shape.
  private mutating func turnShape(_ start: Shape, _ end: Shape, at span: Span) -> Shape? {
    guard start.rank <= end.rank else { return nil }
    let missing = end.rank - start.rank
    var dimensions: [Dimension] = []
    for axis in 0..<end.rank {
      let x = axis < missing ? Dimension(1) : current(start[axis - missing])
      let y = current(end[axis])
      if x == y || x == Dimension(1) {
        dimensions.append(y)
      } else if unify(x, y, at: span) || (x - y).isOpen {
        dimensions.append(x)
      } else {
        return nil
      }
    }
    return Shape(dimensions)
  }

  /// Returns `type`, or `other` where that only stretches it or makes it real.
  func carriedType(_ type: ValueType, towards other: ValueType) -> ValueType {
    guard type.isBoolean == other.isBoolean else { return type }
    let missing = other.shape.rank - type.shape.rank
    let fits =
      missing >= 0
      && other.shape.dimensions.enumerated().allSatisfy { axis, dimension in
        axis < missing || type.shape[axis - missing] == dimension
          || type.shape[axis - missing] == Dimension(1)
      }
    return (other.isReal ? type.of(.real) : type).with(fits ? other.shape : type.shape)
  }

  /// Returns what a turn returns, when the loop does not know that yet.
  private mutating func returned(
    _ loop: LoweredLoop, _ turn: LoweredTurn
  ) -> (form: Operand, types: [ValueType])? {
    guard turn.exits.returned != .never, let operand = turn.exits.operand, !operand.isBroken else {
      return nil
    }
    let types = operand.values.map { value in
      let isLiteral = frame.builder.function.constant(value) != nil && type(value).isInteger
      return isLiteral ? type(value).of(.real) : type(value)
    }
    guard let known = loop.returned else { return (operand, types) }
    let areKnown =
      known.types.map { $0.substituting(sizes) } == types.map { $0.substituting(sizes) }
    return areKnown && known.form.hasForm(of: operand) ? nil : (operand, types)
  }

  // MARK: - Arms in turns

  /// Whether it is a name that the innermost loop carries.
  func isCarried(_ join: ArmJoin) -> Bool {
    if case .name(let name) = join.role { frame.carried.contains(name) } else { false }
  }

  /// Takes note of what the arms of an `if` want a carried name to be when they do not fit, and returns
  /// whether it is one.
  mutating func isUnfitForTurns(_ join: ArmJoin) -> Bool {
    guard case .name(let name) = join.role, frame.carried.contains(name), let a = join.a,
      let b = join.b, a.hasForm(of: b)
    else {
      if case .name(let name) = join.role { return frame.carried.contains(name) }
      return false
    }
    let types = zip(a.values, b.values).map { first, second in
      let wider = carriedType(type(first), towards: type(second))
      return wider == type(first) ? carriedType(type(second), towards: type(first)) : wider
    }
    frame.wanted[name] = frame.wanted[name] ?? types
    return true
  }
}
