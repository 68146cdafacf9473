/// The pure instructions made so far, found by what they compute (hash consing).
///
/// Nothing is ever taken out: whoever looks something up says whether an entry still counts.
struct SharingTable {
  private struct Entry {
    var id: UInt32
    var hash: UInt32
  }

  private static let empty = Entry(id: .max, hash: 0)
  private var entries: [Entry]
  private var count = 0

  /// Creates a table with room for `capacity` instructions.
  init(capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    entries = Array(repeating: SharingTable.empty, count: size)
  }

  /// Returns the first instruction among those with `hash` for which `matches` holds.
  func find(_ hash: UInt32, where matches: (InstructionID) -> Bool) -> InstructionID? {
    var slot = Int(hash) & (entries.count - 1)
    while entries[slot].id != SharingTable.empty.id {
      if entries[slot].hash == hash, matches(InstructionID(Int(entries[slot].id))) {
        return InstructionID(Int(entries[slot].id))
      }
      slot = (slot + 1) & (entries.count - 1)
    }
    return nil
  }

  /// Adds an instruction whose hash is `hash`.
  mutating func insert(_ id: InstructionID, _ hash: UInt32) {
    if 2 * (count + 1) > entries.count { grow() }
    place(Entry(id: id.index, hash: hash))
    count += 1
  }

  private mutating func place(_ entry: Entry) {
    var slot = Int(entry.hash) & (entries.count - 1)
    while entries[slot].id != SharingTable.empty.id { slot = (slot + 1) & (entries.count - 1) }
    entries[slot] = entry
  }

  private mutating func grow() {
    let old = entries
    entries = Array(repeating: SharingTable.empty, count: 2 * old.count)
    for entry in old where entry.id != SharingTable.empty.id { place(entry) }
  }
}
