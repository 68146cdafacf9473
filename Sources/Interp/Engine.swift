import BPIR
import BPLexer

/// A program with the memory that it runs over.
struct Engine<Scalar: MachineScalar> {
  let program: Program
  let memory: UnsafeMutablePointer<Scalar>
  /// The code.
  let code: UnsafeMutablePointer<Bytecode>
  /// The array steps.
  let tasks: ArrayTasks
  /// Where the tiles of loops start.
  let tiles: UnsafeMutablePointer<Scalar>
  /// How far the run may go.
  let state: UnsafeMutablePointer<RunState>
  /// The stacks.
  let stacks: UnsafeMutablePointer<StackBuffer>
  /// The snapshots.
  let snapshots: UnsafeMutablePointer<SnapshotBuffer>
  /// What the run may take.
  let limits: RunLimits

  /// What ended a run early.
  struct Stop {
    let instruction: Int
    let reason: Trap.Reason
  }

  /// Where matrix products pack their operands, and products of others keep theirs.
  var packing: UnsafeMutablePointer<Scalar> {
    tiles + program.registerCount * ElementLoop.tile
  }

  /// Writes what memory holds before the first run.
  func prepare() {
    memory.initialize(repeating: 0, count: program.memoryCount)
    for (slot, constant) in program.constants { memory[slot] = Scalar(constant) }
    for array in program.constantArrays { write(array) }
  }

  private func write(_ array: Program.ConstantArray) {
    for index in 0..<array.count {
      let number =
        switch array.content {
        case .number(let number): number
        case .numbers(let numbers): numbers[index]
        case .iota: Double(index)
        case .random(let op, let seed): randomNumber(op, seed: seed, index: index)
        }
      memory[array.slot + index] = Scalar(number)
    }
  }

  /// Runs the code and returns what ended it early.
  func execute() -> Stop? {
    let slots = memory
    let (code, end) = (code, program.code.count)
    var index = 0
    while index < end {
      let instruction = code[index]
      index += 1
      switch instruction.kind {
      case .compute:
        slots[Int(instruction.target)] = Scalar.compute(
          instruction.op, slots[Int(instruction.a)], slots[Int(instruction.b)],
          slots[Int(instruction.c)])
      case .add:
        slots[Int(instruction.target)] = slots[Int(instruction.a)] + slots[Int(instruction.b)]
      case .subtract:
        slots[Int(instruction.target)] = slots[Int(instruction.a)] - slots[Int(instruction.b)]
      case .multiply:
        slots[Int(instruction.target)] = slots[Int(instruction.a)] * slots[Int(instruction.b)]
      case .divide:
        slots[Int(instruction.target)] = slots[Int(instruction.a)] / slots[Int(instruction.b)]
      case .move: slots[Int(instruction.target)] = slots[Int(instruction.a)]
      case .jump: index = Int(instruction.target)
      case .call:
        if let reason = countCall() { return Stop(instruction: index - 1, reason: reason) }
        code[Int(instruction.a)].target = UInt32(truncatingIfNeeded: index)
        index = Int(instruction.target)
      case .jumpUnless:
        if slots[Int(instruction.a)] == 0 { index = Int(instruction.target) }
      case .computeInteger:
        let value = Scalar.compute(
          instruction.op, slots[Int(instruction.a)], slots[Int(instruction.b)],
          slots[Int(instruction.c)])
        guard value.magnitude <= Scalar.largestInteger else {
          return Stop(instruction: index - 1, reason: .integer(Double(value)))
        }
        // Integers have one zero.
        slots[Int(instruction.target)] = value + 0
      case .loop:
        if let reason = run(tasks.loops + Int(instruction.target)) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .smallProduct: runSmall(tasks.products + Int(instruction.target))
      case .array:
        if let reason = run(Int(instruction.target)) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .next, .nextIf:
        guard takesNextTurn(instruction) else { continue }
        if let reason = countTurn(instruction) {
          return Stop(instruction: index - 1, reason: reason)
        }
        index = Int(instruction.target)
      case .enter, .enterIf:
        guard takesFirstTurn(instruction) else {
          index = Int(instruction.target)
          continue
        }
        if let reason = countTurn(instruction) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .load, .store, .addTo, .loadMany, .storeMany, .addToMany:
        if let reason = runElement(instruction) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .push:
        if pushNumber(instruction) { continue }
        if let reason = push(instruction) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .pushFrame:
        if let reason = pushFrame(instruction) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .pushArray:
        if let reason = push(instruction) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .pop: if !popNumber(instruction) { pop(instruction) }
      case .popArray: pop(instruction)
      case .popFrame: popFrame(instruction)
      case .clear: clear(Int(instruction.target))
      case .reserve: reserve(instruction)
      case .begin:
        if let reason = begin(instruction) {
          return Stop(instruction: index - 1, reason: reason)
        }
      case .sweep, .revolve:
        switch nextTurns(instruction, index) {
        case .success(let next): index = next
        case .failure(let reason): return Stop(instruction: index - 1, reason: reason)
        }
      }
    }
    return nil
  }

  /// Gives an integer its one zero, or returns what is there in place of an integer.
  func checkedInteger(_ slot: Int) -> Double? {
    let value = memory[slot]
    guard value.magnitude <= Scalar.largestInteger else { return Double(value) }
    memory[slot] = value + 0
    return nil
  }
}

extension MachineScalar {
  /// The largest integer that a result may be: 2^53, or 2^24 - 1, since a larger one may have been
  /// rounded to 2^24.
  static var largestInteger: Self { ulpOfOne < 0x1p-30 ? 0x1p53 : 0xff_ffff }
}
