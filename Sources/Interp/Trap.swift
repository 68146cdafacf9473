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
    /// The number of a turn is one that Float32 does not hold.
    case turnNumber
    /// An index or range is outside.
    case index(Int, size: Int)
    /// The run may not hold a value; nil stands for what all numbers take. With `enough` bytes it would
    /// have come further, to its end where that can be told.
    case memory(MemoryClaim?, bytes: Int, enough: Int)
    /// The loops of the run took as many turns as they may.
    case turns(Int)
    /// The loops and shared functions of the run took as many turns and calls as they may.
    case calls(Int)
    /// Somebody wanted the run to stop.
    case interrupted
  }
}
