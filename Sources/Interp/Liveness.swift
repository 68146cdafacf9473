import BPIR

/// Where the memory of each value of a function is read for the last time.
///
/// Places are numbered in the order of the code: one for each step, one for the end of each arm, which
/// comes before the conditional's own.
struct Liveness {
  private var lastUses: [Int]
  private let function: Function
  private let schedule: Schedule

  /// Finds the last uses of the values of `function`.
  init(_ function: Function, _ schedule: Schedule) {
    self.function = function
    self.schedule = schedule
    lastUses = Array(repeating: -1, count: function.valueCount)
    var position = 0
    visit(.body, &position)
    for result in function.results { use(result, at: .max) }
  }

  /// The place of the last use of the memory of `value`; -1 when there is none, `Int.max` for a result.
  func lastUse(of value: Value) -> Int { lastUses[function.root(of: value).position] }

  private mutating func use(_ value: Value, at position: Int) {
    let root = function.root(of: value)
    lastUses[root.position] = position
    // What is stretched without being written out is read where its readers are.
    if let instruction = function.instruction(defining: root), instruction.op == .broadcast,
      schedule.isView(instruction.result)
    {
      use(function.operand(0, of: instruction), at: position)
    }
  }

  private mutating func visit(_ region: RegionID, _ position: inout Int) {
    for step in schedule.steps[region.position] {
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
