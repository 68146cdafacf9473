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
  private var isFree: [Bool]
  /// Where the elements of constants stand that are read otherwise than one by one.
  private var constantArrays: [Value: Int] = [:]
  private var plan = BufferPlan()
  /// The number of the step of the function that is compiled, in the order of the code.
  private(set) var position = 0

  private static let none = -1

  init(_ function: Function) {
    self.function = function
    schedule = Schedule(function)
    liveness = Liveness(function, schedule)
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

  // MARK: - Places

  /// Returns where the elements of `value` stand, one after another.
  func memory(of value: Value) -> Int {
    let root = function.root(of: value)
    return constantArrays[root] ?? slots[root.position]
  }

  private mutating func placeConstants() {
    for index in 0..<function.valueCount {
      guard let number = function.constant(Value(index)) else { continue }
      slots[index] = plan.take(1)
      program.constants.append(number)
    }
  }

  /// Places what holds the same elements in every run.
  private mutating func placeConstantArrays() {
    for index in 0..<function.valueCount {
      let value = Value(index)
      guard let number = function.constant(value), !function.type(of: value).isScalar,
        !schedule.isView(value)
      else { continue }
      constantArrays[value] = placeConstantArray(.number(number), of: value)
    }
    for instruction in function.instructions {
      guard let content = content(instruction) else { continue }
      slots[instruction.result.position] = placeConstantArray(content, of: instruction.result)
    }
  }

  private func content(_ instruction: Instruction) -> Program.ConstantArray.Content? {
    guard instruction.op.isArrayOperation else { return nil }
    switch (instruction.op, function.attribute(of: instruction)) {
    case (.array, .elements(let elements)): return .numbers(elements.numbers)
    case (.iota, _): return .iota
    case (.randomUniform, .random(_, let seed)), (.randomNormal, .random(_, let seed)):
      return .random(instruction.op, seed: seed)
    case (.dimension, .dimension(let dimension)): return .number(Double(dimension.number ?? 0))
    default: return nil
    }
  }

  private mutating func placeConstantArray(
    _ content: Program.ConstantArray.Content, of value: Value
  ) -> Int {
    let count = function.elementCount(of: value)
    let slot = plan.take(count)
    program.constantArrays.append(
      Program.ConstantArray(slot: slot, count: count, content: content))
    return slot
  }

  /// Gives `value` memory that nothing else uses while it is alive.
  mutating func place(_ value: Value) {
    slots[value.position] = plan.take(function.elementCount(of: value))
  }

  /// Frees the memory of the values whose last use is this step, but for that of `kept`.
  mutating func release(_ values: some Sequence<Value>, keeping kept: Value? = nil) {
    for value in values {
      let root = owner(of: value)
      guard root != kept, !isFree[root.position], diesHere(root) else { continue }
      isFree[root.position] = true
      plan.giveBack(slots[root.position], function.elementCount(of: root))
    }
  }

  /// Returns the value that owns the memory that `value` is read from.
  func owner(of value: Value) -> Value {
    let root = function.root(of: value)
    guard let instruction = function.instruction(defining: root), instruction.op == .broadcast,
      schedule.isView(root)
    else { return root }
    return owner(of: function.operand(0, of: instruction))
  }

  /// Whether the memory of `root` can be used for something else after this step.
  func diesHere(_ root: Value) -> Bool {
    liveness.lastUse(of: root) <= position && isOwned(root)
  }

  private func isOwned(_ root: Value) -> Bool {
    guard let instruction = function.instruction(defining: root) else { return false }
    return !instruction.op.isArrayOperation || content(instruction) == nil
  }

  // MARK: - Code

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
      let slot = UInt32(memory(of: operand))
      switch index {
      case 0: sources.0 = slot
      case 1: sources.1 = slot
      default: sources.2 = slot
      }
    }
    release(operands)
    place(instruction.result)
    let target = UInt32(slots[instruction.result.position])
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
      Bytecode(kind: .jumpUnless, op: .mark, target: 0, a: UInt32(memory(of: condition))),
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
      return emit(Bytecode(kind: kind, op: .mark, target: UInt32(target), a: UInt32(source)), span)
    }
    emit(.copy(target: target, source: source, count: function.elementCount(of: result)), span)
  }
}
