import BPLexer
import BPParser

/// A name that a loop carries from turn to turn.
struct CarriedName {
  let name: UInt32
  /// The node of its last definition in the loop.
  let node: Int
  /// What it stands for before the loop.
  let initial: Operand
  /// The types of its values in the loop.
  var types: [ValueType]
  /// How often these were widened.
  var widenings = 0
}

/// A loop that is being lowered.
struct LoweredLoop {
  /// The index of the loop in the tree.
  let index: Int
  let syntax: LoopSyntax
  /// The index of its `endLoop` node.
  let end: Int
  /// What the counter counts; nil for a `while`.
  let count: CountedRange?
  /// Whether there is a first turn, and the most turns.
  var start: Value
  var limit: Value
  /// How the condition of a `while` is computed; nil for a `for`.
  let test: Test?
  var carried: [CarriedName]
  /// What a turn returns; nil as long as none is known to.
  var returned: (form: Operand, types: [ValueType])?

  /// How the condition of a `while` is computed.
  enum Test {
    /// Before the loop, and at the end of each turn.
    case atEnd
    /// At the start of each turn.
    case atStart
    /// Not at all: it is `true`.
    case none
  }

  /// The types of all that is carried.
  var types: [ValueType] {
    carried.flatMap(\.types) + (returned.map { [.boolean] + $0.types } ?? [])
  }
}

/// A turn of a loop after its statements are lowered, with its region still open.
struct LoweredTurn {
  let region: RegionID
  /// What the carried names are at its start.
  let parameters: [Value]
  let exits: Exits
  /// What the carried names stand for at its end.
  let last: [Operand]
}

/// The range of a `for`: its first number and its step.
struct CountedRange {
  let first: Value
  let step: Value
}

/// A loop of a function that is built for certain types.
struct LoopKey: Hashable {
  let instance: InstanceKey?
  let loop: Int
}

/// The types that a loop turned out to carry.
struct CarriedTypes {
  var names: [UInt32: [ValueType]] = [:]
  var returned: (form: Operand, types: [ValueType])?
}
