import BPIR
import BPLexer

/// Returns `function` as bytecode.
///
/// - Parameter function: a function after `finished()`, without calls, marks and derived operations,
///   whose shapes are all known.
package func compile(_ function: Function) -> Program {
  var compilation = Compilation(function)
  compilation.run()
  return compilation.program
}

/// A walk over a function that writes bytecode and hands out places in memory.
struct Compilation {
  let function: Function
  let schedule: Schedule
  let liveness: Liveness
  var program = Program()
  /// Where each value stands: a number, or the first element of an array.
  var slots: [Int]
  /// The values whose memory was given back.
  var isFree: [Bool]
  /// Where the elements of constants stand that are read otherwise than one by one.
  var constantArrays: [Value: Int] = [:]
  /// The places that are taken.
  var plan = BufferPlan()
  /// The names that the source gives to values.
  let names: [Value: String]
  /// The number of the step of the function that is compiled, in the order of the code.
  private(set) var position = 0

  private static let none = -1

  init(_ function: Function) {
    self.function = function
    schedule = Schedule(function)
    liveness = Liveness(function, schedule)
    names = Compilation.names(function)
    slots = Array(repeating: Compilation.none, count: function.valueCount)
    isFree = Array(repeating: false, count: function.valueCount)
  }

  mutating func run() {
    placeConstants()
    for parameter in function.parameters { place(parameter) }
    placeConstantArrays()
    program.parameters = function.parameters.map { variable($0) }
    program.code.reserveCapacity(function.instructions.count)
    compile(.body)
    program.results = function.results.map { variable($0) }
    program.slotCount = plan.size
  }

  private func variable(_ value: Value) -> Program.Variable {
    let type = function.type(of: value)
    return Program.Variable(
      slot: memory(of: value), element: type.element, shape: type.shape.numbers ?? [])
  }

  // MARK: - Code

  /// Returns a place as instructions hold it; a program with more places gets no memory.
  private func slot(_ place: Int) -> UInt32 { UInt32(truncatingIfNeeded: place) }

  mutating func emit(_ bytecode: Bytecode, _ span: Span) {
    program.code.append(bytecode)
    program.spans.append(span)
  }

  mutating func emit(_ step: ArrayStep, _ span: Span) {
    emit(Bytecode(kind: .array, op: .mark, target: UInt32(program.arraySteps.count)), span)
    program.arraySteps.append(step)
  }

  private mutating func compile(_ region: RegionID) {
    for step in schedule.steps[region.position] {
      switch step {
      case .loop(let ids): compileLoop(ids)
      case .instruction(let id): compile(function[id])
      }
      position += 1
    }
  }

  private mutating func compile(_ instruction: Instruction) {
    if instruction.op == .conditional {
      compileConditional(instruction)
    } else if instruction.op.isArrayOperation {
      compileArrayOperation(instruction)
    } else {
      compileOperation(instruction)
    }
  }

  private mutating func compileOperation(_ instruction: Instruction) {
    let operands = function.operands(of: instruction)
    var sources: (UInt32, UInt32, UInt32) = (0, 0, 0)
    for (index, operand) in operands.enumerated() {
      let source = slot(memory(of: operand))
      switch index {
      case 0: sources.0 = source
      case 1: sources.1 = source
      default: sources.2 = source
      }
    }
    release(operands)
    place(instruction.result)
    let target = slot(slots[instruction.result.position])
    emit(
      Bytecode(
        kind: .compute, op: instruction.op, target: target, a: sources.0, b: sources.1,
        c: sources.2), instruction.span)
    if function.type(of: instruction.result).isInteger {
      emit(Bytecode(kind: .checkInteger, op: .mark, target: 0, a: target), instruction.span)
    }
    if liveness.lastUse(of: instruction.result) < position { release([instruction.result]) }
  }

  /// Writes `jump to A unless c; then …; jump to B; A: otherwise …; B:`.
  private mutating func compileConditional(_ instruction: Instruction) {
    let condition = function.operand(0, of: instruction)
    for result in instruction.results { place(result) }
    let branch = program.code.count
    emit(
      Bytecode(kind: .jumpUnless, op: .mark, target: 0, a: slot(memory(of: condition))),
      instruction.span)
    compileArm(instruction.arms.then, instruction)
    let exit = program.code.count
    emit(Bytecode(kind: .jump, op: .mark, target: 0), instruction.span)
    program.code[branch].target = UInt32(program.code.count)
    compileArm(instruction.arms.otherwise, instruction)
    program.code[exit].target = UInt32(program.code.count)
    release([condition])
  }

  private mutating func compileArm(_ region: RegionID, _ instruction: Instruction) {
    compile(region)
    for (result, yield) in zip(instruction.results, function[region].yields) {
      move(memory(of: yield), to: result, instruction.span)
    }
    release(function[region].yields)
    position += 1
  }

  private mutating func move(_ source: Int, to result: Value, _ span: Span) {
    let target = slots[result.position]
    guard !function.type(of: result).isScalar else {
      let kind = Bytecode.Kind.move
      return emit(Bytecode(kind: kind, op: .mark, target: slot(target), a: slot(source)), span)
    }
    emit(.copy(target: target, source: source, count: function.elementCount(of: result)), span)
  }
}
