import BPIR

/// Where the regions of a function stand: how many conditionals are around them, and which loop.
struct RegionPlaces {
  private var depths: [Int]
  private var loops: [RegionID?]
  private var holdsLoop: [Bool]
  private var holders: [InstructionID?]
  private var outerArrays: [[Value]]
  private let entered: Set<RegionID>

  /// Finds the places of the regions of `function`.
  ///
  /// - Parameter entered: the regions that the sweeps do not leave, so that they count as the body.
  init(_ function: Function, entered: Set<RegionID> = []) {
    self.entered = entered
    holders = Array(repeating: nil, count: function.regions.count)
    outerArrays = Array(repeating: [], count: function.regions.count)
    depths = Array(repeating: 0, count: function.regions.count)
    loops = Array(repeating: nil, count: function.regions.count)
    holdsLoop = Array(repeating: false, count: function.regions.count)
    // What holds a region comes after what is in it.
    for instruction in function.instructions where !instruction.regions.isEmpty {
      let inner = instruction.regions.contains { holdsLoop[$0.position] }
      if inner || instruction.op == .loop { holdsLoop[instruction.region.position] = true }
      for region in instruction.regions { findOuterArrays(of: region, function) }
    }
    for (index, instruction) in function.instructions.enumerated().reversed() {
      for region in instruction.regions {
        holders[region.position] = InstructionID(index)
        guard !entered.contains(region) else { continue }
        depths[region.position] = depths[instruction.region.position] + 1
        loops[region.position] =
          instruction.op == .loop ? region : loops[instruction.region.position]
      }
    }
  }

  /// Whether there is a loop at all.
  var haveLoops: Bool { holdsLoop[0] }

  /// The instruction that holds `region`; nil for the body.
  func holder(of region: RegionID) -> InstructionID? { holders[region.position] }

  /// Whether the sweeps do not leave `region`.
  func isEntered(_ region: RegionID) -> Bool { entered.contains(region) }

  /// How many regions are around `region`.
  func depth(_ region: RegionID) -> Int { depths[region.position] }

  /// Whether `region` is part of the turns of a loop.
  func isInLoop(_ region: RegionID) -> Bool { loops[region.position] != nil }

  /// Whether a loop stands in `region`.
  func holdsLoop(_ region: RegionID) -> Bool { holdsLoop[region.position] }

  /// The body of the innermost loop around `region`.
  func loop(around region: RegionID) -> RegionID? { loops[region.position] }

  /// Whether `value` is made by the turns with the region `body`, and not in a loop in them.
  func isDirectly(_ value: Value, in body: RegionID, _ function: Function) -> Bool {
    function.constant(value) == nil && loops[function.region(of: value).position] == body
  }

  /// The arrays that are made outside of `region`, of which it, or a region in it, reads something.
  func arraysRead(in region: RegionID) -> [Value] { outerArrays[region.position] }

  private mutating func findOuterArrays(of region: RegionID, _ function: Function) {
    var seen: Set<Value> = []
    func note(_ values: some Sequence<Value>) {
      for value in values
      where function.type(of: value).isArray && function.region(of: value) != region
        && function.constant(value) == nil && seen.insert(value).inserted
      {
        outerArrays[region.position].append(value)
      }
    }
    for id in function[region].instructions {
      note(function.operands(of: function[id]))
      for inner in function[id].regions { note(outerArrays[inner.position]) }
    }
    note(function[region].yields)
  }

  /// Returns the values outside of `region` that it, or a region in it, reads, in their order there.
  func outerValues(of region: RegionID, _ function: Function) -> [Value] {
    var walk = OuterValues(function)
    walk.visit(region)
    return walk.values
  }

  /// Returns the values that the turns with the region `body` make, in their order, but for those of
  /// loops in them.
  func values(in body: RegionID, _ function: Function) -> [Value] {
    var values = function[body].parameters
    for id in function[body].instructions {
      let instruction = function[id]
      for region in instruction.regions where instruction.op != .loop {
        values += self.values(in: region, function)
      }
      values += instruction.results
    }
    return values
  }
}
