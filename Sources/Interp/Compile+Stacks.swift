import BPIR
import BPLexer

extension Compilation {
  /// Writes a push; a push onto the empty stack begins a new use of the buffer.
  mutating func compilePush(_ instruction: Instruction) {
    let (stack, value) = (
      function.operand(0, of: instruction), function.operand(1, of: instruction)
    )
    clearIfEmpty(stack, instruction.result, instruction.span)
    if let entries = stacks.entryCount(of: instruction.result) {
      pushPart(instruction, value, entries)
    } else {
      let count = function.elementCount(of: value)
      let number = buffer(of: instruction.result)
      notePush(value, count, instruction.span)
      emit(
        Bytecode(
          kind: count == 1 ? .push : .pushArray, op: .mark, target: UInt32(number),
          a: slot(memory(of: value)), b: UInt32(program.pushes.count - 1), c: slot(count)),
        instruction.span)
    }
    release([value])
  }

  /// Takes note of what a push puts onto its stack, for the error when there is no room.
  private mutating func notePush(_ value: Value, _ count: Int, _ span: Span) {
    program.pushes.append(
      MemoryClaim(
        name: name(of: value), span: span, type: function.type(of: value), count: count, total: 0))
  }

  /// Adds an entry to the frame that is put together, and writes the push of all of them once there
  /// are `count`. Nothing is written between them, which follow each other.
  private mutating func pushPart(_ instruction: Instruction, _ value: Value, _ count: Int) {
    frameParts += [memory(of: value), function.elementCount(of: value)]
    guard frameParts.count == 2 * count else { return }
    let number = buffer(of: instruction.result)
    let size = program.stackSizes[number]
    notePush(value, size, instruction.span)
    emit(
      Bytecode(
        kind: .pushFrame, op: .mark, target: UInt32(number), a: addFrame(),
        b: UInt32(program.pushes.count - 1), c: slot(size)), instruction.span)
  }

  /// Adds the frame that is put together to the table and returns where it starts.
  private mutating func addFrame() -> UInt32 {
    let start = program.frames.count
    program.frames += [frameParts.count / 2] + frameParts
    frameParts = []
    return UInt32(start)
  }

  /// Writes a pop.
  mutating func compilePop(_ instruction: Instruction) {
    let stack = function.operand(0, of: instruction)
    clearIfEmpty(stack, instruction.rest, instruction.span)
    place(instruction.result)
    let count = function.elementCount(of: instruction.result)
    let target = slots[instruction.result.position]
    let number = buffer(of: instruction.rest)
    if let entries = stacks.entryCount(of: instruction.rest) {
      popPart(target, count, entries, number, instruction.span)
    } else {
      emit(
        Bytecode(
          kind: count == 1 ? .pop : .popArray, op: .mark, target: slot(target), a: UInt32(number),
          c: slot(count)), instruction.span)
    }
    releaseUnused(instruction.result)
  }

  /// Adds an entry to the frame that is taken apart, and writes the pop of all of them once there are
  /// `entries`.
  private mutating func popPart(
    _ target: Int, _ count: Int, _ entries: Int, _ number: Int, _ span: Span
  ) {
    frameParts += [target, count]
    guard frameParts.count == 2 * entries else { return }
    let size = program.stackSizes[number]
    emit(
      Bytecode(
        kind: .popFrame, op: .mark, target: addFrame(), a: UInt32(number), c: slot(size)), span)
  }

  /// Empties the buffer of `result` when `stack`, which is from then on called so, is the empty one.
  mutating func clearIfEmpty(_ stack: Value, _ result: Value, _ span: Span) {
    guard function.constant(stack) != nil, stacks.isFirst(result) else { return }
    emit(Bytecode(kind: .clear, op: .mark, target: UInt32(buffer(of: result))), span)
  }

  /// Writes what makes room for all that the turns of a counted loop push.
  mutating func emitReserves(_ loop: Instruction) {
    guard function.constant(function.operand(0, of: loop)) == 1,
      function.constant(function[loop.body].yields[0]) == 1
    else { return }
    var counts: [(buffer: Int, count: Int)] = []
    countPushes(loop.body, &counts)
    let limit = slot(memory(of: function.operand(1, of: loop)))
    for (buffer, count) in counts {
      emit(
        Bytecode(
          kind: .reserve, op: .mark, target: UInt32(buffer), a: limit, b: UInt32(count)),
        loop.span)
    }
  }

  /// Counts the pushes of a turn, loops within aside; of a conditional all arms are counted.
  private mutating func countPushes(
    _ region: RegionID, _ counts: inout [(buffer: Int, count: Int)]
  ) {
    for id in function[region].instructions {
      let instruction = function[id]
      if instruction.op == .conditional {
        for arm in instruction.regions { countPushes(arm, &counts) }
      }
      guard instruction.op == .push, stacks.isFirst(instruction.result) else { continue }
      let buffer = buffer(of: instruction.result)
      if let index = counts.firstIndex(where: { $0.buffer == buffer }) {
        counts[index].count += 1
      } else {
        counts.append((buffer, 1))
      }
    }
  }

  /// Returns the number of the buffer of a stack.
  private mutating func buffer(of stack: Value) -> Int {
    let buffer = stacks.buffer(of: stack, function)
    if buffer.isNew { program.stackSizes.append(buffer.size) }
    return firstStack + buffer.number
  }
}
