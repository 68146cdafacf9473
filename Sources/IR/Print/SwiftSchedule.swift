/// The order in which an emitted function computes arrays: operations on the elements of arrays of
/// one shape are one loop.
struct SwiftSchedule {
  /// The steps of each region.
  private(set) var steps: [[ScheduledStep]]
  /// For each step, in the order in which they are written, the values that no later one reads.
  private(set) var dying: [[Value]] = []
  private var lastUses: [Int]
  /// For each value the places where it is read, in order; empty where nothing is assigned twice.
  private var places: [[Int]] = []
  /// For each region the place where what it yields is read.
  private(set) var ends: [Int]
  private let function: Function
  private var states: [State]
  private var open: [InstructionID] = []
  private var waiting: [InstructionID] = []
  /// How often a loop was closed; what was open or waiting before is written.
  private var flushCount = 0

  /// Where a value is made.
  private enum State {
    /// By a step that is written already, or by none.
    case written
    /// By the loop that is open after so many others.
    case open(Int)
    /// By an instruction that waits for that loop.
    case waiting(Int)
  }

  /// The most instructions of a loop: the type checker takes a body as one.
  private static let longestLoop = 100

  /// Finds the steps of `function`, in which the conditions `inlined` are written where they are
  /// used.
  init(_ function: Function, inlined: Set<Value> = []) {
    self.function = function
    steps = Array(repeating: [], count: function.regions.count)
    states = Array(repeating: .written, count: function.valueCount)
    lastUses = Array(repeating: -1, count: function.valueCount)
    ends = []
    for index in function.regions.indices { schedule(RegionID(index)) }
    ends = function.regionEnds(in: steps)
    if function.contains(.loop) { places = Array(repeating: [], count: function.valueCount) }
    let position = function.forEachUse(in: steps, readsConditionsFirst: true) {
      use($0, at: $1, inlined)
    }
    for result in function.results { use(result, at: .max, inlined) }
    dying = Array(repeating: [], count: position)
    for (index, last) in lastUses.enumerated() where last >= 0 && last < position {
      dying[last].append(Value(index))
    }
  }

  /// The last step that reads `value`, or something that is a view of it.
  func lastUse(of value: Value) -> Int { lastUses[value.position] }

  /// Whether `value`, or something that is a view of it, is read after `place`, other than in
  /// `skipped`: places that are not reached from there.
  func isRead(_ value: Value, after place: Int, except skipped: [ClosedRange<Int>]) -> Bool {
    guard lastUses[value.position] > place else { return false }
    guard !places.isEmpty, !skipped.isEmpty else { return true }
    return places[value.position].reversed().prefix { $0 > place }.contains { use in
      !skipped.contains { $0.contains(use) }
    }
  }

  // MARK: - Loops

  /// Collects operations into loops. What reads a result of the open loop waits behind it, so that
  /// others which do not can still join.
  private mutating func schedule(_ region: RegionID) {
    var steps: [ScheduledStep] = []
    var shape = Shape.scalar
    for id in function[region].instructions {
      let instruction = function[id]
      let isLoop = function.isLoop(instruction)
      let ownShape = isLoop ? function.type(of: instruction.result).shape : shape
      if !instruction.regions.isEmpty
        || isLoop && (ownShape != shape || !canJoin(instruction))
      {
        flush(into: &steps)
      }
      if isLoop {
        shape = ownShape
        open.append(id)
        states[instruction.result.position] = .open(flushCount)
      } else if waits(instruction) {
        waiting.append(id)
        for result in instruction.results { states[result.position] = .waiting(flushCount) }
      } else {
        steps.append(.instruction(id))
      }
    }
    flush(into: &steps)
    self.steps[region.position] = steps
  }

  private mutating func flush(into steps: inout [ScheduledStep]) {
    if !open.isEmpty { steps.append(.loop(open)) }
    steps += waiting.map { .instruction($0) }
    open = []
    waiting = []
    flushCount += 1
  }

  /// Whether an operation on elements can be part of the open loop: it reads its results element by
  /// element, and nothing that waits for it.
  private func canJoin(_ instruction: Instruction) -> Bool {
    guard open.count < SwiftSchedule.longestLoop else { return false }
    return function.operands(of: instruction).allSatisfy { operand in
      let source = function.viewed(by: operand)
      switch states[source.position] {
      case .written: return true
      case .open(let number): return number != flushCount || source == operand
      case .waiting(let number): return number != flushCount
      }
    }
  }

  /// Whether what is written for an instruction has to wait for the open loop.
  private func waits(_ instruction: Instruction) -> Bool {
    // A view reads nothing by itself, but for where a slice starts.
    let operands = function.operands(of: instruction)
    let read = function.isView(instruction) ? operands.dropFirst() : operands
    return read.contains { operand in
      switch states[function.viewed(by: operand).position] {
      case .written: false
      case .open(let number), .waiting(let number): number == flushCount
      }
    }
  }

  // MARK: - Last uses

  private mutating func use(_ value: Value, at position: Int, _ inlined: Set<Value>) {
    var rest = [value]
    while let value = rest.popLast() {
      note(value, position)
      guard let instruction = function.instruction(defining: value) else { continue }
      if inlined.contains(value) {
        rest += function.operands(of: instruction)
      } else if function.isView(instruction) {
        rest += function.operands(of: instruction)
      }
    }
  }

  private mutating func note(_ value: Value, _ position: Int) {
    lastUses[value.position] = max(position, lastUses[value.position])
    if !places.isEmpty { places[value.position].append(position) }
  }
}

extension Function {
  /// Whether there are arrays in it.
  var hasArrays: Bool {
    (0..<valueCount).contains { !type(of: Value($0)).shape.isScalar }
      || instructions.contains { $0.op.isArrayOperation }
  }

  /// Whether an instruction works on the elements of arrays one by one, and there are several.
  func isLoop(_ instruction: Instruction) -> Bool {
    switch instruction.op {
    case .mark, .conditional, .loop, .push, .pop, .call: false
    default: !instruction.op.isArrayOperation && !isSingle(instruction.result)
    }
  }

  /// Whether `value` is one number, be it an array or not.
  func isSingle(_ value: Value) -> Bool { type(of: value).shape.count == Dimension(1) }

  /// Whether the result has no memory of its own: its elements are read where they are.
  func isView(_ instruction: Instruction) -> Bool {
    switch instruction.op {
    case .slice: !isElement(instruction) && !isPartOfChanging(instruction)
    case .reshape, .broadcast, .transpose, .iota, .dimension: true
    default: false
    }
  }

  /// Whether an instruction reads one element where it stands: in arms and turns, where the array may
  /// have others soon.
  func isElement(_ instruction: Instruction) -> Bool {
    instruction.op == .slice && instruction.region != .body && isSingle(instruction.result)
  }

  /// Whether an instruction takes a part of an array that arms or turns change in place.
  func isPartOfChanging(_ instruction: Instruction) -> Bool {
    guard instruction.op == .slice, instruction.region != .body else { return false }
    let whole = storing(operand(0, of: instruction))
    switch definition(of: whole) {
    case .regionParameter: return true
    case .parameter, .constant: return false
    case .result(let id, _):
      return switch self[id].op {
      case .sliceSet, .sliceAdd, .scatterSet, .scatterAdd, .loop, .conditional: true
      default: false
      }
    }
  }

  /// Returns the value that `value` is in the end a view of.
  func viewed(by value: Value) -> Value {
    var value = value
    while let instruction = instruction(defining: value), isView(instruction),
      instruction.operandCount > 0
    {
      value = operand(0, of: instruction)
    }
    return value
  }
}
