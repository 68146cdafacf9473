import BPIR

/// Where each value of a function is read for the last time.
///
/// Places are numbered in the order of the code: one for each instruction, one for the end of each
/// arm, which comes before the conditional's own.
struct Liveness {
  private var lastUses: [Int]

  /// Finds the last uses of the values of `function`.
  init(_ function: Function) {
    lastUses = Array(repeating: -1, count: function.valueCount)
    var position = 0
    visit(.body, function, &position)
    for result in function.results { lastUses[result.position] = .max }
  }

  /// The place of the last use of `value`; -1 when there is none, `Int.max` for a result.
  func lastUse(of value: Value) -> Int { lastUses[value.position] }

  private mutating func visit(_ region: RegionID, _ function: Function, _ position: inout Int) {
    for id in function[region].instructions {
      let instruction = function[id]
      if instruction.op == .conditional {
        visitArm(instruction.arms.then, function, &position)
        visitArm(instruction.arms.otherwise, function, &position)
      }
      for operand in function.operands(of: instruction) { lastUses[operand.position] = position }
      position += 1
    }
  }

  private mutating func visitArm(_ region: RegionID, _ function: Function, _ position: inout Int) {
    visit(region, function, &position)
    for yield in function[region].yields { lastUses[yield.position] = position }
    position += 1
  }
}
