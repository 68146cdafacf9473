import BPIR

/// An arm or the turns of a loop while they are swept backward.
struct Scope {
  let region: RegionID
  /// The adjoints of values outside, as far as they are summed up: contributions of an arm, or the
  /// whole sum where it is carried along.
  var captured: [Value: Derivative] = [:]
  /// The captured values in the order in which they were met.
  var order: [Value] = []
  /// The captured values whose whole sum is carried along.
  var carried: Set<Value> = []
  /// Of these, those that a masked contribution was made to, which have to say when they count.
  var masked: Set<Value> = []
  /// What was added to them; nil where they were replaced.
  var terms: [Value: [Value]?] = [:]
  /// For those that say when they count whether they do by now.
  var counts: [Value: Value] = [:]

  init(_ region: RegionID) { self.region = region }

  /// Makes `derivative` what is summed up for `value`.
  mutating func capture(_ value: Value, _ derivative: Derivative) {
    if captured.updateValue(derivative, forKey: value) == nil { order.append(value) }
  }

  /// Makes `sum`, the adjoint of `value` so far, part of what is carried along.
  mutating func carry(_ value: Value, _ sum: Derivative) {
    capture(value, sum)
    carried.insert(value)
  }
}

extension Reverse {
  /// Adds `contribution` to the adjoint of `value`.
  mutating func contribute(_ contribution: Derivative, to value: Value) {
    if let scope = scopes.last, scope.carried.contains(value), activity[value] {
      let terms = contribution.mask == Mask() ? scope.terms[value, default: []] : nil
      scopes[scopes.count - 1].terms[value] = .some(terms.map { $0 + [contribution.value] })
    }
    accumulate(value, contribution.mask) { current, builder in
      current.map { $0.plus(contribution, in: &builder) } ?? contribution
    }
    takeNote(of: contribution, to: value)
  }

  /// Replaces the adjoint of `value`, as far as it is summed up, by what `sum` makes of it with a
  /// contribution under `mask`.
  mutating func accumulate(
    _ value: Value, _ mask: Mask, _ sum: (Derivative?, inout Builder) -> Derivative
  ) {
    guard activity[value] else { return }
    guard let scope = scopes.last, !isLocal(value, to: scope) else {
      adjoints[value.position] = sum(adjoints[value.position], &builder)
      return
    }
    let last = scopes.count - 1
    scopes[last].capture(value, sum(scope.captured[value], &builder))
    if scope.carried.contains(value) { takeNote(of: mask, for: value, in: last) }
  }

  /// Whether the adjoint of `value` is no matter of the world outside of `scope`.
  func isLocal(_ value: Value, to scope: Scope) -> Bool {
    old.region(of: value) == scope.region
  }

  /// Says that a value whose sum is carried along counts where `mask` holds.
  private mutating func takeNote(of mask: Mask, for value: Value, in scope: Int) {
    guard let counts = scopes[scope].counts[value] else {
      if mask.whole != nil { scopes[scope].masked.insert(value) }
      return
    }
    let always = builder.constant(1, .boolean)
    scopes[scope].counts[value] = mask.whole.map { builder.append(.or, counts, $0) } ?? always
  }

  /// Makes `sum`, to which contributions under `mask` were made, the whole adjoint of `value`.
  mutating func replace(_ value: Value, by sum: Derivative, _ mask: Mask) {
    guard let scope = scopes.last, !isLocal(value, to: scope) else {
      adjoints[value.position] = sum
      return
    }
    let last = scopes.count - 1
    scopes[last].carry(value, sum)
    scopes[last].terms[value] = .some(nil)
    takeNote(of: mask, for: value, in: last)
  }

  /// Returns the whole adjoint of `value` so far, where the innermost scope has it.
  func sum(of value: Value) -> Derivative? {
    guard let scope = scopes.last, !isLocal(value, to: scope) else {
      return adjoints[value.position]
    }
    return scope.carried.contains(value) ? scope.captured[value] : nil
  }
}
