import BPIR

extension Compilation {
  /// Writes one loop that runs operations on elements tile by tile.
  mutating func compileLoop(_ ids: [InstructionID]) {
    // The compilation is handed over and back: with two owners, each change would copy it whole.
    var writer = LoopWriter(consume self, ids)
    let taken = writer.run()
    let loop = writer.loop
    self = (consume writer).compilation
    let span = function[ids[0]].span
    if !addToProduct(ids[0], loop) { emit(.loop(loop), span) }
    program.registerCount = max(program.registerCount, loop.registerCount)
    for id in ids where checksIntegers(function[id]) {
      let result = function[id].result
      emit(
        .checkIntegers(start: slots[result.position], count: function.elementCount(of: result)),
        function[id].span)
      if liveness.lastUse(of: result) <= position { release([result]) }
    }
    let operands = ids.flatMap { Array(function.operands(of: function[$0])) }
    let made = Set(ids.map { function[$0].result })
    release(operands.filter { !made.contains($0) && !taken.contains(owner(of: $0)) })
  }

  /// Whether an operation can leave the integers.
  func checksIntegers(_ instruction: Instruction) -> Bool {
    guard function.type(of: instruction.result).isInteger else { return false }
    switch instruction.op.info.type {
    case .arithmetic, .whole: return true
    default: return false
    }
  }

  /// Returns how the elements of `value`, which is stretched, stand in the memory of what it is made of:
  /// where they start, and the distance along each axis.
  func stretchedLayout(of value: Value) -> (offset: Int, strides: [Int]) {
    guard let instruction = function.instruction(defining: value) else { return (0, []) }
    let source = function.operand(0, of: instruction)
    let shape = function.type(of: source).shape.numbers ?? []
    let target = function.type(of: value).shape.numbers ?? []
    var strides = Array(repeating: 0, count: target.count)
    var stride = 1
    for axis in shape.indices.reversed() {
      if shape[axis] != 1 { strides[target.count - shape.count + axis] = stride }
      stride *= shape[axis]
    }
    return (memory(of: source), strides)
  }
}
