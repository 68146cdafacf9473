import BPIR

/// Writes the operations of one loop.
struct LoopWriter {
  var compilation: Compilation
  let ids: [InstructionID]
  var loop = ElementLoop()
  private let function: Function
  private let shape: [Int]
  /// The places of values by now.
  private var places: [Value: Int] = [:]
  /// For each value the number of the last operation that reads it.
  private var lastReads: [Value: Int] = [:]
  private var freeRegisters: [Int] = []
  private var registers: [Value: Int] = [:]
  /// Whose memory was taken over by a result.
  private var taken: Set<Value> = []

  init(_ compilation: Compilation, _ ids: [InstructionID]) {
    self.compilation = compilation
    self.ids = ids
    function = compilation.function
    shape = function.type(of: function[ids[0]].result).shape.numbers ?? []
    loop.count = shape.reduce(1, *)
    loop.counts = shape
    for (number, id) in ids.enumerated() {
      for operand in function.operands(of: function[id]) { lastReads[operand] = number }
    }
  }

  /// Writes the loop and returns whose memory its results took over.
  mutating func run() -> Set<Value> {
    for (number, id) in ids.enumerated() { write(function[id], number) }
    collapse()
    return taken
  }

  private mutating func write(_ instruction: Instruction, _ number: Int) {
    let operands = Array(function.operands(of: instruction))
    let sources = operands.map { place(of: $0) } as [Int]
    for operand in operands where lastReads[operand] == number {
      if let register = registers.removeValue(forKey: operand) { freeRegisters.append(register) }
    }
    let target = placeResult(instruction, number)
    loop.code.append(
      ElementLoop.Operation(
        op: instruction.op, target: target, a: sources[0],
        b: sources.count > 1 ? sources[1] : sources[0],
        c: sources.count > 2 ? sources[2] : sources[0]))
  }

  // MARK: - Places

  private mutating func add(_ place: ElementLoop.Place) -> Int {
    loop.places.append(place)
    return loop.places.count - 1
  }

  private mutating func takeRegister() -> Int {
    if let free = freeRegisters.popLast() { return free }
    loop.registerCount += 1
    return loop.registerCount - 1
  }

  private mutating func ownRegister() -> Int {
    loop.registerCount += 1
    return loop.registerCount - 1
  }

  private mutating func place(of operand: Value) -> Int {
    if let known = places[operand] { return known }
    let place = add(source(operand))
    places[operand] = place
    return place
  }

  private mutating func source(_ operand: Value) -> ElementLoop.Place {
    if function.constant(operand) != nil {
      return .number(slot: compilation.slots[operand.position], register: ownRegister())
    }
    guard let instruction = function.instruction(defining: operand), instruction.op == .broadcast,
      compilation.schedule.isView(operand)
    else { return .memory(compilation.memory(of: operand)) }
    let (offset, strides) = compilation.stretchedLayout(of: operand)
    return strides.allSatisfy { $0 == 0 }
      ? .number(slot: offset, register: ownRegister())
      : .strided(offset: offset, strides: strides, register: ownRegister())
  }

  private mutating func placeResult(_ instruction: Instruction, _ number: Int) -> Int {
    let result = instruction.result
    let isKept = compilation.liveness.lastUse(of: result) > compilation.position
    guard isKept || compilation.checksIntegers(instruction) else {
      let register = takeRegister()
      registers[result] = register
      // What nobody reads is free at once.
      if lastReads[result] == nil { freeRegisters.append(register) }
      let place = add(.register(register))
      places[result] = place
      return place
    }
    if let source = dying(instruction, number) {
      compilation.put(result, into: compilation.blockOf[source.position])
      taken.insert(source)
    } else {
      compilation.place(result)
    }
    let place = add(.memory(compilation.slots[result.position]))
    places[result] = place
    return place
  }

  /// Returns an operand whose memory the result can take over: nothing reads it later.
  private func dying(_ instruction: Instruction, _ number: Int) -> Value? {
    let candidates = candidates(instruction, number)
    let wish = compilation.wishes[instruction.result.position]
    return candidates.first { compilation.blockOf[$0.position] == wish } ?? candidates.first
  }

  private func candidates(_ instruction: Instruction, _ number: Int) -> [Value] {
    var candidates: [Value] = []
    for operand in function.operands(of: instruction) {
      let root = function.root(of: operand)
      guard case .memory? = places[operand].map({ loop.places[$0] }),
        function.constant(root) == nil,
        !taken.contains(root), compilation.diesHere(root),
        function.elementCount(of: root) == loop.count, !isMade(root),
        !isReadLater(root, number)
      else { continue }
      candidates.append(root)
    }
    return candidates
  }

  private func isMade(_ value: Value) -> Bool { ids.contains { function[$0].result == value } }

  private func isReadLater(_ root: Value, _ number: Int) -> Bool {
    lastReads.contains { operand, last in
      guard compilation.owner(of: operand) == root else { return false }
      if last > number { return true }
      // What is stretched is not read at the place that is written.
      guard let place = places[operand], case .memory = loop.places[place] else { return true }
      return false
    }
  }

  // MARK: - Axes

  /// Makes one axis of neighbours that every operand walks through evenly.
  private mutating func collapse() {
    var axis = loop.counts.count - 1
    while axis > 0 {
      if canMerge(axis) { merge(axis) }
      axis -= 1
    }
  }

  private func canMerge(_ axis: Int) -> Bool {
    loop.places.allSatisfy { place in
      guard case .strided(_, let strides, _) = place else { return true }
      return strides[axis - 1] == strides[axis] * loop.counts[axis]
    }
  }

  private mutating func merge(_ axis: Int) {
    loop.counts[axis - 1] *= loop.counts[axis]
    loop.counts.remove(at: axis)
    loop.places = loop.places.map { place in
      guard case .strided(let offset, var strides, let register) = place else { return place }
      strides[axis - 1] = strides[axis]
      strides.remove(at: axis)
      return .strided(offset: offset, strides: strides, register: register)
    }
  }
}
