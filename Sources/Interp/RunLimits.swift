/// What a run may take.
package struct RunLimits: Sendable {
  /// How many turns all of its loops may take together.
  package var maxTurns: Int
  /// How many bytes may be held, by it and beside it.
  package var memory: Int
  /// How many bytes are held beside it, as what its results lead to.
  package var heldBeside = 0
  /// Whether somebody wants it to stop; asked before a run, every few hundred turns, and
  /// before what takes long.
  package var isInterrupted: @Sendable () -> Bool

  /// How many bytes the run itself may hold.
  package var ownMemory: Int { max(0, memory - heldBeside) }

  /// How many turns a run may take unless it is said.
  package static let defaultTurns = 1_000_000_000

  /// Creates limits.
  package init(
    maxTurns: Int = RunLimits.defaultTurns, memory: Int = .max,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.maxTurns = maxTurns
    self.memory = memory
    self.isInterrupted = isInterrupted
  }
}
