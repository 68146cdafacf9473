#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A stack of numbers, or of arrays one after another, that grows as it is needed.
struct StackBuffer {
  /// The numbers.
  var memory: UnsafeMutableRawPointer?
  /// How many there are.
  var count = 0
  /// For how many there is room.
  var capacity = 0
  /// How many there were at most, but for what is there now.
  var largest = 0
  /// How many there would have been, by what was said before the pushes.
  var wanted = 0.0

  /// How many there were at most.
  var peak: Int { max(largest, count) }

  /// Forgets the numbers, and keeps the memory.
  mutating func reset() {
    count = 0
    largest = 0
    wanted = 0
  }
}

/// What a run changes besides the values: how far it may still go, and its stacks.
struct RunState {
  /// How many turns may be taken until somebody looks after the run.
  var turnsAtHand = 0
  /// How many turns may be taken after those.
  var turnsLeft = 0
  /// How many bytes stacks may still take.
  var memoryLeft = 0

  /// How many turns are taken until somebody looks after the run.
  static let turnsBetweenLooks = 256
}

extension RunState {
  /// Gives a stack room for `needed` numbers, for twice as many as it has where that is allowed;
  /// returns whether it could.
  mutating func grow(_ stack: inout StackBuffer, to needed: Int, _ byteCount: Int) -> Bool {
    let limit = stack.capacity + memoryLeft / byteCount
    guard needed <= limit else { return false }
    let capacity = min(max(needed, 2 * stack.capacity, 64), limit)
    guard let memory = realloc(stack.memory, capacity * byteCount) else { return false }
    memoryLeft -= (capacity - stack.capacity) * byteCount
    stack.memory = memory
    stack.capacity = capacity
    return true
  }

  /// Makes room for `count` more numbers where that is allowed, no more and no less.
  mutating func reserve(_ stack: inout StackBuffer, _ count: Double, _ byteCount: Int) {
    let needed = Double(stack.count) + count
    stack.wanted = max(stack.wanted, needed)
    let limit = stack.capacity + memoryLeft / byteCount
    guard needed > Double(stack.capacity), needed <= Double(limit) else { return }
    // Loops inside loops come here again and again, and then grow as pushes do.
    let isFirst = stack.capacity == 0
    let capacity = isFirst ? Int(needed) : min(max(Int(needed), 2 * stack.capacity), limit)
    guard let memory = realloc(stack.memory, capacity * byteCount) else { return }
    memoryLeft -= (capacity - stack.capacity) * byteCount
    stack.memory = memory
    stack.capacity = capacity
  }
}

/// What is known of a run when it is over.
package struct RunCounts: Equatable, Sendable {
  /// How many turns all loops took together.
  package let turns: Int
  /// How many bytes were on each stack at most, all together.
  package let stackBytes: Int
  /// How many bytes were taken for snapshots at most, all together.
  package let snapshotBytes: Int
  /// How many of the turns were taken forward again on the way back, from one snapshot to the next.
  package let turnsAgain: Int

  /// Creates counts.
  package init(turns: Int, stackBytes: Int, snapshotBytes: Int = 0, turnsAgain: Int = 0) {
    self.turns = turns
    self.stackBytes = stackBytes
    self.snapshotBytes = snapshotBytes
    self.turnsAgain = turnsAgain
  }
}
