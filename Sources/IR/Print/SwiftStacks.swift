/// The stacks of an emitted function: those that share memory are one variable, and so are those that
/// always grow and shrink together, whose entries are one frame.
struct SwiftStacks {
  private var families: StackFamilies
  /// The frames by the number of the family.
  private var frames: [Int: SwiftFrame] = [:]
  /// The first families of the frames that a region adds or removes, in order.
  private(set) var added: [RegionID: [Int]] = [:]
  private(set) var removed: [RegionID: [Int]] = [:]
  /// How many numbers a frame has, by its first family.
  private(set) var sizes: [Int: Dimension] = [:]
  /// The families of the values that are pushed as part of a frame, perhaps in another shape.
  private var pushed: [Value: Int] = [:]
  /// The values that were computed where they are part of a frame.
  private var written: Set<Value> = []
  /// For each variable its name; nil before it is declared.
  private var names: [Int: String] = [:]
  /// For each variable the name of the frame that is written or read.
  var frameNames: [Int: String] = [:]
  /// The push, pop or loop that reads each version.
  private(set) var readers: [Value: InstructionID] = [:]
  /// The variables that hold something by now.
  private var started: Set<Int> = []
  /// How many loops there are around what is written.
  var depth = 0

  init(_ function: Function) {
    families = StackFamilies(function)
    guard function.contains(.push) || function.contains(.pop) else { return }
    var uses = StackUses(function)
    readers = uses.readers
    for group in uses.groups(&families) {
      guard let first = group.first, group.count > 1 else { continue }
      var size = Dimension(0)
      for member in group {
        frames[member.family] = SwiftFrame(variable: first.family, offset: size)
        pushed[function.storing(member.value)] = member.family
        size = size + function.type(of: member.value).shape.count
      }
      sizes[first.family] = size
      added[first.pushRegion, default: []].append(first.family)
      removed[first.popRegion, default: []].append(first.family)
    }
  }

  /// Returns the number of the variable of a stack.
  mutating func number(of stack: Value) -> Int {
    let family = families.number(of: stack)
    return frames[family]?.variable ?? family
  }

  /// Returns where an entry of a stack stands in a frame; nil where it is none of a frame.
  mutating func frame(of stack: Value) -> (name: String, offset: Dimension)? {
    place(ofFamily: families.number(of: stack))
  }

  /// Returns where `value` is to be computed, which its region makes part of a frame.
  mutating func claimFrame(
    for value: Value, in region: RegionID
  ) -> (name: String, offset: Dimension)? {
    guard let family = pushed[value], let frame = frames[family],
      added[region]?.contains(frame.variable) ?? false, written.insert(value).inserted
    else { return nil }
    return place(ofFamily: family)
  }

  /// Whether `value` was computed where it is the entry that makes `stack`; what is an entry of two
  /// stacks is computed where it is one of them.
  mutating func isWritten(_ value: Value, onto stack: Value) -> Bool {
    let family = families.number(of: stack)
    return written.contains(value) && pushed[value] == family
  }

  private func place(ofFamily family: Int) -> (name: String, offset: Dimension)? {
    guard let frame = frames[family] else { return nil }
    return (frameNames[frame.variable] ?? "frame", frame.offset)
  }

  /// Returns the name of a variable.
  func name(_ number: Int) -> String { names[number] ?? "saved" }

  /// Whether the variable has a name.
  func isDeclared(_ number: Int) -> Bool { names[number] != nil }

  /// Names a variable.
  mutating func declare(_ number: Int, _ name: String) { names[number] = name }

  /// Returns whether the variable may hold something when a new stack begins in it.
  mutating func start(_ number: Int) -> Bool {
    let isFirst = started.insert(number).inserted
    return depth > 0 || !isFirst
  }
}

/// The part of a frame that belongs to one family.
struct SwiftFrame {
  /// The family whose variable holds the frames.
  let variable: Int
  /// Where the part starts.
  let offset: Dimension
}
