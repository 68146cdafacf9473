import BPLexer

/// Builds a function instruction by instruction: infers types, shares equal pure instructions as
/// they are made, and, unless told otherwise, simplifies.
package struct Builder {
  /// The function as far as it is built.
  package var function: Function
  /// Whether constants are folded and algebraic laws applied.
  package let simplifies: Bool
  /// Whether equal pure instructions are made once.
  package let shares: Bool
  /// The source text that new instructions stand for.
  package var span = Span.none

  private(set) var openRegions: [RegionID] = [.body]
  private var isOpen: [Bool] = [true]
  /// The regions of loops.
  private var isLoop: Set<RegionID> = []
  private var table: SharingTable

  /// Creates the builder of a function called `name`, with room for `capacity` instructions.
  package init(
    name: String, capacity: Int = 16, simplifies: Bool = true, shares: Bool = true
  ) {
    function = Function(name: name)
    function.reserve(capacity)
    table = SharingTable(capacity: capacity)
    self.simplifies = simplifies
    self.shares = shares
  }

  // MARK: - Instructions

  /// Returns the real number `number`.
  package mutating func constant(_ number: Double, _ type: ValueType = .real) -> Value {
    function.constant(number, type)
  }

  /// Returns the value of `op` of one operand.
  package mutating func append(_ op: Op, _ a: Value) -> Value {
    if simplifies, let value = simplified(op, a) { return value }
    function.pushOperand(a)
    return finish(op, operandCount: 1)
  }

  /// Returns the value of `op` of two operands.
  package mutating func append(_ op: Op, _ a: Value, _ b: Value) -> Value {
    if simplifies, let value = simplified(op, a, b) { return value }
    function.pushOperand(a)
    function.pushOperand(b)
    return finish(op, operandCount: 2)
  }

  /// Returns the value of `op` of three operands.
  package mutating func append(_ op: Op, _ a: Value, _ b: Value, _ c: Value) -> Value {
    if simplifies, let value = simplified(op, a, b, c) { return value }
    function.pushOperand(a)
    function.pushOperand(b)
    function.pushOperand(c)
    return finish(op, operandCount: 3)
  }

  /// Returns the value of `op` of any number of operands.
  package mutating func append(_ op: Op, _ operands: some Collection<Value>) -> Value {
    let operands = Array(operands)
    switch operands.count {
    case 1: return append(op, operands[0])
    case 2: return append(op, operands[0], operands[1])
    case 3: return append(op, operands[0], operands[1], operands[2])
    default:
      for operand in operands { function.pushOperand(operand) }
      return finish(op, operandCount: operands.count)
    }
  }

  /// Returns the value of an operation on arrays.
  package mutating func append(
    _ op: Op, _ operands: [Value], _ attribute: Attribute
  ) -> Value {
    if simplifies, let value = simplified(op, operands, attribute) { return value }
    for operand in operands { function.pushOperand(operand) }
    let index = function.index(of: attribute)
    if let shared = shared(op, operands.count, index) {
      function.popOperands(operands.count)
      return function[shared].result
    }
    let type = op.arrayType(of: operands.map(function.type), attribute) ?? wanted(attribute)
    let id = function.add(
      op, operandCount: operands.count, resultType: type, attribute: index,
      in: home(op, operands.count, type.isTurnSized || attribute.isTurnSized), at: span)
    place(id)
    return function[id].result
  }

  /// Returns the type that an attribute asks for where the sizes of the data do not fit.
  private func wanted(_ attribute: Attribute) -> ValueType {
    if case .shape(let shape) = attribute { ValueType(.real, shape) } else { .real }
  }

  /// Returns the results of calling function number `index`, which returns values of `types`.
  package mutating func call(
    _ index: Int, _ arguments: [Value], returning types: [ValueType]
  ) -> [Value] {
    for argument in arguments { function.pushOperand(argument) }
    let attribute = UInt32(index)
    if let shared = shared(.call, arguments.count, attribute) {
      function.popOperands(arguments.count)
      return Array(function[shared].results)
    }
    let id = function.add(
      .call, operandCount: arguments.count, resultTypes: types, attribute: attribute, in: region,
      at: span)
    place(id)
    return Array(function[id].results)
  }

  /// Adds the instruction whose operands were pushed, unless there is one that is equal.
  private mutating func finish(_ op: Op, operandCount: Int) -> Value {
    if let shared = shared(op, operandCount, 0) {
      function.popOperands(operandCount)
      return function[shared].result
    }
    // Every maker of instructions converts operands first, and the verifier proves that it did.
    let type = op.info.type.result(of: function.lastOperands(operandCount), in: function) ?? .real
    let id = function.add(
      op, operandCount: operandCount, resultType: type, attribute: 0,
      in: home(op, operandCount, type.isTurnSized), at: span)
    place(id)
    return function[id].result
  }

  private mutating func place(_ id: InstructionID) {
    let region = function[id].region
    function.regions[region.position].instructions.append(id)
    guard shares, function[id].op.isShareable else { return }
    let instruction = function[id]
    table.insert(
      id, Builder.hash(instruction.op, instruction.attribute, function.operands(of: instruction)))
  }

  // MARK: - Stacks

  /// Returns the empty stack of values of `type`.
  package mutating func emptyStack(of type: ValueType) -> Value { constant(0, type.stack) }

  /// Returns `stack` with `value` on top.
  package mutating func push(_ value: Value, onto stack: Value) -> Value {
    append(.push, stack, value)
  }

  /// Returns the top of `stack`, and what is below it.
  package mutating func pop(_ stack: Value) -> (value: Value, stack: Value) {
    if simplifies, let top = function.instruction(defining: stack), top.op == .push {
      return (function.operand(1, of: top), function.operand(0, of: top))
    }
    function.pushOperand(stack)
    let type = function.type(of: stack)
    let id = function.add(
      .pop, operandCount: 1, resultTypes: [type.unstacked, type], attribute: 0, in: region, at: span
    )
    place(id)
    let results = function[id].results
    return (results[results.startIndex], results[results.startIndex + 1])
  }

  // MARK: - Regions

  /// The region that new instructions go to.
  package var region: RegionID { openRegions[openRegions.count - 1] }

  /// Whether `value` can be used wherever `other` can; both are in open regions.
  package func isThere(_ value: Value, where other: Value) -> Bool {
    guard function.constant(value) == nil,
      let depth = openRegions.firstIndex(of: function.region(of: value)),
      let otherDepth = openRegions.firstIndex(of: function.region(of: other))
    else { return function.constant(value) != nil }
    return depth <= otherDepth
  }

  /// Opens the two regions of a conditional and makes the first the current one.
  package mutating func openArms() -> (then: RegionID, otherwise: RegionID) {
    let then = RegionID(function.regions.count)
    function.regions.append(Region())
    function.regions.append(Region())
    isOpen.append(false)
    isOpen.append(false)
    enter(then)
    return (then, RegionID(then.position + 1))
  }

  /// Makes `region` the current one.
  package mutating func enter(_ region: RegionID) {
    openRegions.append(region)
    isOpen[region.position] = true
  }

  /// Makes `regions` the open ones, after regions behind them were taken back.
  mutating func setOpenRegions(_ regions: [RegionID]) {
    for region in function.regions.count..<isOpen.count { isLoop.remove(RegionID(region)) }
    isOpen.removeSubrange(function.regions.count...)
    for region in openRegions where region.position < isOpen.count {
      isOpen[region.position] = false
    }
    openRegions = regions
    for region in regions { isOpen[region.position] = true }
  }

  /// Closes the current region, which yields `values`.
  package mutating func close(yielding values: [Value]) {
    let region = openRegions.removeLast()
    isOpen[region.position] = false
    function.regions[region.position].yields = values
  }

  /// Makes the closed `region` yield `values`.
  package mutating func setYields(of region: RegionID, _ values: [Value]) {
    function.regions[region.position].yields = values
  }

  /// Returns the results of the conditional with two closed regions.
  package mutating func conditional(
    _ condition: Value, _ arms: (then: RegionID, otherwise: RegionID)
  ) -> [Value] {
    function.pushOperand(condition)
    let types = function[arms.then].yields.map(function.type)
    let id = function.add(
      .conditional, operandCount: 1, resultTypes: types, attribute: arms.then.index, in: region,
      at: span)
    place(id)
    return Array(function[id].results)
  }

  /// Opens the region of a loop that carries values of `types`, makes it the current one and returns
  /// it.
  ///
  /// - Parameter turnSymbol: the name that shapes give to the number of the turn.
  package mutating func openLoop(
    carrying types: [ValueType], turnSymbol: String? = nil
  ) -> RegionID {
    let region = openTurns(carrying: [types])[0]
    function.regions[region.position].turnSymbol = turnSymbol
    return region
  }

  /// Makes the open region of a loop carry one more value, of `type`, and returns it.
  package mutating func addCarried(to region: RegionID, _ type: ValueType) -> Value {
    function.addParameter(of: region, type)
  }

  /// Opens regions of turns that carry values of `types`, makes the first the current one and returns
  /// them.
  package mutating func openTurns(carrying types: [[ValueType]]) -> [RegionID] {
    let regions = types.map { types in
      let region = RegionID(function.regions.count)
      function.regions.append(Region())
      isOpen.append(false)
      isLoop.insert(region)
      _ = function.addParameter(of: region, .integer)
      for type in types { _ = function.addParameter(of: region, type) }
      return region
    }
    enter(regions[0])
    return regions
  }

  /// Returns the last values of what `turns` turns of the closed region `body` carry, and what is kept
  /// on the way, at most `snapshots` times.
  package mutating func sweep(
    turns: Value, snapshots: Value, _ initial: [Value], _ body: RegionID
  ) -> (last: [Value], kept: Value) {
    let types = initial.map(function.type) + [ValueType.real.stack]
    let results = hold(.sweep, [turns, snapshots] + initial, types, body)
    return (Array(results.dropLast()), results[results.count - 1])
  }

  /// Returns the last values of what the second of two closed regions carries from the last turn of a
  /// sweep to its first; the first region takes a turn of the sweep.
  package mutating func revolve(
    turns: Value, snapshots: Value, kept: Value, _ initial: [Value], _ advance: RegionID
  ) -> [Value] {
    hold(.revolve, [turns, snapshots, kept] + initial, initial.map(function.type), advance)
  }

  /// Returns the results of a sweep, or of the way back, with `operands` and closed regions from `body`
  /// on.
  mutating func turns(_ op: Op, _ operands: [Value], _ body: RegionID) -> [Value] {
    let carried = operands.dropFirst(op == .sweep ? 2 : 3).map(function.type)
    return hold(op, operands, op == .sweep ? carried + [ValueType.real.stack] : carried, body)
  }

  /// Returns the results of a construct with the closed region `body`.
  private mutating func hold(
    _ op: Op, _ operands: [Value], _ types: [ValueType], _ body: RegionID
  ) -> [Value] {
    for operand in operands { function.pushOperand(operand) }
    let id = function.add(
      op, operandCount: operands.count, resultTypes: types, attribute: body.index, in: region,
      at: span)
    place(id)
    return Array(function[id].results)
  }

  /// Returns the last values of what the loop with the closed region `body` carries, and the number of
  /// turns: it takes a first turn if `start` holds, and turns as long as its region says so, at most
  /// `limit`.
  package mutating func loop(
    start: Value, limit: Value, _ initial: [Value], _ body: RegionID
  ) -> [Value] {
    hold(.loop, [start, limit] + initial, initial.map(function.type) + [.integer], body)
  }

  /// Returns the region that an instruction whose operands were pushed belongs in: what no turn of a
  /// loop changes is computed before it.
  private func home(_ op: Op, _ operandCount: Int, _ isTurnSized: Bool) -> RegionID {
    var depth = openRegions.count - 1
    guard simplifies, isLoop.contains(openRegions[depth]), op.isShareable, !isTurnSized,
      !canFail(op)
    else { return region }
    let regions = function.lastOperands(operandCount).map(function.region)
    while depth > 0, isLoop.contains(openRegions[depth]), !regions.contains(openRegions[depth]) {
      depth -= 1
    }
    return openRegions[depth]
  }

  /// Whether an instruction whose operands were pushed may end a run before its end.
  private func canFail(_ op: Op) -> Bool {
    switch op {
    case .slice, .sliceAdd, .sliceSet, .gather, .scatterAdd, .scatterSet, .integer, .derivative:
      true
    case .add, .subtract, .multiply, .modulo, .negate, .abs, .sum, .cumsum:
      function.lastOperands(1).contains { function.type(of: $0).isInteger }
    default: false
    }
  }

  // MARK: - Sharing

  private func shared(_ op: Op, _ operandCount: Int, _ attribute: UInt32) -> InstructionID? {
    guard shares, op.isShareable else { return nil }
    let operands = function.lastOperands(operandCount)
    return table.find(Builder.hash(op, attribute, operands)) { id in
      // What was taken back is still in the table: its number may mean nothing, or another one.
      guard id.position < function.instructions.count else { return false }
      let other = function[id]
      return other.op == op && other.attribute == attribute && isOpen[other.region.position]
        && Builder.areEqual(op, function.operands(of: other), operands)
    }
  }

  /// Returns a hash that does not depend on the order of the operands of a commutative operation.
  private static func hash(_ op: Op, _ attribute: UInt32, _ operands: ArraySlice<Value>) -> UInt32 {
    var hash = UInt64(op.rawValue) &+ UInt64(attribute) << 8
    if op.info.isCommutative {
      for operand in operands { hash &+= mixed(UInt64(operand.index) &+ 1) }
    } else {
      for operand in operands { hash = mixed(hash ^ UInt64(operand.index) &+ 0x9E37_79B9) }
    }
    return UInt32(truncatingIfNeeded: mixed(hash))
  }

  /// The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
  /// Generators, 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  private static func areEqual(_ op: Op, _ a: ArraySlice<Value>, _ b: ArraySlice<Value>) -> Bool {
    if a.elementsEqual(b) { return true }
    return op.info.isCommutative && a.count == 2 && a.elementsEqual(b.reversed())
  }
}
