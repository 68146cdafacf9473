import BPIR

/// Which values of a function its reverse sweep reads.
///
/// Of those that are computed in the arms of a conditional, the arms hand out just these.
struct Residuals {
  private var isRead: [Bool]
  private let function: Function

  /// Finds what the rules of the varied operands of `function` read.
  init(_ function: Function, _ activity: Activity) {
    self.function = function
    isRead = Array(repeating: false, count: function.valueCount)
    for instruction in function.instructions
    where instruction.results.contains(where: { activity[$0] }) {
      visit(instruction, activity)
    }
  }

  /// How many values the reverse sweep reads, constants aside.
  var count: Int {
    isRead.indices.count { isRead[$0] && function.constant(Value($0)) == nil }
  }

  /// Returns the values that are made in `region`, and the regions in it, and read.
  func values(of region: RegionID) -> [Value] {
    var values: [Value] = []
    for id in function[region].instructions {
      let instruction = function[id]
      if instruction.op == .conditional {
        values += self.values(of: instruction.arms.then)
        values += self.values(of: instruction.arms.otherwise)
      }
      values += instruction.results.filter { isRead[$0.position] }
    }
    return values
  }

  private mutating func visit(_ instruction: Instruction, _ activity: Activity) {
    let operands = Array(function.operands(of: instruction))
    if instruction.op == .conditional {
      isRead[operands[0].position] = true
      return
    }
    guard let formulas = instruction.op.pullbacks(operands.count) else { return }
    for (operand, formula) in zip(operands, formulas) where activity[operand] {
      read(formula, operands, instruction.result)
    }
  }

  private mutating func read(_ formula: Formula, _ operands: [Value], _ result: Value) {
    switch formula {
    case .operand(let position): isRead[operands[position].position] = true
    case .result: isRead[result.position] = true
    case .adjoint, .number, .integer: break
    case .apply(_, let arguments):
      for argument in arguments { read(argument, operands, result) }
    }
  }
}
