/// Which places of memory are taken: numbers take one, arrays as many as they have elements.
///
/// Places that are given back are taken again, the smallest gap that is large enough first.
struct BufferPlan {
  /// How many places there are.
  private(set) var size: Int
  private var freeSingles: [Int] = []
  /// The gaps between arrays, by their start.
  private var gaps: [(start: Int, count: Int)] = []

  /// Arrays start and end at multiples of this, so that vectors do not straddle cache lines, and
  /// operations on elements may work on whole vectors.
  private static let alignment = 8

  /// Creates a plan after the first `size` places, which are taken.
  init(size: Int = 0) { self.size = size }

  /// Returns where `count` elements may stand.
  mutating func take(_ count: Int) -> Int {
    if count == 1 { return takeSingle() }
    let needed = BufferPlan.rounded(count)
    let fitting = gaps.indices.filter { gaps[$0].count >= needed }
    if let best = fitting.min(by: { gaps[$0].count < gaps[$1].count }) {
      let start = gaps[best].start
      gaps[best] = (start + needed, gaps[best].count - needed)
      if gaps[best].count == 0 { gaps.remove(at: best) }
      return start
    }
    let start = BufferPlan.rounded(size)
    size = start + needed
    return start
  }

  private mutating func takeSingle() -> Int {
    if let free = freeSingles.popLast() { return free }
    size += 1
    return size - 1
  }

  /// Gives back the `count` places from `start` on.
  mutating func giveBack(_ start: Int, _ count: Int) {
    if count == 1 { return freeSingles.append(start) }
    let length = BufferPlan.rounded(count)
    guard length > 0 else { return }
    let index = gaps.firstIndex { $0.start > start } ?? gaps.count
    gaps.insert((start, length), at: index)
    join(index)
    if index > 0 { join(index - 1) }
  }

  /// Makes one gap of two that touch.
  private mutating func join(_ index: Int) {
    guard index + 1 < gaps.count, gaps[index].start + gaps[index].count == gaps[index + 1].start
    else { return }
    gaps[index].count += gaps[index + 1].count
    gaps.remove(at: index + 1)
  }

  private static func rounded(_ count: Int) -> Int {
    (count + alignment - 1) / alignment * alignment
  }
}
