import BPIR
import BPLexer

extension Compilation {
  /// Writes an operation on numbers.
  mutating func compileOperation(_ instruction: Instruction) {
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
    place(instruction.result, after: position)
    let target = slot(slots[instruction.result.position])
    emit(
      Bytecode(
        kind: function.type(of: instruction.result).isInteger ? .computeInteger : .compute,
        op: instruction.op, target: target, a: sources.0, b: sources.1, c: sources.2),
      instruction.span)
    releaseUnused(instruction.result)
  }

  /// Gives back the memory of a result that nothing reads.
  mutating func releaseUnused(_ result: Value) {
    if liveness.lastUse(of: result) < position { release([result]) }
  }
}
