import BPLexer
import BPParser

extension Lowering {
  /// Returns whether a further turn follows, in which the carried names are `next`.
  mutating func goesOn(_ loop: LoweredLoop, _ turn: LoweredTurn, _ next: [Value]) -> Value {
    let needsTest = loop.test == .atEnd
    switch turn.exits.ended {
    case .always: return frame.builder.constant(0, .boolean)
    case .never where !needsTest: return frame.builder.constant(1, .boolean)
    case .never: return nextCondition(loop, next)
    case .when(let ended) where !needsTest: return frame.builder.append(.not, ended)
    case .when(let ended):
      return chosen(ended) { lowering in lowering.nextCondition(loop, next) }
    }
  }

  /// Returns the condition of a `while` for the values `next` of the carried names: what else a turn
  /// defined is not seen.
  private mutating func nextCondition(_ loop: LoweredLoop, _ next: [Value]) -> Value {
    let never = frame.builder.constant(0, .boolean)
    // Mistakes in a condition are reported where it is lowered first.
    guard !diagnostics.haveErrors else { return never }
    let start = frame.changes.count
    frame.armDepth += 1
    var values = next[...]
    for carried in loop.carried {
      bind(carried.name, carried.initial.replacingValues(&values), at: carried.node)
    }
    let condition = lowerCondition(loop.syntax.condition)
    revertChanges(from: start)
    frame.armDepth -= 1
    return condition ?? never
  }

  /// Returns false where `ended` holds, and otherwise what `lower` gives.
  private mutating func chosen(
    _ ended: Value, _ lower: (inout Lowering) -> Value
  ) -> Value {
    let never = frame.builder.constant(0, .boolean)
    let regions = frame.builder.openArms()
    frame.builder.close(yielding: [never])
    frame.builder.enter(regions.otherwise)
    let condition = lower(&self)
    frame.builder.close(yielding: [condition])
    return frame.builder.conditional(ended, regions)[0]
  }
}
