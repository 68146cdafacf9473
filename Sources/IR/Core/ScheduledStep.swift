/// What an engine or a printer does at once, in the order that it chose.
package enum ScheduledStep: Sendable {
  /// One instruction.
  case instruction(InstructionID)
  /// Operations on the elements of arrays of one shape, as one loop.
  case loop([InstructionID])
}

/// A walk over the steps of a function that numbers their places.
struct UseWalk {
  let function: Function
  let steps: [[ScheduledStep]]
  /// Whether a condition is read before the arms, and not after them.
  var readsConditionsFirst = false
  /// The place that is next.
  var place = 0
  /// Where each value is made: -1 for parameters and constants.
  private var made: [Int]
  /// The places of the loops around, from the outside in.
  private var starts: [Int] = []
  /// For each of them what its turns read of the values outside of all loops within.
  private var readsOfLoops: [[Value]] = []
  /// For each region the place where what it yields is read.
  private(set) var ends: [Int]
  private let body: (Value, Int) -> Void

  init(_ function: Function, _ steps: [[ScheduledStep]], _ body: @escaping (Value, Int) -> Void) {
    self.function = function
    self.steps = steps
    self.body = body
    made = Array(repeating: -1, count: function.valueCount)
    ends = Array(repeating: 0, count: function.regions.count)
  }

  /// Walks over a region; the values that it yields are read by whoever holds it.
  mutating func walk(_ region: RegionID) {
    for step in steps[region.position] {
      switch step {
      case .loop(let ids):
        for id in ids { made[function[id].result.position] = place }
        for id in ids { use(function.operands(of: function[id])) }
      case .instruction(let id):
        let instruction = function[id]
        switch instruction.op {
        case .conditional: walkArms(instruction)
        case .loop, .sweep, .revolve: walkTurns(instruction)
        default: use(function.operands(of: instruction))
        }
        for result in instruction.results { made[result.position] = place }
      }
      place += 1
    }
  }

  private mutating func walkArms(_ instruction: Instruction) {
    if readsConditionsFirst { use(function.operands(of: instruction)) }
    for arm in [instruction.arms.then, instruction.arms.otherwise] {
      walk(arm)
      use(function[arm].yields)
      ends[arm.position] = place
      place += 1
    }
    if !readsConditionsFirst { use(function.operands(of: instruction)) }
  }

  private mutating func walkTurns(_ instruction: Instruction) {
    use(function.operands(of: instruction))
    for region in instruction.regions {
      for parameter in function[region].parameters { made[parameter.position] = place }
    }
    starts.append(place)
    readsOfLoops.append([])
    for region in instruction.regions {
      place += 1
      walk(region)
      use(function[region].yields)
      ends[region.position] = place
      // The end of a turn counts it, and compares it with the limit.
      use([function[region].parameters[0]])
    }
    if instruction.op == .loop { use([function.operand(1, of: instruction)]) }
    starts.removeLast()
    for value in readsOfLoops.removeLast() { body(value, place) }
  }

  private mutating func use(_ values: some Sequence<Value>) {
    for value in values {
      body(value, place)
      // It has to last until the end of the outermost loop that it is made outside of.
      guard let last = starts.last, made[value.position] < last else { continue }
      let loop = outermostLoop(after: made[value.position])
      readsOfLoops[loop].append(value)
    }
  }

  private func outermostLoop(after place: Int) -> Int {
    var (low, high) = (0, starts.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] > place { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Function {
  /// Calls `body` with each value that is read and the place of the step that reads it; returns how
  /// many places there are.
  ///
  /// Places are numbered in the order of the code: one for each step, one for the end of each arm,
  /// which comes before the conditional's own, and one for the start of a loop, whose own is that of
  /// the end of its turns; the way back of a sweep has one for the end of the turns forward, too. What turns read of the values outside is read at the end of the loop too.
  ///
  /// - Parameters:
  ///   - steps: The steps of each region.
  ///   - readsConditionsFirst: Whether a conditional reads its condition at the first place of its
  ///     arms, and not at its own.
  @discardableResult
  package func forEachUse(
    in steps: [[ScheduledStep]], readsConditionsFirst: Bool = false,
    _ body: (Value, _ place: Int) -> Void
  ) -> Int {
    withoutActuallyEscaping(body) { body in
      var walk = UseWalk(self, steps, body)
      walk.readsConditionsFirst = readsConditionsFirst
      walk.walk(.body)
      return walk.place
    }
  }

  /// Returns for each region the place where what it yields is read.
  package func regionEnds(in steps: [[ScheduledStep]]) -> [Int] {
    var walk = UseWalk(self, steps) { _, _ in }
    walk.walk(.body)
    return walk.ends
  }
}
