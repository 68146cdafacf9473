import BPIR

/// The order in which the instructions of a function run: chains of operations on the elements of
/// arrays of one shape are one step, so that what one makes is used by the next while it is in cache.
struct Schedule {
  /// The steps of each region.
  private(set) var steps: [[ScheduledStep]]
  /// For each value whether it is read only element by element.
  private var isReadByElements: [Bool]
  private let function: Function
  /// How often each value is read, also as a result.
  private(set) var useCounts: [Int]
  /// For each value the loop that is being collected and makes it, 0 for none.
  private var loops: [Int]
  private var loopCount = 0

  /// The most instructions of a loop: what they hold at a time has to fit in cache.
  private static let longestLoop = 64

  /// Finds the steps of `function`, whose stacks have the buffers `stacks`.
  init(_ function: Function, _ stacks: inout StackFrames) {
    self.function = function
    useCounts = function.useCounts()
    for result in function.results { useCounts[result.position] += 1 }
    steps = Array(repeating: [], count: function.regions.count)
    isReadByElements = Array(repeating: true, count: function.valueCount)
    loops = Array(repeating: 0, count: function.valueCount)
    for instruction in function.instructions { takeNote(of: instruction) }
    for region in function.regions {
      for value in region.yields { isReadByElements[value.position] = false }
    }
    for index in function.regions.indices {
      schedule(RegionID(index))
      steps[index] = stacks.gathered(steps[index], function)
    }
  }

  /// Whether a stretched value never has to be written out: its readers take its elements one by one.
  func isView(_ value: Value) -> Bool { isReadByElements[value.position] }

  private mutating func takeNote(of instruction: Instruction) {
    guard !function.isElementwise(instruction) else { return }
    for operand in function.operands(of: instruction) {
      isReadByElements[operand.position] = false
    }
  }

  // MARK: - Loops

  private mutating func schedule(_ region: RegionID) {
    var steps: [ScheduledStep] = []
    var open: [InstructionID] = []
    var shape = Shape.scalar
    for id in function[region].instructions {
      let instruction = function[id]
      if !function.isElementwise(instruction) {
        if reads(instruction) { flush(&open, into: &steps) }
        steps.append(.instruction(id))
        continue
      }
      let ownShape = function.type(of: instruction.result).shape
      if ownShape != shape || open.count >= Schedule.longestLoop || readsView(instruction) {
        flush(&open, into: &steps)
        shape = ownShape
      }
      if open.isEmpty { loopCount += 1 }
      open.append(id)
      loops[instruction.result.position] = loopCount
    }
    flush(&open, into: &steps)
    self.steps[region.position] = function.steps(steps, sinkingProducts: useCounts)
  }

  private mutating func flush(_ open: inout [InstructionID], into steps: inout [ScheduledStep]) {
    if !open.isEmpty { steps.append(.loop(open)) }
    open = []
    loopCount += 1
  }

  private func isOpen(_ value: Value) -> Bool {
    loopCount > 0 && loops[value.position] == loopCount
  }

  /// Whether an instruction, or its arms, read what the open loop makes.
  private func reads(_ instruction: Instruction) -> Bool {
    // What arms and turns read is not listed: they wait for everything.
    if !instruction.regions.isEmpty { return true }
    return function.operands(of: instruction).contains { isOpen(function.origin(of: $0)) }
  }

  /// Whether an operation on elements reads what the open loop makes in another form.
  private func readsView(_ instruction: Instruction) -> Bool {
    function.operands(of: instruction).contains { operand in
      let origin = function.origin(of: operand)
      return origin != operand && isOpen(origin)
    }
  }
}

extension Function {
  /// Whether an instruction works on the elements of arrays one by one.
  func isElementwise(_ instruction: Instruction) -> Bool {
    switch instruction.op {
    case .mark, .conditional, .loop, .push, .pop, .sweep, .revolve, .call: false
    default:
      !instruction.op.isArrayOperation && !type(of: instruction.result).isScalar
    }
  }

  /// Returns the value whose elements `value` has, perhaps in another form.
  func origin(of value: Value) -> Value {
    var value = value
    while let instruction = instruction(defining: value),
      instruction.op == .reshape || instruction.op == .broadcast
    {
      value = operand(0, of: instruction)
    }
    return value
  }

  /// Returns the value whose memory `value` shares: a reshape moves nothing.
  func root(of value: Value) -> Value {
    var value = value
    while let instruction = instruction(defining: value), instruction.op == .reshape {
      value = operand(0, of: instruction)
    }
    return value
  }

  /// How many elements `value` has; the sizes are known when it is run.
  func elementCount(of value: Value) -> Int { type(of: value).shape.count.number ?? 0 }
}
