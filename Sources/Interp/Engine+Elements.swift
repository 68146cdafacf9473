import BPIR

extension Engine {
  /// Reads or writes one element of an array; returns what ends the run.
  @inline(__always)
  func runElement(_ instruction: Bytecode) -> Trap.Reason? {
    switch instruction.kind {
    case .load, .store, .addTo:
      let index = memory[Int(instruction.b)]
      guard let place = position(index, below: Int(instruction.c)) else {
        return outside(index, Int(instruction.c))
      }
      run(instruction, place)
      return nil
    default: return runManyAxes(instruction)
    }
  }

  /// Returns the index as an integer when it is from 0 on and below `size`.
  @inline(__always)
  private func position(_ index: Scalar, below size: Int) -> Int? {
    guard index >= 0, index < 0x1p53 else { return nil }
    let position = index.wholeNumber
    return position < size ? position : nil
  }

  private func outside(_ index: Scalar, _ size: Int) -> Trap.Reason {
    .index(Int(exactly: index) ?? -1, size: size)
  }

  @inline(__always)
  private func run(_ instruction: Bytecode, _ place: Int) {
    let (target, a) = (Int(instruction.target), Int(instruction.a))
    switch instruction.kind {
    case .load, .loadMany: memory[target] = memory[a + place]
    case .store, .storeMany: memory[target + place] = memory[a]
    default: memory[target + place] += memory[a]
    }
  }

  private func runManyAxes(_ instruction: Bytecode) -> Trap.Reason? {
    var place = 0
    for index in program.elements[Int(instruction.b)] {
      let number = memory[index.slot]
      guard let position = position(number, below: index.size) else {
        return outside(number, index.size)
      }
      place += position * index.stride
    }
    run(instruction, place)
    return nil
  }
}
