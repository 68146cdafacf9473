/// What a function does with its stacks.
package struct StackUses {
  /// The push, pop or loop that reads each version.
  package private(set) var readers: [Value: InstructionID] = [:]
  private let function: Function
  private var pushes: [InstructionID] = []
  private var pops: [InstructionID] = []
  /// Where stacks begin as empty ones: a version, and the instruction; nil where it is a push or pop.
  private var starts: [(stack: Value, site: InstructionID?)] = []
  private var holders: [RegionID: InstructionID] = [:]

  /// A family that is pushed on in one place and popped from in one.
  package struct Member {
    package let family: Int
    /// What is pushed.
    package let value: Value
    package let pushRegion: RegionID
    package let popRegion: RegionID
  }

  /// What families that grow and shrink together have in common.
  private struct Key: Hashable {
    let pushRegion: RegionID
    let popRegion: RegionID
    let starts: [InstructionID]
  }

  /// Finds the uses of the stacks of `function`.
  package init(_ function: Function) {
    self.function = function
    for index in function.instructions.indices { note(InstructionID(index)) }
  }

  private mutating func note(_ id: InstructionID) {
    let instruction = function[id]
    for region in instruction.regions { holders[region] = id }
    switch instruction.op {
    case .push:
      pushes.append(id)
      start(instruction.result, from: function.operand(0, of: instruction), nil)
    case .pop:
      pops.append(id)
      start(instruction.rest, from: function.operand(0, of: instruction), nil)
    case .loop:
      let region = function[instruction.body]
      let operands = function.operands(of: instruction).dropFirst(2)
      for (result, (operand, yield)) in zip(
        instruction.results, zip(operands, region.yields.dropFirst()))
      {
        start(result, from: operand, id)
        start(result, from: yield, id)
      }
    case .conditional:
      for arm in instruction.regions {
        for (result, yield) in zip(instruction.results, function[arm].yields) {
          start(result, from: yield, id)
        }
      }
    default: return
    }
    for operand in function.operands(of: instruction) where function.type(of: operand).isStack {
      readers[operand] = id
    }
  }

  private mutating func start(_ stack: Value, from initial: Value, _ site: InstructionID?) {
    guard function.type(of: stack).isStack, function.constant(initial) != nil else { return }
    starts.append((stack, site))
  }

  /// Returns the families that always grow and shrink together, in the order of their pushes.
  package mutating func groups(_ families: inout StackFamilies) -> [[Member]] {
    var popRegions: [Int: [RegionID]] = [:]
    for id in pops {
      popRegions[families.number(of: function[id].rest), default: []].append(function[id].region)
    }
    var pushCounts: [Int: Int] = [:]
    for id in pushes { pushCounts[families.number(of: function[id].result), default: 0] += 1 }
    var sites: [Int: [InstructionID?]] = [:]
    for start in starts {
      sites[families.number(of: start.stack), default: []].append(start.site)
    }
    var order: [Key: Int] = [:]
    var groups: [[Member]] = []
    for id in pushes {
      let (instruction, family) = (function[id], families.number(of: function[id].result))
      let known = (sites[family] ?? []).compactMap { $0 }
      guard pushCounts[family] == 1, let regions = popRegions[family], regions.count == 1,
        known.count == sites[family]?.count, areApart(instruction.region, regions[0])
      else { continue }
      let key = Key(pushRegion: instruction.region, popRegion: regions[0], starts: known)
      let index = order[key] ?? groups.count
      if index == groups.count { groups.append([]) }
      order[key] = index
      groups[index].append(
        Member(
          family: family, value: function.operand(1, of: instruction),
          pushRegion: instruction.region, popRegion: regions[0]))
    }
    return groups
  }

  /// Whether both are regions, and neither lies in the other.
  private func areApart(_ a: RegionID, _ b: RegionID) -> Bool {
    a != .body && b != .body && !isInside(a, b) && !isInside(b, a)
  }

  private func isInside(_ inner: RegionID, _ outer: RegionID) -> Bool {
    var region = inner
    while region != outer {
      guard let holder = holders[region] else { return false }
      region = function[holder].region
    }
    return true
  }
}

extension Instruction {
  /// The stack that a pop leaves.
  package var rest: Value { Value(firstResult.position + 1) }
}
