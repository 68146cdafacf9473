import BPInterp
import Testing

/// The schedule takes as few turns forward as there can be.
struct CheckpointScheduleTests {
  /// Returns how many turns the schedule takes forward, and how many snapshots it has at most.
  private func played(_ turns: Int, _ snapshots: Int) throws -> (turns: Int, snapshots: Int) {
    var schedule = CheckpointSchedule(turns: turns, snapshots: snapshots)
    var kept: [Int] = []
    var (position, taken, most, left) = (0, 0, 0, turns)
    while true {
      switch schedule.next(kept.last) {
      case .keep: kept.append(position)
      case .advance(let from, let to):
        try #require(from == position && to > from && to < left)
        taken += to - from
        position = to
      case .back(let turn):
        try #require(turn == position && turn == left - 1)
        left = turn
        kept.removeLast(kept.count - schedule.count)
      case .restore: position = try #require(kept.last)
      case .done:
        try #require(left == 0)
        return (taken, most)
      }
      most = max(most, kept.count)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 10, 31, 100])
  func theFormula(_ snapshots: Int) throws {
    for turns in Array(0...150) + [999, 1000, 1001] {
      let (taken, most) = try played(turns, snapshots)
      #expect(taken == turnsForward(turns: turns, snapshots: snapshots).count)
      #expect(most <= snapshots)
    }
  }

  @Test(arguments: [(1_000_000, 1000, 2_497_497, 3), (1_000_000, 7, 17_891_895, 21)])
  func manyTurns(_ turns: Int, _ snapshots: Int, _ count: Int, _ repeats: Int) throws {
    #expect(try played(turns, snapshots) == (count, snapshots))
    #expect(turnsForward(turns: turns, snapshots: snapshots) == (count, repeats))
  }

  /// Of all places for the first snapshot after the initial one the best, again and again.
  @Test func theOptimum() throws {
    var best = [Array(repeating: 0, count: 61)]
    for snapshots in 1...10 {
      best.append(Array(repeating: 0, count: 61))
      for turns in 2...60 {
        best[snapshots][turns] =
          snapshots == 1
          ? turns * (turns - 1) / 2
          : (1..<turns).map { $0 + best[snapshots - 1][turns - $0] + best[snapshots][$0] }
            .min() ?? 0
        #expect(try played(turns, snapshots).turns == best[snapshots][turns])
      }
    }
  }

  @Test func hugeNumbers() {
    for turns in [1 << 53, 1 << 40] {
      for snapshots in [1 << 30, 1 << 20, 1000, Int.max] {
        var schedule = CheckpointSchedule(turns: turns, snapshots: snapshots)
        #expect(schedule.next(nil) == .keep)
        guard case .advance(0, let end) = schedule.next(0) else {
          Issue.record("no turns forward")
          continue
        }
        #expect(end > 0 && end < turns)
        #expect(turnsForward(turns: turns, snapshots: snapshots).count >= turns - 1)
      }
    }
    #expect(turnsForward(turns: .max, snapshots: .max).repeats == 1)
  }
}
