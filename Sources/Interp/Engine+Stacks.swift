import BPIR

extension Engine {
  /// Puts a number or an array onto a stack; returns what ends the run.
  @inline(__always)
  func push(_ instruction: Bytecode) -> Trap.Reason? {
    let number = Int(instruction.target)
    let size = instruction.kind == .push ? 1 : Int(instruction.c)
    let count = stacks[number].count
    let end = count + size
    if end > stacks[number].capacity, let reason = grow(number, to: end, instruction) {
      return reason
    }
    guard let base = stacks[number].memory?.assumingMemoryBound(to: Scalar.self) else { return nil }
    if instruction.kind == .push {
      base[count] = memory[Int(instruction.a)]
    } else {
      copyNumbers(base + count, memory + Int(instruction.a), size)
    }
    stacks[number].count = end
    return nil
  }

  @inline(never)
  private func grow(_ number: Int, to needed: Int, _ instruction: Bytecode) -> Trap.Reason? {
    let byteCount = MemoryLayout<Scalar>.stride
    if state.pointee.grow(&stacks[number], to: needed, byteCount) { return nil }
    let push = program.pushes[Int(instruction.b)]
    let others = limits.memory - state.pointee.memoryLeft - stacks[number].capacity * byteCount
    let bytes = others + needed * byteCount
    return .memory(
      push.times(needed / max(1, push.count)), bytes: bytes, enough: enough(bytes, byteCount))
  }

  /// Returns how many bytes all stacks take that said beforehand how long they get, and all that is held;
  /// where one did not say, twice as many as `bytes`.
  private func enough(_ bytes: Int, _ byteCount: Int) -> Int {
    var missing = 0.0
    for number in program.stackSizes.indices {
      missing += max(0, stacks[number].wanted - Double(stacks[number].capacity))
    }
    let held = limits.memory - state.pointee.memoryLeft
    let wanted = Int(exactly: (missing * Double(byteCount)).rounded()) ?? .max
    let (all, overflow) = held.addingReportingOverflow(wanted)
    if all >= bytes || overflow { return overflow ? .max : all }
    let (twice, isTooMuch) = bytes.multipliedReportingOverflow(by: 2)
    return isTooMuch ? .max : twice
  }

  /// Takes a number or an array off a stack; where there is none, zeros.
  @inline(__always)
  func pop(_ instruction: Bytecode) {
    let number = Int(instruction.a)
    let size = instruction.kind == .pop ? 1 : Int(instruction.c)
    let target = memory + Int(instruction.target)
    let start = stacks[number].count - size
    guard start >= 0, let base = stacks[number].memory?.assumingMemoryBound(to: Scalar.self) else {
      return target.update(repeating: 0, count: size)
    }
    if instruction.kind == .pop {
      target.pointee = base[start]
    } else {
      copyNumbers(target, base + start, size)
    }
    if stacks[number].largest <= start { stacks[number].largest = start + size }
    stacks[number].count = start
  }

  /// Empties a stack.
  func clear(_ number: Int) {
    stacks[number].largest = stacks[number].peak
    stacks[number].count = 0
  }

  /// Makes room for what the turns of a loop push.
  func reserve(_ instruction: Bytecode) {
    let number = Int(instruction.target)
    let turns = max(0, Double(memory[Int(instruction.a)]))
    let count = turns * Double(instruction.b) * Double(program.stackSizes[number])
    state.pointee.reserve(&stacks[number], count, MemoryLayout<Scalar>.stride)
  }
}
