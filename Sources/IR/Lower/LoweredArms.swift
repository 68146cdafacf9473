import BPLexer
import BPParser

/// One arm of an `if` after it is lowered, before its yields are known.
struct LoweredArm {
  let region: RegionID
  var outcome: BlockOutcome
  /// What names stand for at its end, where that changed in it.
  var assigned: [UInt32: Operand] = [:]
  /// The names in the order in which they were first assigned.
  var order: [UInt32] = []
}

/// The arms of an `if`.
struct LoweredArms {
  let then: LoweredArm
  let otherwise: LoweredArm

  /// Whether no statement of the arms was left out for a mistake.
  var haveNoMistakes: Bool {
    !then.assigned.values.contains(where: \.isBroken)
      && !otherwise.assigned.values.contains(where: \.isBroken)
  }
}

/// What a flag is at the end of each arm.
struct FlagPair: Hashable {
  let then: Flag
  let otherwise: Flag

  init(_ arms: LoweredArms, _ flag: KeyPath<Exits, Flag>) {
    then = arms.then.outcome.exits[keyPath: flag]
    otherwise = arms.otherwise.outcome.exits[keyPath: flag]
  }
}

/// Something that an `if` hands out: what it is in each arm, nil in an arm that does not get to its
/// end.
struct ArmJoin {
  /// What is done with it.
  enum Role {
    case name(UInt32)
    case part(PartName?)
    case value
    /// What a function returns, with the places where the arms say that.
    case returned(Span, Span)
    case flag(FlagPair)
  }

  let role: Role
  let a: Operand?
  let b: Operand?
  /// Whether whole literals stay whole: it is used as an index, a size or a bound.
  let isWhole: Bool

  init(_ role: Role, _ a: Operand?, _ b: Operand?, isWhole: Bool = false) {
    self.role = role
    self.a = a
    self.b = b
    self.isWhole = isWhole
  }

  /// Whether it is a mistake when the arms do not fit.
  var mustFit: Bool {
    switch role {
    case .value, .returned: true
    case .name, .part, .flag: false
    }
  }

  /// Whether it is a name that both arms define.
  var isOfBothArms: Bool {
    guard case .name = role, let a, let b else { return false }
    return !a.isBroken && !b.isBroken
  }

  /// Whether only one arm defines it.
  var isOfOneArm: Bool {
    for operand in [a, b] {
      if case .ofOneArm? = operand { return true }
    }
    return false
  }
}
