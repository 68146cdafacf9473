import BPLexer

/// What ends a run before its results are there.
package struct Trap: Error, Sendable {
  /// The source text of the operation.
  package let span: Span
  /// What happened.
  package let reason: Reason

  /// What ends a run.
  package enum Reason: Error, Equatable {
    /// The result of an operation on integers is none that is exact.
    case integer(Double)
    /// An index or range is outside.
    case index(Int, size: Int)
    /// The run may not hold a value; nil stands for what all numbers take.
    case memory(MemoryClaim?, bytes: Int)
    /// The loops of the run took as many turns as they may.
    case turns(Int)
    /// Somebody wanted the run to stop.
    case interrupted
  }
}
