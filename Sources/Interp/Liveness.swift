import BPIR

/// Where the memory of each value of a function is read for the last time.
///
/// Places are numbered as `Function.forEachUse` does.
struct Liveness {
  private var lastUses: [Int]
  private let function: Function
  private let schedule: Schedule

  /// Finds the last uses of the values of `function`.
  init(_ function: Function, _ schedule: Schedule) {
    self.function = function
    self.schedule = schedule
    lastUses = Array(repeating: -1, count: function.valueCount)
    function.forEachUse(in: schedule.steps) { use($0, at: $1) }
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
}
