import BPLexer

/// What an expression gives while it is lowered: one value, several, or none after a mistake.
indirect enum Operand {
  /// One value.
  case value(Value)
  /// The parts of a tuple.
  case tuple([Operand])
  /// Something wrong that was reported.
  case broken
  /// A name that only one arm of an `if` defined; the span is that of the `if`.
  case ofOneArm(Span)
  /// A name that the arms of an `if` define as different kinds of value, or in different shapes; the
  /// span is that of the `if`.
  case ofUnlikeArms(Span)
  /// The range of an index.
  case range(IndexRange)
  /// The `:` of an index.
  case everything

  /// The values of all parts, in order.
  var values: [Value] {
    switch self {
    case .value(let value): [value]
    case .tuple(let parts): parts.flatMap(\.values)
    case .broken, .ofOneArm, .ofUnlikeArms, .range, .everything: []
    }
  }

  /// Whether a mistake was reported for it or one of its parts.
  var isBroken: Bool {
    switch self {
    case .value, .everything: false
    case .range(let range): range.bounds.contains(where: \.operand.isBroken)
    case .tuple(let parts): parts.contains(where: \.isBroken)
    case .broken, .ofOneArm, .ofUnlikeArms: true
    }
  }

  /// Returns the operand of the same form whose values are taken from `values` in order.
  func replacingValues(_ values: inout ArraySlice<Value>) -> Operand {
    switch self {
    case .value: .value(values.removeFirst())
    case .tuple(let parts): .tuple(parts.map { $0.replacingValues(&values) })
    case .broken, .ofOneArm, .ofUnlikeArms, .range, .everything: self
    }
  }

  /// Returns the operand with `transform` applied to each value.
  func map(_ transform: (Value) -> Value) -> Operand {
    switch self {
    case .value(let value): .value(transform(value))
    case .tuple(let parts): .tuple(parts.map { $0.map(transform) })
    case .broken, .ofOneArm, .ofUnlikeArms, .range, .everything: self
    }
  }

  /// Whether `other` has its parts in the same form.
  func hasForm(of other: Operand) -> Bool {
    switch (self, other) {
    case (.value, .value): true
    case (.tuple(let a), .tuple(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.hasForm(of: $1) }
    default: false
    }
  }
}

/// A range in an index.
struct IndexRange {
  /// Where it starts and ends and, perhaps, the step.
  let bounds: [LoweredExpression]
  /// Whether the end belongs to it.
  let isClosed: Bool
}

/// An operand with its place in the text and, as an argument, its name.
struct LoweredExpression {
  var operand: Operand
  var span: Span
  var label: (name: UInt32, span: Span)?
  /// Where the parts of a tuple that is written out stand.
  var parts: [Span] = []
}
