import BPLexer

/// What ends a run before its results are there.
package struct Trap: Error, Sendable {
  /// The source text of the operation.
  package let span: Span
  /// What happened.
  package let reason: Reason

  /// What ends a run.
  package enum Reason: Sendable, Equatable {
    /// The result of an operation on integers is none that is exact.
    case integer(Double)
    /// An index or range is outside.
    case index(Int, size: Int)
    /// There is no memory for so many bytes.
    case memory(bytes: Int)
  }
}
