import BPIR

extension Engine {
  /// Starts the count of the turns of a loop, and returns whether there is a first one.
  @inline(__always)
  func takesFirstTurn(_ instruction: Bytecode) -> Bool {
    memory[Int(instruction.a)] = 0
    let isWanted = instruction.kind == .enter || memory[Int(instruction.c)] != 0
    return isWanted && memory[Int(instruction.b)] > 0
  }

  /// Counts a turn that is over, and returns whether there is another one.
  @inline(__always)
  func takesNextTurn(_ instruction: Bytecode) -> Bool {
    let turn = memory[Int(instruction.a)] + 1
    memory[Int(instruction.a)] = turn
    let isWanted = instruction.kind == .next || memory[Int(instruction.c)] != 0
    return isWanted && turn < memory[Int(instruction.b)]
  }

  /// Takes the turn that is about to start off those that the run may take; returns what ends the run.
  @inline(__always)
  func countTurn(_ instruction: Bytecode) -> Trap.Reason? {
    // A number that nothing reads may stay the same from 2^24 on, where no limit is ever met.
    let isNumbered = instruction.isNumbered || memory[Int(instruction.b)] < 0x1p53
    return countTurn(at: Int(instruction.a), isNumbered: isNumbered)
  }

  /// Counts the turn whose number stands in `counter` in this way.
  ///
  /// - Parameter isNumbered: whether that number means something.
  @inline(__always)
  func countTurn(at counter: Int, isNumbered: Bool = true) -> Trap.Reason? {
    // In Float32 the number of the turn would stay the same from 2^24 on.
    if Scalar.largestInteger < 0x1p30, isNumbered, memory[counter] > Scalar.largestInteger {
      return .turnNumber
    }
    state.pointee.turnsAtHand &-= 1
    return state.pointee.turnsAtHand < 0 ? look() : nil
  }

  /// Takes a call off the turns that the run may take; returns what ends the run.
  @inline(__always)
  func countCall() -> Trap.Reason? {
    state.pointee.turnsAtHand &-= 1
    guard state.pointee.turnsAtHand < 0, let reason = look() else { return nil }
    return reason == .turns(limits.maxTurns) ? .calls(limits.maxTurns) : reason
  }

  /// Looks after the run: returns what ends it, or hands out further turns, one of which is taken.
  @inline(never)
  private func look() -> Trap.Reason? {
    state.pointee.turnsAtHand = 0
    if limits.isInterrupted() { return .interrupted }
    guard state.pointee.turnsLeft > 0 else { return .turns(limits.maxTurns) }
    let turns = min(RunState.turnsBetweenLooks, state.pointee.turnsLeft)
    state.pointee.turnsLeft -= turns
    state.pointee.turnsAtHand = turns - 1
    return nil
  }
}
