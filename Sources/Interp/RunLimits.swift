/// What a run may take.
package struct RunLimits: Sendable {
  /// How many turns all of its loops may take together.
  package var maxTurns: Int
  /// How many bytes it may hold.
  package var memory: Int
  /// Whether somebody wants it to stop; asked every few hundred turns.
  package var isInterrupted: @Sendable () -> Bool

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
