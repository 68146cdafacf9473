import BPLexer

/// Whether something holds at the end of a block.
enum Flag: Hashable {
  case never, always
  /// It holds when the value does.
  case when(Value)
}

/// How a block may be left before its end.
struct Exits {
  /// Whether nothing after the block runs, in this turn or in this function.
  var left = Flag.never
  /// Whether the loop around the block takes no further turn.
  var ended = Flag.never
  /// Whether the function returns.
  var returned = Flag.never
  /// What it returns.
  var operand: Operand?
  /// Where the text says that first.
  var place = Span.none

  /// The exit by `continue`.
  static var turn: Exits { Exits(left: .always) }
  /// The exit by `break`.
  static var loop: Exits { Exits(left: .always, ended: .always) }

  /// Returns the exit by `return`.
  static func function(returning operand: Operand, at place: Span) -> Exits {
    Exits(left: .always, ended: .always, returned: .always, operand: operand, place: place)
  }

  /// All flags.
  static let flags: [WritableKeyPath<Exits, Flag> & Sendable] = [\.left, \.ended, \.returned]

  /// Returns the exits where it is known that the block was left.
  var whenLeft: Exits {
    var exits = self
    for flag in Exits.flags where self[keyPath: flag] == left { exits[keyPath: flag] = .always }
    exits.left = .always
    return exits
  }
}
