import BPIR
import BPLexer

/// A walk over a function that writes bytecode and hands out places in memory.
struct Compilation {
  let function: Function
  let schedule: Schedule
  let liveness: Liveness
  var program: Program
  /// The code of the functions that it calls.
  let routines: [Routine]
  /// Where each value stands: a number, or the first element of an array.
  var slots: [Int]
  /// The block that each value stands in; -1 for parameters, constants and what is not placed yet.
  var blockOf: [Int]
  /// All blocks.
  var blocks: [Block] = []
  /// What stood in blocks before they were written.
  var occupantLog: [(block: Int, occupant: Value?)] = []
  /// For each value the block that it had best stand in, -1 for none.
  var wishes: [Int]
  /// The places of the other arms of the conditionals around, where it is the first that is compiled.
  var skipped: [ClosedRange<Int>] = []
  /// For each region the place of its end.
  let regionEnds: [Int]
  /// For each stack the buffer that it stands in.
  var stacks: StackFrames
  /// The number of the first of these buffers.
  let firstStack: Int
  /// Where the entries of the frame stand that is written or read, and how many numbers they have.
  var frameParts: [Int] = []
  /// For what a sweep keeps the number of its snapshots.
  var snapshots: [Value: Int] = [:]
  /// Where the elements of constants stand that are read otherwise than one by one.
  var constantArrays: [Value: Int] = [:]
  /// The places that are taken.
  var plan: BufferPlan
  /// The names that the source gives to values.
  let names: [Value: String]
  /// The number of the step of the function that is compiled, in the order of the code.
  var position = 0

  /// For each value whether anything but the counting of turns reads it.
  let isRead: [Bool]

  private static let none = -1

  /// Starts with the code of the functions that are called, whose places stay theirs.
  init(_ function: Function, after program: Program, _ routines: [Routine]) {
    self.function = function
    self.program = program
    self.routines = routines
    plan = BufferPlan(size: program.slotCount)
    firstStack = program.stackSizes.count
    stacks = StackFrames(function)
    schedule = Schedule(function, &stacks)
    liveness = Liveness(function, schedule)
    names = Compilation.names(function)
    slots = Array(repeating: Compilation.none, count: function.valueCount)
    blockOf = Array(repeating: -1, count: function.valueCount)
    wishes = Array(repeating: -1, count: function.valueCount)
    regionEnds = function.regions.count > 1 ? function.regionEnds(in: schedule.steps) : [0]
    isRead = function.readValues
  }

  mutating func run() {
    placeValues()
    program.parameters = function.parameters.map { variable($0) }
    program.code.reserveCapacity(function.instructions.count)
    compile(.body)
    program.results = function.results.map { variable($0) }
    program.slotCount = plan.size
  }

  /// Gives what is there before the first instruction its places.
  mutating func placeValues() {
    placeConstants()
    for parameter in function.parameters { placeParameter(parameter) }
    placeConstantArrays()
  }

  private func variable(_ value: Value) -> Program.Variable {
    let type = function.type(of: value)
    return Program.Variable(
      slot: memory(of: value), element: type.element, shape: type.shape.numbers ?? [])
  }

  // MARK: - Code

  /// Returns a place as instructions hold it; a program with more places gets no memory.
  func slot(_ place: Int) -> UInt32 { UInt32(truncatingIfNeeded: place) }

  mutating func emit(_ bytecode: Bytecode, _ span: Span) {
    program.append(bytecode, span)
  }

  mutating func emit(_ step: ArrayStep, _ span: Span) {
    emit(Bytecode(kind: .array, op: .mark, target: UInt32(program.arraySteps.count)), span)
    program.arraySteps.append(step)
  }

  mutating func compile(_ region: RegionID) {
    for step in schedule.steps[region.position] {
      switch step {
      case .loop(let ids): compileLoop(ids)
      case .instruction(let id): compile(function[id])
      }
      position += 1
    }
  }

  private mutating func compile(_ instruction: Instruction) {
    switch instruction.op {
    case .conditional: compileConditional(instruction)
    case .loop: compileTurns(instruction)
    case .sweep: compileSweep(instruction)
    case .revolve: compileRevolve(instruction)
    case .push: compilePush(instruction)
    case .pop: compilePop(instruction)
    case .call: compileCall(instruction)
    case let op where op.isArrayOperation: compileArrayOperation(instruction)
    default: compileOperation(instruction)
    }
  }
}
