// What loops save in emitted functions, and later loops take.

extension SwiftBody {
  /// Declares the stacks that `instruction`, which stands in no region, is the first to use.
  mutating func declareStacks(_ instruction: Instruction, _ writer: inout LineWriter) {
    switch instruction.op {
    case .push, .pop: declareStack(of: instruction, in: nil, &writer)
    case .loop: declareStacks(in: instruction.body, of: instruction, &writer)
    case .conditional:
      for arm in instruction.regions { declareStacks(in: arm, of: nil, &writer) }
    default: break
    }
  }

  private mutating func declareStacks(
    in region: RegionID, of loop: Instruction?, _ writer: inout LineWriter
  ) {
    for id in function[region].instructions {
      let instruction = function[id]
      if instruction.op == .push || instruction.op == .pop {
        declareStack(of: instruction, in: loop, &writer)
      }
      for inner in instruction.regions { declareStacks(in: inner, of: nil, &writer) }
    }
  }

  /// Returns what a stack is made with whose entries of `size` are pushed once in a turn of `loop`: a
  /// part of the workspace where sizes tell the number of turns, and otherwise room for all of them.
  private mutating func stackArguments(_ loop: Instruction?, _ size: Dimension) -> String {
    guard let loop, function.isCounted(loop) else { return "" }
    let limit = function.operand(1, of: loop)
    let turns = self.size(of: limit)
    if printer.hasArrays, !isCalled, let turns, turns.isNeverNegative,
      (turns * size).number ?? 0 <= 1 << 20
    {
      let start = arrays.borrow(turns * size).start
      return "\(workspace(start)), capacity: \(text(turns * size))"
    }
    allocates = true
    let isNamed = valueNames[limit.position] != nil
    guard function.constant(limit).map({ $0 < 1e9 }) ?? isNamed else { return "" }
    let factor = size == Dimension(1) ? "" : " * \(size.swiftFactor(arrays.symbols))"
    return "capacity: \(atom(limit))\(factor)"
  }

  private mutating func declareStack(
    of instruction: Instruction, in loop: Instruction?, _ writer: inout LineWriter
  ) {
    let isPush = instruction.op == .push
    let number = stacks.number(of: isPush ? instruction.result : instruction.rest)
    guard !stacks.isDeclared(number) else { return }
    need(.stack)
    let value = isPush ? function.operand(1, of: instruction) : instruction.result
    let frameSize = stacks.sizes[number]
    let wished = frameSize == nil ? sourceNames[value].map(SwiftBody.savedName) : nil
    let name = names.unique(wished ?? "saved")
    printer.ignoreRules([name], &writer)
    stacks.declare(number, name)
    let size = frameSize ?? function.type(of: value).shape.count
    if loop.map({ !function.isCounted($0) }) ?? true { allocates = true }
    writer.line("var \(name) = Stack(\(stackArguments(loop, size)))")
  }

  private static func savedName(_ name: String) -> String {
    let name = identifier(name)
    return "saved\(name.prefix(1).uppercased())\(name.dropFirst())"
  }

  /// Empties the stacks of `results` where they begin as empty ones.
  mutating func startStacks(
    _ values: some Sequence<Value>, _ results: some Sequence<Value>, _ writer: inout LineWriter
  ) {
    var seen: Set<Int> = []
    for (value, result) in zip(values, results)
    where function.type(of: result).isStack && function.constant(value) != nil {
      let number = stacks.number(of: result)
      guard seen.insert(number).inserted else { continue }
      if stacks.start(number), stacks.isDeclared(number) {
        writer.line("\(stacks.name(number)).removeAll()")
      }
    }
  }

  /// Writes what adds and removes the frames of a region.
  mutating func printFrames(_ region: RegionID, _ writer: inout LineWriter) {
    for number in stacks.added[region] ?? [] { printFrame(number, "append", &writer) }
    for number in stacks.removed[region] ?? [] { printFrame(number, "removeLast", &writer) }
  }

