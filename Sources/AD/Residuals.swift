import BPIR

/// Which values of a function its reverse sweep reads.
///
/// Of those that are computed in the arms of a conditional, the arms hand out just these. Arms that
/// are nested more deeply hand out nothing, since every arm around them would have to pass it on:
/// there the reverse sweep computes again what it reads.
struct Residuals {
  private var isRead: [Bool]
  private var isComputedAgain: [Bool]
  private var depths: [Int]
  private let function: Function

  /// How deep the arms may be nested that hand out what is read of them.
  private static let deepestSaved = 4

  /// Finds what the rules of the varied operands of `function` read.
  init(_ function: Function, _ activity: Activity) {
    self.function = function
    isRead = Array(repeating: false, count: function.valueCount)
    isComputedAgain = isRead
    depths = Array(repeating: 0, count: function.regions.count)
    for instruction in function.instructions
    where instruction.results.contains(where: { activity[$0] }) {
      visit(instruction, activity)
    }
    // Uses come before definitions, and conditionals before what is in their arms.
    for instruction in function.instructions.reversed() { require(instruction) }
  }

  /// Whether the reverse sweep of `region` computes again what it reads.
  func isDeep(_ region: RegionID) -> Bool { depths[region.position] > Residuals.deepestSaved }

  /// Whether `value` is among what is computed again in the region that makes it.
  func isNeededAgain(_ value: Value) -> Bool {
    isRead[value.position] || isComputedAgain[value.position]
  }

  /// Takes note of what computing `instruction` again takes.
  private mutating func require(_ instruction: Instruction) {
    let needed = isDeep(instruction.region) && instruction.results.contains(where: isNeededAgain)
    if instruction.op == .conditional {
      let arms = [instruction.arms.then, instruction.arms.otherwise]
      for arm in arms { depths[arm.position] = depths[instruction.region.position] + 1 }
      guard needed else { return }
      for (position, result) in instruction.results.enumerated() where isNeededAgain(result) {
        for arm in arms { require(function[arm].yields[position]) }
      }
    }
    guard needed else { return }
    for operand in function.operands(of: instruction) { require(operand) }
  }

  private mutating func require(_ value: Value) {
    let isMadeAgain = function.instruction(defining: value).map { isDeep($0.region) } ?? false
    if isMadeAgain {
      isComputedAgain[value.position] = true
    } else {
      isRead[value.position] = true
    }
  }

  /// How many values the reverse sweep reads, constants aside.
  var count: Int {
    isRead.indices.count { isRead[$0] && function.constant(Value($0)) == nil }
  }

  /// How many elements the values have that the reverse sweep reads, parameters and constants aside;
  /// what only has another form of a value that is read counts with it.
  var size: Dimension {
    var size = Dimension(0)
    var seen: Set<Value> = []
    for index in isRead.indices where isRead[index] {
      var value = Value(index)
      while let instruction = function.instruction(defining: value),
        instruction.op == .reshape || instruction.op == .broadcast
      {
        value = function.operand(0, of: instruction)
      }
      guard function.constant(value) == nil, function.definition(of: value) != .parameter,
        seen.insert(value).inserted
      else { continue }
      size = size + function.type(of: value).shape.count
    }
    return size
  }

  /// Returns the values that are made in `region`, and the regions in it, and handed out to be read.
  func values(of region: RegionID) -> [Value] {
    guard !isDeep(region) else { return [] }
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
    if instruction.op.isArrayOperation {
      let varied = operands.map { activity[$0] }
      for read in instruction.op.readsOfPullback(varied) {
        switch read {
        case .operand(let position): isRead[operands[position].position] = true
        case .result: isRead[instruction.result.position] = true
        }
      }
      return
    }
    guard let formulas = instruction.op.pullbacks(operands.count) else { return }
    if let scale = instruction.op.scale(operands.count) {
      read(scale, operands, instruction.result)
    }
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
