/// Where the arrays of an emitted function stand.
struct SwiftArrays {
  /// The order of the steps, and which step reads a value last.
  let schedule: SwiftSchedule
  /// The names of the sizes that data gives.
  var symbols: [String: String] = [:]
  /// The arrays that can be read by now.
  var memories: [Value: SwiftMemory] = [:]
  /// The arrays that the caller gives to write results to, by the value that is computed there.
  var targets: [Value: SwiftMemory] = [:]
  /// Copies of views, one element after another.
  var copies: [Value: SwiftMemory] = [:]
  /// What is written as a comparison, and in parentheses where an operator takes it.
  var loose: Set<Value> = []
  /// The conditions that are written where they are used.
  var inlined: Set<Value> = []
  /// The names of the variables of loops, from the outermost.
  var indices: [String] = []
  /// The number of the step that is written.
  var position = 0
  /// The places of arms that are not reached from there.
  var skipped: [ClosedRange<Int>] = []
  /// The values that were made outside of the arm or turn that is written, and named in it.
  var scoped: [Value] = []
  /// The tests that were made on the way to what is written.
  var checks: Set<SwiftCheck> = []
  /// What stands by now in variables, and in memory that several values share one after another.
  var occupants: [String: Value] = [:]
  /// The variables that values are to stand in.
  var wishes: [Value: String] = [:]
  /// The first results of what is written before its step.
  var written: Set<Value> = []
  private(set) var places = SwiftPlaces()
  private var taken: [Value: SwiftPlaces.Place] = [:]

  /// Starts a function; one without arrays needs no schedule.
  init(_ function: Function, isUsed: Bool) {
    inlined = isUsed ? function.inlinableConditions : []
    schedule = SwiftSchedule(isUsed ? function : Function(name: ""), inlined: inlined)
  }

  /// How many elements the workspace has.
  var workspaceCount: Dimension { places.size }

  /// Returns where in the workspace `value` with `count` elements stands from now on.
  mutating func place(_ value: Value, _ count: Dimension) -> Dimension {
    let place = places.take(count)
    taken[value] = place
    return place.start
  }

  /// Takes `count` elements for the step that is written, and gives them back at its end.
  mutating func scratch(_ count: Dimension) -> Dimension {
    let place = places.take(count)
    places.giveBack(place)
    return place.start
  }

  /// Takes `count` elements until they are given back.
  mutating func borrow(_ count: Dimension) -> SwiftPlaces.Place { places.take(count) }

  /// Gives back what was borrowed.
  mutating func giveBack(_ place: SwiftPlaces.Place) { places.giveBack(place) }

  /// Lets `value` have the place of `owner`, which is read for the last time; returns whether it can.
  mutating func handOver(_ owner: Value, to value: Value) -> Bool {
    guard schedule.lastUse(of: owner) <= position, let place = taken[owner] else { return false }
    taken[owner] = nil
    taken[value] = place
    return true
  }

  /// Whether something reads `value` after `place`.
  func isRead(_ value: Value, after place: Int) -> Bool {
    schedule.isRead(value, after: place, except: skipped)
  }

  /// Whether nothing reads after `place` what stands in the variable or memory called `name`.
  func isFree(_ name: String, after place: Int) -> Bool {
    occupants[name].map { !isRead($0, after: place) } ?? true
  }

  /// Gives back the place of what nothing reads.
  mutating func giveBack(_ value: Value) {
    if let place = taken.removeValue(forKey: value) { places.giveBack(place) }
  }

  /// Frees the places of what only the step that is written has read, and goes to the next.
  mutating func finishStep() {
    for value in schedule.dying[position] {
      if let place = taken.removeValue(forKey: value) { places.giveBack(place) }
    }
    position += 1
  }
}

extension Function {
  /// The conditions outside of loops that one other operation outside of loops reads.
  fileprivate var inlinableConditions: Set<Value> {
    let counts = useCounts()
    var found: Set<Value> = []
    for instruction in instructions where isSingleOperation(instruction) {
      let result = instruction.result
      guard type(of: result).isBoolean, counts[result.position] == 1 else { continue }
      if operands(of: instruction).allSatisfy({ viewed(by: $0) == $0 }) { found.insert(result) }
    }
    for instruction in instructions
    where instruction.regions.isEmpty && !isSingleOperation(instruction) {
      found.subtract(operands(of: instruction))
    }
    for region in regions { found.subtract(region.yields) }
    return found
  }

  private func isSingleOperation(_ instruction: Instruction) -> Bool {
    switch instruction.op {
    case .conditional, .loop, .push, .pop: false
    default: !instruction.op.isArrayOperation && !isLoop(instruction)
    }
  }
}
