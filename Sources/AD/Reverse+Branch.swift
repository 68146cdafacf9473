import BPIR

// A conditional hands out, besides its results, what its reverse sweep reads of its arms:
//
//   %y = if %c { %e = exp %x; yield %e } else { yield 0.0 }
//
// becomes
//
//   %y, %e' = if %c { %e = exp %x; yield %e, %e } else { yield 0.0, 0.0 }
//   …
//   %dx = if %c { %p = multiply %dy, %e'; yield %p } else { yield 0.0 }
//
// and the adjoint of %x is %dx under the mask %c: the arm that is not taken contributes nothing to
// what comes before.

extension Reverse {
  /// Copies a conditional; its arms yield also what the reverse sweep reads.
  mutating func forwardConditional(_ instruction: Instruction) {
    let condition = primal(old.operand(0, of: instruction))
    let (then, otherwise) = instruction.arms
    let saved = (residuals.values(of: then), residuals.values(of: otherwise))
    let stacked = residuals.savedInTree(of: then) + residuals.savedInTree(of: otherwise)
    for value in stacked where stacks[value] == nil { stacks[value] = emptyStack(of: value) }
    let before = stacks
    let regions = builder.openArms()
    let thenYields = forwardArm(then, saved.0, stacked)
    stacks = before
    builder.enter(regions.otherwise)
    let otherwiseYields = forwardArm(otherwise, saved.1, stacked)
    // What the other arm saves is read only where that arm ran.
    let first = thenYields.results + thenYields.saved + saved.1.map { zero(like: $0) }
    let second =
      otherwiseYields.results + saved.0.map { zero(like: $0) } + otherwiseYields.saved
    builder.setYields(of: regions.then, first + thenYields.stacks)
    builder.setYields(of: regions.otherwise, second + otherwiseYields.stacks)
    let results = builder.conditional(condition, regions)
    for (value, new) in zip(Array(instruction.results) + saved.0 + saved.1, results) {
      primals[value] = new
    }
    stacks = before
    for (value, stack) in zip(stacked, results.suffix(stacked.count)) { stacks[value] = stack }
  }

  private mutating func forwardArm(
    _ region: RegionID, _ saved: [Value], _ stacked: [Value]
  ) -> (results: [Value], saved: [Value], stacks: [Value]) {
    forward(region)
    let yields = (primals(of: old[region].yields), primals(of: saved), stacks(of: stacked))
    builder.close(yielding: [])
    return yields
  }

  private mutating func zero(like value: Value) -> Value {
    builder.constant(0, old.type(of: value))
  }

  /// Copies the instructions of `region` again whose results its reverse sweep reads.
  mutating func computeAgain(_ region: RegionID) {
    for id in old[region].instructions {
      let instruction = old[id]
      guard instruction.results.contains(where: residuals.isNeededAgain) else { continue }
      builder.span = instruction.span
      if instruction.op == .conditional {
        computeConditionalAgain(instruction)
      } else {
        copy(instruction)
      }
    }
  }

  private mutating func computeConditionalAgain(_ instruction: Instruction) {
    let condition = primal(old.operand(0, of: instruction))
    let needed = instruction.results.enumerated().filter { residuals.isNeededAgain($0.element) }
    let regions = builder.openArms()
    computeArmAgain(instruction.arms.then, needed.map(\.offset))
    builder.enter(regions.otherwise)
    computeArmAgain(instruction.arms.otherwise, needed.map(\.offset))
    let results = builder.conditional(condition, regions)
    for ((_, value), new) in zip(needed, results) { primals[value] = new }
  }

  private mutating func computeArmAgain(_ region: RegionID, _ positions: [Int]) {
    computeAgain(region)
    builder.close(yielding: positions.map { primal(old[region].yields[$0]) })
  }

