import BPLexer
import BPParser

extension Lowering {
  /// Returns what a loop carries into its first turn, in the types of its turns.
  mutating func initialValues(_ loop: LoweredLoop) -> [Value] {
    frame.builder.span = loop.syntax.head
    var values: [Value] = []
    for carried in loop.carried {
      values += zip(carried.initial.values, carried.types).map { fitted($0, to: $1) }
    }
    guard let returned = loop.returned else { return values }
    return values + [frame.builder.constant(0, .boolean)]
      + returned.types.map { frame.builder.constant(0, $0) }
  }

  /// Returns `value` as one of `type`, which is as wide.
  mutating func fitted(_ value: Value, to type: ValueType) -> Value {
    let number = type.isReal ? asReal(value) : value
    return stretched(number, to: type.shape.substituting(sizes))
  }

  /// Lowers the statements of a turn.
  mutating func lowerTurn(_ loop: LoweredLoop) -> LoweredTurn {
    frame.wanted = [:]
    let (changes, names) = (frame.changes.count, frame.names.count)
    let region = frame.builder.openLoop(carrying: loop.types, turnSymbol: turnSymbol(loop))
    let parameters = frame.builder.function[region].parameters
    frame.armDepth += 1
    bindNames(loop, parameters)
    let outcome = lowerBody(loop)
    let last = loop.carried.map { frame.bindings[$0.name] ?? .broken }
    revertChanges(from: changes)
    frame.armDepth -= 1
    frame.endNames(from: names)
    return LoweredTurn(
      region: region, parameters: Array(parameters.dropFirst()), exits: outcome.exits, last: last)
  }

  /// Returns the name that shapes give to the number of a turn; two functions and two loops have two.
  private func turnSymbol(_ loop: LoweredLoop) -> String? {
    loop.syntax.counter.map { "\(text($0.name))\(Dimension.turnMark)\(loop.index)" }
  }

  private mutating func bindNames(_ loop: LoweredLoop, _ parameters: [Value]) {
    var values = parameters.dropFirst()
    for carried in loop.carried {
      let version = carried.initial.replacingValues(&values)
      bind(carried.name, marked(version, carried.name), at: carried.node)
      nameParts(of: version, carried)
    }
    guard let counter = loop.syntax.counter, let count = loop.count else {
      if let counter = loop.syntax.counter { bind(counter.name, .broken, at: loop.end) }
      return
    }
    frame.builder.span = counter.span
    bind(counter.name, .value(counted(count, parameters[0])), at: loop.end)
  }

  /// Returns the number that a range counts in a turn.
  private mutating func counted(_ count: CountedRange, _ turn: Value) -> Value {
    let isByOne = frame.builder.function.constant(count.step) == 1
    let isFromZero = frame.builder.function.constant(count.first) == 0
    let offset = isByOne ? turn : frame.builder.append(.multiply, turn, count.step)
    return isFromZero ? offset : frame.builder.append(.add, count.first, offset)
  }

  /// Lowers the body of a loop, under its condition where that is computed in each turn.
  private mutating func lowerBody(_ loop: LoweredLoop) -> BlockOutcome {
    guard loop.test == .atStart else { return lowerBlock(loop.syntax.body) }
    guard let condition = lowerCondition(loop.syntax.condition) else {
      return lowerBlock(loop.syntax.body)
    }
    frame.builder.span = loop.syntax.head
    let over = frame.builder.append(.not, condition)
    return lowerRest(
      loop.syntax.body, unless: over, Exits(left: .when(over), ended: .when(over)))
  }

  // MARK: - The end of a turn

  /// Makes the loop whose turn was lowered with types that are settled; returns how it may leave the
  /// block around it.
  mutating func finish(_ loop: LoweredLoop, _ turn: LoweredTurn, _ initial: [Value]) -> Exits {
    frame.builder.span = loop.syntax.head
    let next = nextValues(loop, turn)
    let flags = returnedValues(loop, turn)
    let go = goesOn(loop, turn, next)
    frame.builder.span = loop.syntax.head
    frame.builder.close(yielding: [go] + next + flags)
    let results = frame.builder.loop(
      start: loop.start, limit: loop.limit, initial, turn.region)
    var values = results[...]
    for carried in loop.carried {
      let operand = carried.initial.replacingValues(&values)
      define(carried, marked(operand, carried.name), at: loop.end)
    }
    guard let returned = loop.returned, let flag = values.popFirst() else { return Exits() }
    let isEndless = loop.test == LoweredLoop.Test.none && turn.exits.ended == turn.exits.returned
    let left = isEndless ? Flag.always : .when(flag)
    return Exits(
      left: left, ended: left, returned: left, operand: returned.form.replacingValues(&values),
      place: turn.exits.place)
  }

  /// Makes a carried name stand for what it is after the loop.
  private mutating func define(_ carried: CarriedName, _ operand: Operand, at node: Int) {
    bind(carried.name, operand, at: node)
    nameParts(of: operand, carried)
  }

  /// Gives the values of a carried name its name.
  private mutating func nameParts(of operand: Operand, _ carried: CarriedName) {
    for (position, value) in operand.values.enumerated() {
      let part = operand.values.count == 1 ? "" : "[\(position)]"
      frame.names.append(
        NamedValue(
          value: value, name: text(carried.name) + part, span: tree.nodes[carried.node].span))
    }
  }

  /// Returns what the carried names are in the next turn.
  private mutating func nextValues(_ loop: LoweredLoop, _ turn: LoweredTurn) -> [Value] {
    var values: [Value] = []
    var position = 0
    for (carried, last) in zip(loop.carried, turn.last) {
      let operands = last.values
      for part in carried.types.indices {
        let parameter = turn.parameters[position]
        let isUsable = !last.isBroken && operands.count == carried.types.count
        values.append(isUsable ? next(operands[part], like: parameter) : parameter)
        position += 1
      }
    }
    return values
  }

  /// Returns `value` in the type of `parameter`; after a mistake, the parameter itself.
  private mutating func next(_ value: Value, like parameter: Value) -> Value {
    let target = type(parameter)
    guard type(value).isBoolean == target.isBoolean, fits(shape(value), target.shape) else {
      return parameter
    }
    return fitted(value, to: target)
  }

  /// Whether `shape` is `target`, or will be when the data is there.
  private func fits(_ shape: Shape, _ target: Shape) -> Bool {
    shape.rank == target.rank
      && zip(shape.dimensions, target.dimensions).allSatisfy { a, b in
        let difference = current(a) - current(b)
        return difference == Dimension(0) || difference.isOpen
      }
  }

  /// Returns whether a turn returned, and what.
  private mutating func returnedValues(_ loop: LoweredLoop, _ turn: LoweredTurn) -> [Value] {
    guard let returned = loop.returned else { return [] }
    let values = turn.exits.operand?.values ?? []
    let flag = value(of: turn.exits.returned)
    guard values.count == returned.types.count else {
      return [flag] + returned.types.map { frame.builder.constant(0, $0) }
    }
    return [flag] + zip(values, returned.types).map { fitted(realLiteral($0), to: $1) }
  }
}