  private mutating func printFrame(
    _ number: Int, _ method: String, _ writer: inout LineWriter
  ) {
    guard let size = stacks.sizes[number] else { return }
    let name = names.unique("frame")
    stacks.frameNames[number] = name
    writer.line("let \(name) = \(stacks.name(number)).\(method)(count: \(text(size)))")
  }

  // MARK: - Pushes and pops

  /// Writes a push.
  mutating func printPush(
    _ instruction: Instruction, _ operands: [Value], _ writer: inout LineWriter
  ) {
    startStacks([operands[0]], [instruction.result], &writer)
    let value = operands[1]
    if let frame = stacks.frame(of: instruction.result) {
      if stacks.isWritten(function.storing(value), onto: instruction.result) { return }
      return printPart(value, frame.name, frame.offset, &writer)
    }
    let name = stacks.name(stacks.number(of: instruction.result))
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

  /// Writes `value` to its part of a frame.
  private mutating func printPart(
    _ value: Value, _ frame: String, _ offset: Dimension, _ writer: inout LineWriter
  ) {
    var part = SwiftView(
      .memory(SwiftMemory(name: frame, holdsIntegers: false)), type(value).shape)
    part.offset = offset
    guard function.isSingle(value) else {
      let view = view(of: value, &writer)
      return move(view, to: part, type(value), &writer)
    }
    let prepared = prepare([value], &writer)
    let none = part.strides.map { _ in Dimension(0) }
    assign(
      place(part, none), SwiftBody.stored(expression(value, above: 0), type(value)), &writer)
    forget(prepared)
  }

  /// Writes a pop.
  mutating func printPop(
    _ instruction: Instruction, _ stack: Value, _ writer: inout LineWriter
  ) {
    startStacks([stack], [instruction.rest], &writer)
    let value = instruction.firstResult
    if let frame = stacks.frame(of: instruction.rest) {
      return printRead(value, frame.name, frame.offset, &writer)
    }
    let name = stacks.name(stacks.number(of: instruction.rest))
    let isSingle = function.isSingle(value)
    let count = isSingle ? "" : "count: \(text(type(value).shape.count))"
    let call = "\(name).removeLast(\(count))"
    guard useCounts[value.position] > 0 else { return writer.line("_ = \(call)") }
    if isSingle { return declare(value, as: SwiftBody.loaded(call, type(value)), &writer) }
    let memory = declarePointer(value, call, &writer)
    guard isOvertaken(instruction.rest, until: arrays.schedule.lastUse(of: value)) else { return }
    let kept = declarePlace(value, &writer)
    move(
      SwiftView(.memory(memory), type(value).shape),
      to: SwiftView(.memory(kept), type(value).shape),
      type(value), &writer)
    arrays.memories[value] = kept
  }

  /// Writes the reading of a part of a frame.
  private mutating func printRead(
    _ value: Value, _ frame: String, _ offset: Dimension, _ writer: inout LineWriter
  ) {
    guard useCounts[value.position] > 0 else { return }
    guard function.isSingle(value) else {
      _ = declarePointer(value, part(of: frame, offset), &writer)
      return
    }
    let place = "\(frame)[\(text(offset))]"
    declare(value, as: SwiftBody.loaded(place, type(value)), &writer)
  }

  /// Returns the pointer to a part of a frame.
  func part(of frame: String, _ offset: Dimension) -> String {
    var sum = SwiftSum()
    sum.add(frame)
    sum.add(offset, arrays.symbols)
    return sum.text
  }

  /// Declares a pointer to the elements of `value`, which nothing overwrites.
  mutating func declarePointer(
    _ value: Value, _ expression: String, _ writer: inout LineWriter
  ) -> SwiftMemory {
    let name = newName(for: value)
    printer.ignoreRules([name], &writer)
    writer.line("let \(name) = \(expression)")
    let memory = SwiftMemory(name: name, holdsIntegers: false)
    arrays.memories[value] = memory
    return memory
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
