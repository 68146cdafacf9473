import BPIR
import BPLexer

extension Compilation {
  /// Writes a push; a push onto the empty stack begins a new use of the buffer.
  mutating func compilePush(_ instruction: Instruction) {
    let (stack, value) = (
      function.operand(0, of: instruction), function.operand(1, of: instruction)
    )
    clearIfEmpty(stack, instruction.result, instruction.span)
    let number = buffer(of: instruction.result)
    program.pushes.append(
      MemoryClaim(
        name: name(of: value), span: instruction.span, type: function.type(of: value),
        count: function.elementCount(of: value), total: 0))
    emit(
      Bytecode(
        kind: function.elementCount(of: value) == 1 ? .push : .pushArray, op: .mark,
        target: UInt32(number), a: slot(memory(of: value)),
        b: UInt32(program.pushes.count - 1), c: slot(function.elementCount(of: value))),
      instruction.span)
    release([value])
  }

  /// Writes a pop.
  mutating func compilePop(_ instruction: Instruction) {
    let stack = function.operand(0, of: instruction)
    clearIfEmpty(stack, instruction.rest, instruction.span)
    place(instruction.result)
    emit(
      Bytecode(
        kind: function.elementCount(of: instruction.result) == 1 ? .pop : .popArray, op: .mark,
        target: slot(slots[instruction.result.position]),
        a: UInt32(buffer(of: instruction.rest)),
        c: slot(function.elementCount(of: instruction.result))), instruction.span)
    releaseUnused(instruction.result)
  }

  /// Empties the buffer of `result` when `stack`, which is from then on called so, is the empty one.
  mutating func clearIfEmpty(_ stack: Value, _ result: Value, _ span: Span) {
    guard function.constant(stack) != nil else { return }
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
      guard instruction.op == .push else { continue }
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
    let number = firstStack + stacks.number(of: stack)
    if number == program.stackSizes.count {
      program.stackSizes.append(function.elementCount(of: stack))
    }
    return number
  }
}

extension Instruction {
  /// The stack that a pop leaves.
  fileprivate var rest: Value { Value(firstResult.position + 1) }
}
