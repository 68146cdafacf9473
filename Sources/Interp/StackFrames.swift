import BPIR

/// Which stacks share a buffer: all versions of one stack, and the stacks of few numbers that always
/// grow and shrink together, whose entries of one turn are a frame.
struct StackFrames {
  private var families: StackFamilies
  /// For each family that is part of a frame the first family of that.
  private var firsts: [Int: Int] = [:]
  /// For each such family the number of its entry in the frame.
  private var entries: [Int: Int] = [:]
  /// How many entries and how many numbers a frame has, by its first family.
  private var frames: [Int: (entries: Int, numbers: Int)] = [:]
  /// The numbers of the buffers, by their first family.
  private var numbers: [Int: Int] = [:]

  /// The most numbers that an entry of a frame has: what is put on its stack later is held longer.
  private static let largestEntry = 32

  /// Finds the frames of `function`, whose shapes are known.
  init(_ function: Function) {
    families = StackFamilies(function)
    guard function.contains(.push), function.contains(.pop) else { return }
    var uses = StackUses(function)
    for group in uses.groups(&families) {
      var small = group.map { ($0.family, function.elementCount(of: $0.value)) }
      small.removeAll { $1 == 0 || $1 > StackFrames.largestEntry }
      guard let first = small.first?.0, small.count > 1 else { continue }
      for (entry, (family, _)) in small.enumerated() {
        firsts[family] = first
        entries[family] = entry
      }
      frames[first] = (small.count, small.map(\.1).reduce(0, +))
    }
  }

  /// Returns the buffer of a stack: its number and the numbers that an entry has; a new buffer when
  /// `isNew`.
  mutating func buffer(
    of stack: Value, _ function: Function
  ) -> (number: Int, size: Int, isNew: Bool) {
    let family = families.number(of: stack)
    let first = firsts[family] ?? family
    let size = frames[first]?.numbers ?? function.elementCount(of: stack)
    if let number = numbers[first] { return (number, size, false) }
    numbers[first] = numbers.count
    return (numbers.count - 1, size, true)
  }

  /// Whether a stack speaks for its buffer, and is no further part of a frame.
  mutating func isFirst(_ stack: Value) -> Bool {
    let family = families.number(of: stack)
    return firsts[family] ?? family == family
  }

  /// Returns how many entries the frame has that `stack` is part of; nil when it is of none.
  mutating func entryCount(of stack: Value) -> Int? {
    firsts[families.number(of: stack)].flatMap { frames[$0]?.entries }
  }

  // MARK: - Order

  /// Returns the steps of a region with the pushes of a frame at the last of them and the pops at the
  /// first, both in the order of the entries.
  mutating func gathered(_ steps: [ScheduledStep], _ function: Function) -> [ScheduledStep] {
    guard !frames.isEmpty else { return steps }
    var waiting: [StackFrameUse: [(entry: Int, step: ScheduledStep)]] = [:]
    for step in steps {
      if let (use, entry) = use(step, function) { waiting[use, default: []].append((entry, step)) }
    }
    guard !waiting.isEmpty else { return steps }
    var missing = waiting.mapValues(\.count)
    var sorted: [ScheduledStep] = []
    for step in steps {
      guard let use = use(step, function)?.use else {
        sorted.append(step)
        continue
      }
      missing[use, default: 1] -= 1
      guard !use.isPush || missing[use] == 0 else { continue }
      let uses = waiting.removeValue(forKey: use) ?? []
      sorted += uses.sorted { $0.entry < $1.entry }.map(\.step)
    }
    return sorted
  }

  /// Returns which frame a step adds an entry to or takes one from, and which entry that is.
  private mutating func use(
    _ step: ScheduledStep, _ function: Function
  ) -> (use: StackFrameUse, entry: Int)? {
    guard case .instruction(let id) = step, function[id].op == .push || function[id].op == .pop
    else { return nil }
    let instruction = function[id]
    let isPush = instruction.op == .push
    let family = families.number(of: isPush ? instruction.result : instruction.rest)
    guard let first = firsts[family], let entry = entries[family] else { return nil }
    return (StackFrameUse(first: first, isPush: isPush), entry)
  }
}

/// The pushes or the pops of a frame.
private struct StackFrameUse: Hashable {
  /// The first family of the frame.
  let first: Int
  let isPush: Bool
}
