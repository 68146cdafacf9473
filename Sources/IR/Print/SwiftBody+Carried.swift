// Where emitted functions keep what loops carry.

extension SwiftBody {
  /// Has what a loop carries stand where it starts from; returns where that is.
  mutating func carry(
    _ loop: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) -> [SwiftHome] {
    var homes: [SwiftHome] = []
    var chosen: Set<String> = []
    var fresh: [Bool] = []
    let parameters = function[loop.body].parameters.dropFirst()
    for ((initial, result), parameter) in zip(zip(operands[2...], loop.results), parameters) {
      let isFixed = loops.unchanged[parameter] != nil && function.isSingle(result)
      let known = isFixed ? nil : knownHome(of: result, from: initial, chosen)
      let home = known ?? newHome(of: result, from: initial, isFixed: isFixed, &writer)
      if case .stack = home {} else { chosen.insert(home.name) }
      homes.append(home)
      fresh.append(known == nil && function.isSingle(result))
    }
    let moved = fresh.indices.filter { !fresh[$0] }
    move(moved.map { operands[2 + $0] }, to: moved.map { homes[$0] }, &writer)
    return homes
  }

  /// Returns where `initial` stands, when nothing else reads it later, or where the result is to stand.
  private mutating func knownHome(
    of result: Value, from initial: Value, _ chosen: Set<String>
  ) -> SwiftHome? {
    let type = function.type(of: result)
    if type.isStack { return .stack }
    if function.isSingle(result) {
      if let name = valueNames[initial.position], isFree(name, of: initial, for: result, chosen) {
        return .number(name)
      }
      guard let name = arrays.wishes[result], !chosen.contains(name),
        arrays.isFree(name, after: arrays.position)
      else { return nil }
      return .number(name)
    }
    if let memory = inherited(from: initial, for: result, chosen) { return .memory(memory) }
    guard let memory = arrays.targets[result], !chosen.contains(memory.name),
      arrays.isFree(memory.name, after: arrays.position)
    else { return nil }
    return .memory(memory)
  }

  private func isFree(
    _ name: String, of initial: Value, for result: Value, _ chosen: Set<String>
  ) -> Bool {
    let isSame = sourceNames[result] == nil || sourceNames[result] == sourceNames[initial]
    return isSame && arrays.occupants[name] == initial && !chosen.contains(name)
      && !arrays.isRead(initial, after: arrays.position)
  }

  /// Returns the memory of `initial` when nothing reads that later.
  private mutating func inherited(
    from initial: Value, for result: Value, _ chosen: Set<String>
  ) -> SwiftMemory? {
    let root = function.storing(initial)
    guard let memory = arrays.memories[root], !memory.holdsIntegers,
      !chosen.contains(memory.name), !arrays.isRead(root, after: arrays.position)
    else { return nil }
    if arrays.targets[result] != nil, arrays.targets[result]?.name != memory.name { return nil }
    if arrays.handOver(root, to: result) { return memory }
    return arrays.occupants[memory.name] == root ? memory : nil
  }

  /// Declares where the result of a loop is to stand, and writes the number it starts from.
  private mutating func newHome(
    of result: Value, from initial: Value, isFixed: Bool, _ writer: inout LineWriter
  ) -> SwiftHome {
    guard function.isSingle(result) else {
      return .memory(declarePlace(result, &writer))
    }
    let prepared = prepare([initial], &writer)
    let text = expression(initial, above: 0)
    forget(prepared)
    let name = newName(for: result)
    printer.ignoreRules([name], &writer)
    let word = isFixed ? "let" : "var"
    assign("\(word) \(name): \(SwiftBody.type(function.type(of: result)))", text, &writer)
    return isFixed ? .constant(name) : .number(name)
  }
}

extension Function {
  /// Returns the value whose memory `value` has, perhaps in another shape.
  func storing(_ value: Value) -> Value {
    var value = value
    while let instruction = instruction(defining: value), instruction.op == .reshape {
      value = operand(0, of: instruction)
    }
    return value
  }
}
