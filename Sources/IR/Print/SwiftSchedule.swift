/// The order in which an emitted function computes arrays: operations on the elements of arrays of
/// one shape are one loop.
struct SwiftSchedule {
  /// What is written as one piece.
  enum Step {
    /// One instruction.
    case instruction(InstructionID)
    /// Operations on elements.
    case loop([InstructionID])
  }

  /// The steps of each region.
  private(set) var steps: [[Step]]
  /// For each step, in the order in which they are written, the values that no later one reads.
  private(set) var dying: [[Value]] = []
  private var lastUses: [Int]
  private let function: Function
  /// For each value the loop that is being collected and makes it, 0 for none.
  private var loops: [Int]
  private var loopCount = 0

  /// The most instructions of a loop: the type checker takes a body as one.
  private static let longestLoop = 100

  init(_ function: Function) {
    self.function = function
    steps = Array(repeating: [], count: function.regions.count)
    loops = Array(repeating: 0, count: function.valueCount)
    lastUses = Array(repeating: -1, count: function.valueCount)
    for index in function.regions.indices { schedule(RegionID(index)) }
    var position = 0
    visit(.body, &position)
    for result in function.results { use(result, at: .max) }
    dying = Array(repeating: [], count: position)
    for (index, last) in lastUses.enumerated() where last >= 0 && last < position {
      dying[last].append(Value(index))
    }
  }

  /// The last step that reads `value`, or something that is a view of it.
  func lastUse(of value: Value) -> Int { lastUses[value.position] }

  // MARK: - Loops

  private mutating func schedule(_ region: RegionID) {
    var steps: [Step] = []
    var open: [InstructionID] = []
    var shape = Shape.scalar
    for id in function[region].instructions {
      let instruction = function[id]
      if !function.isLoop(instruction) {
        if reads(instruction) { flush(&open, into: &steps) }
        steps.append(.instruction(id))
        continue
      }
      let ownShape = function.type(of: instruction.result).shape
      if ownShape != shape || open.count >= SwiftSchedule.longestLoop || readsView(instruction) {
        flush(&open, into: &steps)
        shape = ownShape
      }
      if open.isEmpty { loopCount += 1 }
      open.append(id)
      loops[instruction.result.position] = loopCount
    }
    flush(&open, into: &steps)
    self.steps[region.position] = steps
  }

  private mutating func flush(_ open: inout [InstructionID], into steps: inout [Step]) {
    if !open.isEmpty { steps.append(.loop(open)) }
    open = []
    loopCount += 1
  }

  private func isOpen(_ value: Value) -> Bool {
    loops[value.position] == loopCount && loopCount > 0
  }

  /// Whether what is written for an instruction reads what the open loop makes.
  private func reads(_ instruction: Instruction) -> Bool {
    if instruction.op == .conditional { return true }
    // A view reads nothing by itself, but for where a slice starts.
    let operands = function.operands(of: instruction)
    let read = function.isView(instruction) ? operands.dropFirst() : operands
    return read.contains { isOpen(function.viewed(by: $0)) }
  }

  private func readsView(_ instruction: Instruction) -> Bool {
    function.operands(of: instruction).contains { operand in
      let source = function.viewed(by: operand)
      return source != operand && isOpen(source)
    }
  }

  // MARK: - Last uses

  private mutating func use(_ value: Value, at position: Int) {
    var value = value
    lastUses[value.position] = position
    while let instruction = function.instruction(defining: value), function.isView(instruction),
      instruction.operandCount > 0
    {
      value = function.operand(0, of: instruction)
      lastUses[value.position] = position
    }
  }

  private mutating func visit(_ region: RegionID, _ position: inout Int) {
    for step in steps[region.position] {
      switch step {
      case .loop(let ids):
        for id in ids {
          for operand in function.operands(of: function[id]) { use(operand, at: position) }
        }
      case .instruction(let id):
        let instruction = function[id]
        if instruction.op == .conditional {
          visitArm(instruction.arms.then, &position)
          visitArm(instruction.arms.otherwise, &position)
        }
        for operand in function.operands(of: instruction) { use(operand, at: position) }
      }
      position += 1
    }
  }

  private mutating func visitArm(_ region: RegionID, _ position: inout Int) {
    visit(region, &position)
    for yield in function[region].yields { use(yield, at: position) }
    position += 1
  }
}

extension Function {
  /// Whether there are arrays in it.
  var hasArrays: Bool {
    (0..<valueCount).contains { !type(of: Value($0)).isScalar }
      || instructions.contains { $0.op.isArrayOperation }
  }

  /// Whether an instruction works on the elements of arrays one by one, and there are several.
  func isLoop(_ instruction: Instruction) -> Bool {
    switch instruction.op {
    case .mark, .conditional, .call: false
    default: !instruction.op.isArrayOperation && !isSingle(instruction.result)
    }
  }

  /// Whether `value` is one number, be it an array or not.
  func isSingle(_ value: Value) -> Bool { type(of: value).shape.count == Dimension(1) }

  /// Whether the result has no memory of its own: its elements are read where they are.
  func isView(_ instruction: Instruction) -> Bool {
    switch instruction.op {
    case .reshape, .broadcast, .transpose, .slice, .iota, .dimension: true
    default: false
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
