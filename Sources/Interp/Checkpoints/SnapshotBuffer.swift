#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The snapshots of a sweep, one after another, and how far the sweep or the way back is.
///
/// A snapshot is the number of a turn, in 8 bytes, and the state at its start. Behind the others stands
/// the state at the start of the last turn, from where the way back begins.
struct SnapshotBuffer {
  /// The snapshots.
  var memory: UnsafeMutableRawPointer?
  /// For how many bytes there is room.
  var byteCount = 0
  /// How many bytes were taken at most.
  var peak = 0
  /// How many turns were taken forward again.
  var turnsAgain = 0
  /// What is done next.
  var schedule = CheckpointSchedule(turns: 0, snapshots: 1)
  /// How far it is.
  var phase = Phase.over
  /// How many turns there are.
  var turns = 0
  /// How many bytes a snapshot takes.
  var stride = 8

  /// How far a sweep or the way back is.
  enum Phase {
    /// The sweep takes turns.
    case forward
    /// The sweep takes its last turn.
    case last
    /// The sweep is over, and no turn was taken back.
    case turning
    /// Turns are taken back.
    case back
    /// There are none to take.
    case over
  }

  /// Forgets the last run, and keeps the memory.
  mutating func reset() {
    (peak, turnsAgain, phase) = (0, 0, .over)
  }

  /// Where snapshot number `index` stands.
  func snapshot(_ index: Int) -> UnsafeMutableRawPointer? { memory.map { $0 + index * stride } }

  /// The state at the start of the last turn.
  var last: UnsafeMutableRawPointer? { snapshot(min(schedule.snapshots, max(0, turns - 1))) }

  /// The turn of the last snapshot.
  var kept: Int? {
    schedule.count > 0 ? snapshot(schedule.count - 1)?.load(as: Int.self) : nil
  }
}

extension RunState {
  /// Gives `buffer` exactly `needed` bytes where it has fewer; returns whether it could.
  mutating func take(_ needed: Int, for buffer: inout SnapshotBuffer) -> Bool {
    if needed > buffer.byteCount {
      guard needed - buffer.byteCount <= memoryLeft else { return false }
      free(buffer.memory)
      memoryLeft += buffer.byteCount
      (buffer.memory, buffer.byteCount) = (malloc(needed), 0)
      guard buffer.memory != nil else { return false }
      memoryLeft -= needed
      buffer.byteCount = needed
    }
    buffer.peak = max(buffer.peak, needed)
    return true
  }
}
