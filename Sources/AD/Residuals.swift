import BPIR

/// Which values of a function its reverse sweep reads, and how it comes to have them.
///
/// Of what is computed in the arms of a conditional, the arms hand out just what is read. Arms that
/// are nested more deeply hand out nothing, since every arm around them would have to pass it on:
/// there the reverse sweep computes again what it reads. Of what is computed in the turns of a loop
/// some values are pushed on stacks, and the others are computed again from them.
struct Residuals {
  let function: Function
  let places: RegionPlaces
  /// Whether the reverse sweep reads a value.
  var isRead: [Bool]
  /// Whether the reverse sweep of the region that makes a value computes it again.
  var isComputedAgain: [Bool]
  /// The values that each region in a loop pushes on stacks.
  var saved: [[Value]]
  /// Whether a value is one of those.
  var isSaved: [Bool]

  /// How deep the arms may be nested that hand out what is read of them.
  private static let deepestSaved = 4

  /// Finds what the rules of the varied operands of `function` read.
  ///
  /// - Parameter entered: the regions that the sweeps do not leave.
  init(
    _ function: Function, _ activity: Activity, _ partials: Partials,
    entered: Set<RegionID> = []
  ) {
    self.function = function
    places = RegionPlaces(function, entered: entered)
    isRead = Array(repeating: false, count: function.valueCount)
    isComputedAgain = isRead
    isSaved = isRead
    saved = Array(repeating: [], count: function.regions.count)
    for instruction in function.instructions
    where instruction.results.contains(where: { activity[$0] }) {
      visit(instruction, activity, partials[instruction.result])
    }
    // Loops inside come before the loops around them.
    for instruction in function.instructions
    where instruction.op == .loop && !entered.contains(instruction.body) {
      choose(instruction)
    }
    // Uses come before definitions, and conditionals before what is in their arms.
    for instruction in function.instructions.reversed() { require(instruction) }
  }

  /// Whether the reverse sweep of `region` computes again what it reads.
  func isDeep(_ region: RegionID) -> Bool {
    places.depth(region) > Residuals.deepestSaved && !places.isInLoop(region)
      && !places.holdsLoop(region)
  }

  /// Whether the forward sweep of `region` gives the reverse sweep, which is another region, what that
  /// reads: on stacks or as results.
  static func areHandedOver(_ region: RegionID, _ places: RegionPlaces) -> Bool {
    places.isInLoop(region) || region != .body && places.depth(region) <= deepestSaved
  }

  /// Whether `value` is among what is computed again in the region that makes it.
  func isNeededAgain(_ value: Value) -> Bool {
    isComputedAgain[value.position]
      || isRead[value.position] && !places.isInLoop(function.region(of: value))
  }

  /// Takes note of what computing `instruction` again takes.
  private mutating func require(_ instruction: Instruction) {
    guard isDeep(instruction.region), instruction.results.contains(where: isNeededAgain) else {
      return
    }
    if instruction.op == .conditional {
      for (position, result) in instruction.results.enumerated() where isNeededAgain(result) {
        for arm in instruction.regions { require(function[arm].yields[position]) }
      }
    }
    for operand in function.operands(of: instruction) { require(operand) }
  }

  private mutating func require(_ value: Value) {
    let isMadeAgain = function.instruction(defining: value).map { isDeep($0.region) } ?? false
    if isMadeAgain {
      isComputedAgain[value.position] = true
    } else {
      isRead[value.position] = true
    }
  }

  /// Returns the values that are made in the arm `region`, and the arms in it, and handed out to be
  /// read.
  func values(of region: RegionID) -> [Value] {
    guard !isDeep(region), !places.isInLoop(region), !places.isEntered(region) else { return [] }
    var values: [Value] = []
    for id in function[region].instructions {
      let instruction = function[id]
      if instruction.op == .conditional {
        values += self.values(of: instruction.arms.then)
        values += self.values(of: instruction.arms.otherwise)
      }
      values += instruction.results.filter { isRead[$0.position] }
    }
    return values
  }

  /// Returns the values that `region` and the regions in it push on stacks.
  func savedInTree(of region: RegionID) -> [Value] {
    guard places.haveLoops, !places.isEntered(region) else { return [] }
    return function[region].instructions.reduce(into: saved[region.position]) { values, id in
      for inner in function[id].regions { values += savedInTree(of: inner) }
    }
  }

  // MARK: - What rules read

  private mutating func visit(
    _ instruction: Instruction, _ activity: Activity, _ partial: Partials.Entry?
  ) {
    let operands = Array(function.operands(of: instruction))
    switch instruction.op {
    case .conditional: isRead[operands[0].position] = true
    case .call: for operand in operands { isRead[operand.position] = true }
    case .loop: isRead[function.turns(of: instruction).position] = true
    case _ where instruction.op.isArrayOperation:
      for read in instruction.op.readsOfPullback(operands.map { activity[$0] }) {
        switch read {
        case .operand(let position): isRead[operands[position].position] = true
        case .result: isRead[instruction.result.position] = true
        }
      }
    default:
      guard let formulas = partial?.formulas ?? instruction.op.pullbacks(operands.count) else {
        return
      }
      if let scale = instruction.op.scale(operands.count) {
        read(scale, operands, instruction.result)
      }
      for (operand, formula) in zip(operands, formulas) where activity[operand] {
        read(formula, operands + (partial?.values ?? []), instruction.result)
      }
    }
  }

  private mutating func read(_ formula: Formula, _ operands: [Value], _ result: Value) {
    switch formula {
    case .operand(let position): isRead[operands[position].position] = true
    case .result: isRead[result.position] = true
    case .adjoint, .number, .integer: break
    case .apply(_, let arguments):
      for argument in arguments { read(argument, operands, result) }
    }
  }
}
