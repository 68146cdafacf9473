import BPLexer

/// How far lowering has come, to go back to when the types of a loop turn out to be others.
struct Attempt {
  fileprivate let builder: Builder.Mark
  fileprivate let diagnostics: Int
  fileprivate let rewritings: Int
  fileprivate let sizeEquations: Int
  fileprivate let functions: Int
  fileprivate let instanceKeys: Int
  fileprivate let changes: Int
  fileprivate let captures: Int
  fileprivate let names: Int
  fileprivate let innerNames: Int
  fileprivate let brokenNames: Int
  fileprivate let operands: Int
  fileprivate let suspended: Int
}

extension Lowering {
  /// Begins an attempt, which `keep` or `discard` ends.
  mutating func beginAttempt() -> Attempt {
    openAttempts += 1
    return Attempt(
      builder: frame.builder.mark, diagnostics: diagnostics.count, rewritings: rewritings.count,
      sizeEquations: sizeEquations.count, functions: functions.count,
      instanceKeys: instanceKeys.count, changes: frame.changes.count,
      captures: frame.captures.count, names: frame.names.count, innerNames: frame.innerNames.count,
      brokenNames: frame.brokenNames.count, operands: frame.stack.count,
      suspended: suspended.count)
  }

  /// Ends the innermost attempt; what it made stays.
  mutating func keepAttempt() {
    openAttempts -= 1
    guard let last = snapshots.last, last.attempts > openAttempts else { return }
    snapshots.removeLast()
    // The attempt around it goes back to the same place, unless it has an earlier one.
    if openAttempts > 0, (snapshots.last?.attempts ?? 0) < openAttempts {
      snapshots.append((openAttempts, last.lowering))
    }
  }

  /// Ends the innermost attempt and takes back what it made, but for what it learned about loops.
  mutating func discard(_ attempt: Attempt) {
    if let last = snapshots.last, last.attempts >= openAttempts {
      let (types, depth) = (carriedTypes, openAttempts)
      self = last.lowering
      (carriedTypes, openAttempts) = (types, depth)
      // The symbols may have been substituted in a function that the loop calls.
      while suspended.count > attempt.suspended { frame = suspended.removeLast() }
    }
    openAttempts -= 1
    diagnostics.removeSubrange(attempt.diagnostics...)
    rewritings.removeSubrange(attempt.rewritings...)
    sizeEquations.removeSubrange(attempt.sizeEquations...)
    functions.removeSubrange(attempt.functions...)
    for key in instanceKeys[attempt.instanceKeys...] { instances[key] = nil }
    instanceKeys.removeSubrange(attempt.instanceKeys...)
    frame.rollBack(to: attempt)
  }

  /// Keeps the walk as it is for the open attempts: they cannot take back that symbols are
  /// substituted.
  mutating func saveForAttempts() {
    guard openAttempts > 0, (snapshots.last?.attempts ?? 0) < openAttempts else { return }
    snapshots.append((openAttempts, self))
  }
}

extension Frame {
  /// Ends the part of the function in which the names from number `start` on hold.
  mutating func endNames(from start: Int) {
    innerNames += names[start...].map(\.within)
    names.removeSubrange(start...)
  }

  fileprivate mutating func rollBack(to attempt: Attempt) {
    for change in changes[attempt.changes...].reversed() { bindings[change.name] = change.old }
    changes.removeSubrange(attempt.changes...)
    for name in brokenNames[attempt.brokenNames...] { bindings[name] = nil }
    brokenNames.removeSubrange(attempt.brokenNames...)
    for capture in captures[attempt.captures...] { captureIndices[capture.outer] = nil }
    captures.removeSubrange(attempt.captures...)
    names.removeSubrange(attempt.names...)
    innerNames.removeSubrange(attempt.innerNames...)
    stack.removeSubrange(attempt.operands...)
    builder.rollBack(to: attempt.builder)
  }
}
