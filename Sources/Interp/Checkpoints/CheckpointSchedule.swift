/// What is done next to take turns back with a bounded number of snapshots: the binomial schedule, which
/// takes the fewest turns forward (Griewank, Walther: Algorithm 799: revolve, ACM TOMS 26, 2000).
///
/// It begins at the start of turn 0. Whoever asks it does what it says, and remembers the turns that
/// snapshots were kept of, one upon the other.
package struct CheckpointSchedule: Sendable {
  /// How many snapshots there may be at a time; that of the initial state counts.
  package let snapshots: Int
  /// How many turns are not taken back yet.
  package private(set) var end: Int
  /// The turn whose start the state at hand is that of.
  package private(set) var position = 0
  /// How many snapshots there are.
  package private(set) var count = 0

  /// What is done next.
  package enum Action: Equatable, Sendable {
    /// The state at hand is kept as one more snapshot.
    case keep
    /// Turns are taken forward from the one to before the other.
    case advance(from: Int, to: Int)
    /// A turn is taken back from the state at hand, which is that at its start; only `count` snapshots
    /// are needed from now on.
    case back(Int)
    /// The last snapshot becomes the state at hand.
    case restore
    /// All turns were taken back.
    case done
  }

  /// Creates the schedule of so many turns, at most 2^53.
  package init(turns: Int, snapshots: Int) {
    end = min(max(0, turns), 1 << 53)
    self.snapshots = max(1, min(snapshots, end))
  }

  /// Returns what is done next.
  ///
  /// - Parameter kept: The turn of the last snapshot; nil where there is none.
  package mutating func next(_ kept: Int?) -> Action {
    if end == 0 { return .done }
    if position >= end {
      position = kept ?? 0
      return .restore
    }
    if end - position == 1 {
      end = position
      if kept == position { count -= 1 }
      return .back(position)
    }
    guard kept == position else {
      count += 1
      return .keep
    }
    let start = position
    position += stride(end - start, snapshots - count + 1)
    return .advance(from: start, to: position)
  }

  /// Returns how many of `turns` turns, two or more, are taken before the next snapshot is kept, where
  /// `free` snapshots are left, that at their start included.
  private func stride(_ turns: Int, _ free: Int) -> Int {
    if free == 1 { return turns - 1 }
    // With b(s, r) = (s + r)! / (s! r!): b(s, r - 2), b(s, r - 1) and b(s, r) for the smallest r at
    // which the last is at least the number of turns.
    var (older, old, range, repeats) = (0, 0, 1, 0)
    while range < turns {
      repeats += 1
      (older, old) = (old, range)
      range = product(range, free + repeats, over: repeats)
    }
    let second = product(old, free, over: free + repeats - 1)
    let third = free < 2 ? 0 : product(second, free - 1, over: free + repeats - 2)
    if turns <= old + third { return max(1, older) }
    return turns - old >= second + third ? old : turns - second - third
  }
}

/// Returns how many turns `turns` turns are taken forward, by the formula of Griewank and Walther, before
/// all were taken back with `snapshots` snapshots: r n - b(s + 1, r - 1), where b(s, r) is
/// (s + r)! / (s! r!) and r the smallest number with b(s, r) >= n, at most 2^53. It counts neither the turn that is
/// taken back nor the last one.
package func turnsForward(turns: Int, snapshots: Int) -> (count: Int, repeats: Int) {
  let turns = min(turns, 1 << 53)
  let snapshots = max(1, min(snapshots, turns))
  if snapshots == 1 { return (product(turns, max(0, turns - 1), over: 2), max(0, turns - 1)) }
  var (range, repeats) = (1, 0)
  while range < turns {
    repeats += 1
    range = product(range, snapshots + repeats, over: repeats)
  }
  guard repeats > 0 else { return (0, 0) }
  var extra = 1
  for number in 1..<repeats { extra = product(extra, snapshots + 1 + number, over: number) }
  let (count, overflow) = turns.multipliedReportingOverflow(by: repeats)
  return (overflow ? .max : count - extra, repeats)
}

/// Returns `a` times `b` over `divisor`, which is whole, or the largest number where it is larger.
private func product(_ a: Int, _ b: Int, over divisor: Int) -> Int {
  let (high, low) = a.multipliedFullWidth(by: b)
  let half = high.multipliedReportingOverflow(by: 2)
  guard !half.overflow, half.partialValue + Int(low >> 63) < divisor else { return .max }
  return divisor.dividingFullWidth((high, low)).quotient
}
