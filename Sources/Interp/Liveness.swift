import BPIR

/// Where the memory of each value of a function is read.
///
/// Places are numbered as `Function.forEachUse` does.
struct Liveness {
  private var lastUses: [Int]
  /// The places of all uses, those of a value together and in order; empty without regions, where the
  /// last ones say all.
  private var uses: [Int] = []
  /// For each value where its uses start; the last entry is their number.
  private var firstUses: [Int] = []
  /// For each region that turns run what is read at its end for the last time.
  private var readsOfLoops: [Int: [Value]] = [:]
  private let function: Function
  private let schedule: Schedule

  /// Finds the uses of the values of `function`.
  init(_ function: Function, _ schedule: Schedule) {
    self.function = function
    self.schedule = schedule
    lastUses = Array(repeating: -1, count: function.valueCount)
    var log: [(value: Int, place: Int)] = []
    function.forEachUse(in: schedule.steps) { use($0, at: $1, &log) }
    for result in function.results { use(result, at: .max, &log) }
    guard function.regions.count > 1 else { return }
    sort(log)
    findReadsOfLoops()
  }

  private mutating func findReadsOfLoops() {
    let ends = function.regionEnds(in: schedule.steps)
    var bodies: [Int: Int] = [:]
    for instruction in function.instructions {
      guard let last = instruction.lastTurns else { continue }
      bodies[ends[last.position]] = last.position
    }
    for (index, last) in lastUses.enumerated() {
      if let body = bodies[last] { readsOfLoops[body, default: []].append(Value(index)) }
    }
  }

  /// Returns what the turns of a loop read for the last time.
  func lastReads(of body: RegionID) -> [Value] { readsOfLoops[body.position] ?? [] }

  /// The place of the last use of the memory of `value`; -1 when there is none, `Int.max` for a result.
  func lastUse(of value: Value) -> Int { lastUses[function.root(of: value).position] }

  /// Whether the memory of `root` is read after `place`, other than in `skipped`: places that are not
  /// reached from there, in order.
  func isRead(_ root: Value, after place: Int, except skipped: [ClosedRange<Int>]) -> Bool {
    if lastUses[root.position] <= place { return false }
    guard !skipped.isEmpty else { return true }
    let end = firstUses[root.position + 1]
    var index = firstUse(of: root, after: place)
    for range in skipped.reversed() where index < end && range.contains(uses[index]) {
      index = firstUse(of: root, after: range.upperBound)
    }
    return index < end
  }

  /// The index of the first use after `place`.
  private func firstUse(of root: Value, after place: Int) -> Int {
    var (low, high) = (firstUses[root.position], firstUses[root.position + 1])
    while low < high {
      let middle = (low + high) / 2
      if uses[middle] > place { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private mutating func use(
    _ value: Value, at position: Int, _ log: inout [(value: Int, place: Int)]
  ) {
    let root = function.root(of: value)
    lastUses[root.position] = position
    log.append((root.position, position))
    // What is stretched without being written out is read where its readers are.
    if let instruction = function.instruction(defining: root), instruction.op == .broadcast,
      schedule.isView(instruction.result)
    {
      use(function.operand(0, of: instruction), at: position, &log)
    }
  }

  /// Sorts uses, which are in the order of their places, by value.
  private mutating func sort(_ log: [(value: Int, place: Int)]) {
    firstUses = Array(repeating: 0, count: lastUses.count + 1)
    for (value, _) in log { firstUses[value + 1] += 1 }
    for value in lastUses.indices { firstUses[value + 1] += firstUses[value] }
    uses = Array(repeating: 0, count: log.count)
    var next = firstUses
    for (value, place) in log {
      uses[next[value]] = place
      next[value] += 1
    }
  }
}

extension Instruction {
  /// The last of the regions that it runs in turns; nil where there is none.
  fileprivate var lastTurns: RegionID? {
    switch op {
    case .loop, .sweep, .revolve: regions.last
    default: nil
    }
  }
}
