// What loops save in emitted functions, and later loops take.

extension SwiftBody {
  /// Declares the stacks that `instruction`, which stands in no region, is the first to use.
  mutating func declareStacks(_ instruction: Instruction, _ writer: inout LineWriter) {
    switch instruction.op {
    case .push, .pop: declareStack(of: instruction, capacity: nil, &writer)
    case .loop:
      let limit = function.operand(1, of: instruction)
      let capacity = isRoomy(instruction) ? expression(limit, above: 0) : nil
      declareStacks(in: instruction.body, capacity: capacity, &writer)
    case .conditional:
      for arm in instruction.regions { declareStacks(in: arm, capacity: nil, &writer) }
    default: break
    }
  }

  private mutating func declareStacks(
    in region: RegionID, capacity: String?, _ writer: inout LineWriter
  ) {
    for id in function[region].instructions {
      let instruction = function[id]
      if instruction.op == .push || instruction.op == .pop {
        declareStack(of: instruction, capacity: capacity, &writer)
      }
      for inner in instruction.regions { declareStacks(in: inner, capacity: nil, &writer) }
    }
  }

  /// Whether a loop takes so many turns that room is made for all of them.
  private func isRoomy(_ loop: Instruction) -> Bool {
    let limit = function.operand(1, of: loop)
    guard function.isCounted(loop) else { return false }
    return function.constant(limit).map { $0 < 1e9 } ?? (valueNames[limit.position] != nil)
  }

  private mutating func declareStack(
    of instruction: Instruction, capacity: String?, _ writer: inout LineWriter
  ) {
    let isPush = instruction.op == .push
    let number = stacks.number(of: isPush ? instruction.result : instruction.rest)
    guard !stacks.isDeclared(number) else { return }
    need(.stack)
    let value = isPush ? function.operand(1, of: instruction) : instruction.result
    let wished = sourceNames[value].map { name in
      let name = SwiftBody.identifier(name)
      return "saved\(name.prefix(1).uppercased())\(name.dropFirst())"
    }
    let name = names.unique(wished ?? "saved")
    printer.ignoreRules([name], &writer)
    stacks.declare(number, name)
    var arguments = ""
    if let capacity {
      let count = function.type(of: value).shape.count
      arguments =
        count == Dimension(1)
        ? "capacity: \(capacity)" : "capacity: \(capacity) * \(count.swiftFactor(arrays.symbols))"
    }
    writer.line("var \(name) = Stack(\(arguments))")
  }

  /// Empties the stacks of `results` where they begin as empty ones.
  mutating func startStacks(
    _ values: some Sequence<Value>, _ results: some Sequence<Value>, _ writer: inout LineWriter
  ) {
    for (value, result) in zip(values, results)
    where function.type(of: result).isStack && function.constant(value) != nil {
      let number = stacks.number(of: result)
      if stacks.start(number), stacks.isDeclared(number) {
        writer.line("\(stacks.name(of: result)).removeAll()")
      }
    }
  }

  /// Writes a push.
  mutating func printPush(
    _ instruction: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) {
    startStacks([operands[0]], [instruction.result], &writer)
    let name = stacks.name(of: instruction.result)
    let value = operands[1]
    guard !function.isSingle(value) else {
      let prepared = prepare([value], &writer)
      let text = SwiftBody.stored(expression(value, above: 0), type(value))
      forget(prepared)
      return writer.line("\(name).append(\(text))")
    }
    let view = pointer(to: value, &writer)
    let first = pointer(view, view.strides.map { _ in Dimension(0) })
    call("\(name).append", [first, "count: \(text(type(value).shape.count))"], &writer)
  }

  /// Writes a pop.
  mutating func printPop(
    _ instruction: Instruction, _ stack: Value, _ writer: inout LineWriter
  ) {
    startStacks([stack], [instruction.rest], &writer)
    let name = stacks.name(of: instruction.rest)
    let value = instruction.firstResult
    let isSingle = function.isSingle(value)
    let count = isSingle ? "" : "count: \(text(type(value).shape.count))"
    let call = "\(name).removeLast(\(count))"
    guard useCounts[value.position] > 0 else { return writer.line("_ = \(call)") }
    if isSingle { return declare(value, as: SwiftBody.loaded(call, type(value)), &writer) }
    let pointer = newName(for: value)
    printer.ignoreRules([pointer], &writer)
    writer.line("let \(pointer) = \(call)")
    let memory = SwiftMemory(name: pointer, holdsIntegers: false)
    guard isOvertaken(instruction.rest, until: arrays.schedule.lastUse(of: value)) else {
      arrays.memories[value] = memory
      return
    }
    let kept = declarePlace(value, &writer)
    move(
      SwiftView(.memory(memory), type(value).shape),
      to: SwiftView(.memory(kept), type(value).shape),
      type(value), &writer)
    arrays.memories[value] = kept
  }

  /// Whether something is pushed on `stack` before `place`.
  private func isOvertaken(_ stack: Value, until place: Int) -> Bool {
    var stack = stack
    while arrays.schedule.lastUse(of: stack) <= place, let reader = stacks.readers[stack] {
      let instruction = function[reader]
      guard instruction.op == .pop else { return true }
      stack = instruction.rest
    }
    return false
  }
}

extension Instruction {
  /// The stack that a pop leaves.
  fileprivate var rest: Value { Value(firstResult.position + 1) }
}