  /// Pulls the adjoints of the results of a conditional back through the arm that was taken.
  mutating func reverseConditional(_ instruction: Instruction) {
    let stacked =
      residuals.savedInTree(of: instruction.arms.then)
      + residuals.savedInTree(of: instruction.arms.otherwise)
    // What the turn before left on stacks is not for this one.
    let mustPop = residuals.places.isInLoop(instruction.region) && !stacked.isEmpty
    let hasAdjoint = instruction.results.contains { adjoints[$0.position] != nil }
    guard hasAdjoint || mustPop else { return }
    let condition = primal(old.operand(0, of: instruction))
    let sums = sumsCarriedAlong(instruction)
    let before = stacks
    let regions = builder.openArms()
    let then = reverseArm(instruction, instruction.arms.then, sums, stacked)
    stacks = before
    builder.enter(regions.otherwise)
    let otherwise = reverseArm(instruction, instruction.arms.otherwise, sums, stacked)
    builder.span = instruction.span
    let captured =
      (then.scope.order + otherwise.scope.order.filter { then.scope.captured[$0] == nil })
      .filter { sums[$0] == nil }
    let parts = captured.map {
      ArmDerivatives(
        then: then.scope.captured[$0], otherwise: otherwise.scope.captured[$0],
        type: old.type(of: $0))
    }
    var yields: (then: [Value], otherwise: [Value]) = (then.others, otherwise.others)
    for part in parts {
      let (a, b) = part.yields(in: &builder)
      yields.then += a
      yields.otherwise += b
    }
    builder.setYields(of: regions.then, yields.then)
    builder.setYields(of: regions.otherwise, yields.otherwise)
    var results = builder.conditional(condition, regions)[...]
    for value in stacked { stacks[value] = results.removeFirst() }
    for (value, sum) in sums.sorted(by: { $0.key.index < $1.key.index }) {
      let new = Derivative(value: results.removeFirst())
      let haveChanged = [then, otherwise].map { $0.scope.captured[value]?.value != sum.value }
      replaceSum(of: value, by: new, haveChanged, condition)
    }
    for (value, part) in zip(captured, parts) {
      contribute(part.joined(condition, &results, in: &builder), to: value)
    }
  }

  /// Makes `sum` the adjoint of `value` after arms of which one or both added to it.
  private mutating func replaceSum(
    of value: Value, by sum: Derivative, _ haveChanged: [Bool], _ condition: Value
  ) {
    switch (haveChanged[0], haveChanged[1]) {
    case (false, false): break
    case (true, true): replace(value, by: sum, Mask())
    case (true, false): replace(value, by: sum, Mask(whole: condition))
    case (false, true):
      replace(value, by: sum, Mask(whole: builder.append(.not, condition)))
    }
  }

  /// Returns the adjoints so far of the arrays of which arms read parts: their parts are added in their
  /// places, and not to zeros that are then added.
  private func sumsCarriedAlong(_ instruction: Instruction) -> [Value: Derivative] {
    var sums: [Value: Derivative] = [:]
    for arm in instruction.regions {
      for value in residuals.places.arraysRead(in: arm) where activity[value] {
        guard let sum = sum(of: value), sum.mask == Mask() else { continue }
        sums[value] = sum
      }
    }
    return sums
  }

  /// Sweeps one arm backward and returns what it contributes to the values outside it, and the stacks
  /// of `stacked` and the sums that it carries along after it.
  private mutating func reverseArm(
    _ instruction: Instruction, _ region: RegionID, _ sums: [Value: Derivative],
    _ stacked: [Value]
  ) -> (scope: Scope, others: [Value]) {
    var scope = Scope(region)
    for (value, sum) in sums { scope.carry(value, sum) }
    scopes.append(scope)
    restore(region)
    for (result, yield) in zip(instruction.results, old[region].yields) {
      if let adjoint = adjoints[result.position] { contribute(adjoint, to: yield) }
    }
    reverse(region)
    scope = scopes.removeLast()
    for value in scope.order {
      scope.captured[value] = scope.captured[value]?.ofWholeArray(in: &builder)
    }
    let whole = sums.keys.sorted { $0.index < $1.index }.compactMap { scope.captured[$0]?.value }
    let others = stacks(of: stacked) + whole
    builder.close(yielding: [])
    return (scope, others)
  }
}
