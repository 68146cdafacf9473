import BPIR

extension Engine {
  /// Puts a number onto a stack, if there is room; returns whether there was.
  @inline(__always)
  func pushNumber(_ instruction: Bytecode) -> Bool {
    let stack = stacks + Int(instruction.target)
    let count = stack.pointee.count
    guard count < stack.pointee.capacity, let base = stack.pointee.memory else { return false }
    base.assumingMemoryBound(to: Scalar.self)[count] = memory[Int(instruction.a)]
    stack.pointee.count = count &+ 1
    return true
  }

  /// Takes a number off a stack, if there is one; returns whether there was.
  @inline(__always)
  func popNumber(_ instruction: Bytecode) -> Bool {
    let stack = stacks + Int(instruction.a)
    let count = stack.pointee.count
    guard count > 0, let base = stack.pointee.memory else { return false }
    memory[Int(instruction.target)] = base.assumingMemoryBound(to: Scalar.self)[count &- 1]
    if stack.pointee.largest < count { stack.pointee.largest = count }
    stack.pointee.count = count &- 1
    return true
  }

  /// Puts a frame onto a stack; returns what ends the run.
  @inline(__always)
  func pushFrame(_ instruction: Bytecode) -> Trap.Reason? {
    let stack = stacks + Int(instruction.target)
    let end = stack.pointee.count + Int(instruction.c)
    if end > stack.pointee.capacity,
      let reason = grow(Int(instruction.target), to: end, instruction)
    {
      return reason
    }
    guard let base = stack.pointee.memory?.assumingMemoryBound(to: Scalar.self) else { return nil }
    var next = base + stack.pointee.count
    forEachPart(Int(instruction.a)) { slot, count in
      if count == 1 { next.pointee = memory[slot] } else { copyNumbers(next, memory + slot, count) }
      next += count
    }
    stack.pointee.count = end
    return nil
  }

  /// Takes a frame off a stack; where there is none, zeros.
  @inline(__always)
  func popFrame(_ instruction: Bytecode) {
    let stack = stacks + Int(instruction.a)
    let count = stack.pointee.count
    let start = count - Int(instruction.c)
    guard start >= 0, let base = stack.pointee.memory?.assumingMemoryBound(to: Scalar.self) else {
      return forEachPart(Int(instruction.target)) { slot, count in
        (memory + slot).update(repeating: 0, count: count)
      }
    }
    var next = UnsafePointer(base + start)
    forEachPart(Int(instruction.target)) { slot, count in
      if count == 1 { memory[slot] = next.pointee } else { copyNumbers(memory + slot, next, count) }
      next += count
    }
    if stack.pointee.largest < count { stack.pointee.largest = count }
    stack.pointee.count = start
  }

  /// Calls `body` with where each entry of a frame stands, and how many numbers it has.
  @inline(__always)
  private func forEachPart(_ frame: Int, _ body: (Int, Int) -> Void) {
    var part = tasks.frames + frame
    let end = part + (1 &+ 2 &* part.pointee)
    part += 1
    while part < end {
      body(part[0], part[1])
      part += 2
    }
  }

  /// Puts a number or an array onto a stack; returns what ends the run.
  @inline(never)
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
    let others = limits.ownMemory - state.pointee.memoryLeft - stacks[number].capacity * byteCount
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
    let held = limits.ownMemory - state.pointee.memoryLeft
    let wanted = Int(exactly: (missing * Double(byteCount)).rounded()) ?? .max
    let (all, overflow) = held.addingReportingOverflow(wanted)
    if all >= bytes || overflow { return overflow ? .max : all }
    let (twice, isTooMuch) = bytes.multipliedReportingOverflow(by: 2)
    return isTooMuch ? .max : twice
  }

  /// Takes a number or an array off a stack; where there is none, zeros.
  @inline(never)
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
