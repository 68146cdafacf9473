extension Engine {
  /// Begins a sweep: takes the memory of all of its snapshots; returns what ends the run.
  @inline(never)
  func begin(_ instruction: Bytecode) -> Trap.Reason? {
    let plan = program.snapshots[Int(instruction.target)]
    let buffer = snapshots + Int(instruction.target)
    let turns = Int(exactly: max(0, Double(memory[Int(instruction.a)]))) ?? 0
    buffer.pointee.turns = turns
    buffer.pointee.phase = turns > 0 ? .forward : .over
    buffer.pointee.schedule = CheckpointSchedule(turns: turns, snapshots: plan.count)
    buffer.pointee.stride = 8 + (plan.words * MemoryLayout<Scalar>.stride + 7) / 8 * 8
    guard turns > 0 else { return nil }
    let (bytes, overflow) = buffer.pointee.stride.multipliedReportingOverflow(
      by: min(max(1, plan.count), turns - 1) + 1)
    if !overflow, state.pointee.take(bytes, for: &buffer.pointee) { return nil }
    let (all, isTooMuch) = (limits.ownMemory - state.pointee.memoryLeft).addingReportingOverflow(
      bytes)
    let needed = overflow || isTooMuch ? Int.max : all
    return .memory(nil, bytes: needed, enough: needed > .max / 2 ? .max : 2 * needed)
  }

  /// Does what comes before the next turns of a sweep, or of the way back; returns the instruction that
  /// is next, or what ends the run.
  ///
  /// - Parameter following: The instruction that follows.
  @inline(never)
  func nextTurns(_ instruction: Bytecode, _ following: Int) -> Result<Int, Trap.Reason> {
    let number = Int(instruction.a)
    let plan = program.snapshots[number]
    let buffer = snapshots + number
    if instruction.kind == .sweep {
      guard let turns = nextForward(buffer, plan) else { return .success(Int(instruction.target)) }
      return take(turns, plan.sweep, following)
    }
    guard let turns = plan.revolve else { return .success(Int(instruction.target)) }
    switch nextBack(buffer, turns, plan.sizes) {
    case .advance(let from, let to):
      buffer.pointee.turnsAgain += to - from
      return take(from..<to, turns, following)
    case .back(let turn): return take(turn..<turn + 1, turns, turns.back)
    default:
      buffer.pointee.phase = .over
      return .success(Int(instruction.target))
    }
  }

  /// Makes turns the next that are taken, and counts the first.
  private func take(
    _ range: Range<Int>, _ turns: Program.Turns, _ next: Int
  ) -> Result<Int, Trap.Reason> {
    memory[turns.counter] = Scalar(range.lowerBound)
    memory[turns.limit] = Scalar(range.upperBound)
    if let reason = countTurn(at: turns.counter) { return .failure(reason) }
    return .success(next)
  }

  /// Keeps snapshots until there are turns forward to take, and returns these; nil when all were taken.
  private func nextForward(
    _ buffer: UnsafeMutablePointer<SnapshotBuffer>, _ plan: Program.Snapshots
  ) -> Range<Int>? {
    guard buffer.pointee.phase == .forward else {
      if buffer.pointee.phase == .last { buffer.pointee.phase = .turning }
      return nil
    }
    while true {
      switch buffer.pointee.schedule.next(buffer.pointee.kept) {
      case .keep: keep(buffer, plan.sweep, plan.sizes)
      case .advance(let from, let to): return from..<to
      case .back(let turn):
        store(buffer.pointee.last, plan.sweep, plan.sizes)
        buffer.pointee.phase = .last
        return turn..<turn + 1
      case .restore, .done: return nil
      }
    }
  }

  /// Keeps and takes snapshots until there is a turn to take, or none any more.
  private func nextBack(
    _ buffer: UnsafeMutablePointer<SnapshotBuffer>, _ turns: Program.Turns, _ sizes: [Int]
  ) -> CheckpointSchedule.Action {
    if buffer.pointee.phase == .turning {
      load(buffer.pointee.last, turns, sizes)
      buffer.pointee.phase = .back
      return .back(buffer.pointee.turns - 1)
    }
    guard buffer.pointee.phase == .back else { return .done }
    while true {
      let action = buffer.pointee.schedule.next(buffer.pointee.kept)
      switch action {
      case .keep: keep(buffer, turns, sizes)
      case .restore:
        load(buffer.pointee.snapshot(buffer.pointee.schedule.count - 1), turns, sizes)
      case .advance, .back, .done: return action
      }
    }
  }

  // MARK: - Snapshots

  /// Keeps the state at hand as the last snapshot.
  private func keep(
    _ buffer: UnsafeMutablePointer<SnapshotBuffer>, _ turns: Program.Turns, _ sizes: [Int]
  ) {
    let snapshot = buffer.pointee.snapshot(buffer.pointee.schedule.count - 1)
    snapshot?.storeBytes(of: buffer.pointee.schedule.position, as: Int.self)
    store(snapshot, turns, sizes)
  }

  private func store(
    _ snapshot: UnsafeMutableRawPointer?, _ turns: Program.Turns, _ sizes: [Int]
  ) {
    guard var next = snapshot.map({ ($0 + 8).assumingMemoryBound(to: Scalar.self) }) else { return }
    for (start, count) in zip(turns.state, sizes) {
      next.update(from: memory + start, count: count)
      next += count
    }
  }

  private func load(
    _ snapshot: UnsafeMutableRawPointer?, _ turns: Program.Turns, _ sizes: [Int]
  ) {
    guard var next = snapshot.map({ ($0 + 8).assumingMemoryBound(to: Scalar.self) }) else { return }
    for (start, count) in zip(turns.state, sizes) {
      memory.advanced(by: start).update(from: next, count: count)
      next += count
    }
  }
}
