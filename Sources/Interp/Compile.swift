import BPIR
import BPLexer

/// Returns `function` as bytecode.
///
/// - Parameter function: a function after `finished()`: without calls, marks and derived operations.
package func compile(_ function: Function) -> Program {
  var compilation = Compilation(function)
  compilation.run()
  return compilation.program
}

/// A walk over a function that writes bytecode and hands out slots.
struct Compilation {
  let function: Function
  private(set) var program = Program()
  private var slots: [UInt32]
  private let liveness: Liveness
  /// The number of the instruction of the function that is compiled, in the order of the code.
  private var position = 0
  private var freeSlots: [UInt32] = []

  private static let none = UInt32.max

  init(_ function: Function) {
    self.function = function
    slots = Array(repeating: Compilation.none, count: function.valueCount)
    liveness = Liveness(function)
  }

  mutating func run() {
    placeConstants()
    for parameter in function.parameters { place(parameter) }
    program.parameterCount = function.parameters.count
    program.code.reserveCapacity(function.instructions.count)
    compile(.body)
    program.results = function.results.map { slots[$0.position] }
  }

  private mutating func placeConstants() {
    for index in 0..<function.valueCount {
      guard let number = function.constant(Value(index)) else { continue }
      place(Value(index))
      program.constants.append(number)
    }
  }

  /// Gives `value` a slot that nothing else uses while it is alive.
  private mutating func place(_ value: Value) {
    if let free = freeSlots.popLast() {
      slots[value.position] = free
    } else {
      slots[value.position] = UInt32(program.slotCount)
      program.slotCount += 1
    }
  }

  private mutating func emit(_ bytecode: Bytecode, _ span: Span) {
    program.code.append(bytecode)
    program.spans.append(span)
  }

  private mutating func compile(_ region: RegionID) {
    for id in function[region].instructions {
      let instruction = function[id]
      if instruction.op == .conditional {
        compileConditional(instruction)
      } else {
        compileOperation(instruction)
      }
      position += 1
    }
  }

  private mutating func compileOperation(_ instruction: Instruction) {
    let operands = function.operands(of: instruction)
    var sources: (UInt32, UInt32, UInt32) = (0, 0, 0)
    for (index, operand) in operands.enumerated() {
      let slot = slots[operand.position]
      switch index {
      case 0: sources.0 = slot
      case 1: sources.1 = slot
      default: sources.2 = slot
      }
    }
    for (index, operand) in operands.enumerated()
    where !operands.prefix(index).contains(operand) {
      release(operand)
    }
    place(instruction.result)
    let target = slots[instruction.result.position]
    emit(
      Bytecode(
        kind: .compute, op: instruction.op, target: target, a: sources.0, b: sources.1,
        c: sources.2), instruction.span)
    if function.type(of: instruction.result) == .integer {
      emit(Bytecode(kind: .checkInteger, op: .mark, target: 0, a: target), instruction.span)
    }
    if liveness.lastUse(of: instruction.result) < position { free(instruction.result) }
  }

  /// Frees the slot of `value` when this is its last use.
  private mutating func release(_ value: Value) {
    if liveness.lastUse(of: value) == position { free(value) }
  }

  private mutating func free(_ value: Value) {
    guard function.constant(value) == nil, function.definition(of: value) != .parameter else {
      return
    }
    freeSlots.append(slots[value.position])
  }

  /// Writes `jump to A unless c; then …; jump to B; A: otherwise …; B:`.
  private mutating func compileConditional(_ instruction: Instruction) {
    let condition = function.operand(0, of: instruction)
    for result in instruction.results { place(result) }
    let branch = program.code.count
    emit(
      Bytecode(kind: .jumpUnless, op: .mark, target: 0, a: slots[condition.position]),
      instruction.span)
    compileArm(instruction.arms.then, instruction)
    let exit = program.code.count
    emit(Bytecode(kind: .jump, op: .mark, target: 0), instruction.span)
    program.code[branch].target = UInt32(program.code.count)
    compileArm(instruction.arms.otherwise, instruction)
    program.code[exit].target = UInt32(program.code.count)
    release(condition)
  }

  private mutating func compileArm(_ region: RegionID, _ instruction: Instruction) {
    compile(region)
    for (result, yield) in zip(instruction.results, function[region].yields) {
      emit(
        Bytecode(
          kind: .move, op: .mark, target: slots[result.position], a: slots[yield.position]),
        instruction.span)
    }
    for yield in Set(function[region].yields) { release(yield) }
    position += 1
  }
}
