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
    let regions = builder.openArms()
    let thenYields = forwardArm(then, saved.0)
    builder.enter(regions.otherwise)
    let otherwiseYields = forwardArm(otherwise, saved.1)
    // What the other arm saves is read only where that arm ran.
    let first = thenYields.results + thenYields.saved + saved.1.map { zero(like: $0) }
    let second =
      otherwiseYields.results + saved.0.map { zero(like: $0) } + otherwiseYields.saved
    builder.setYields(of: regions.then, first)
    builder.setYields(of: regions.otherwise, second)
    let results = builder.conditional(condition, regions)
    for (value, new) in zip(Array(instruction.results) + saved.0 + saved.1, results) {
      primals[value] = new
    }
  }

  private mutating func forwardArm(
    _ region: RegionID, _ saved: [Value]
  ) -> (results: [Value], saved: [Value]) {
    forward(region)
    let yields = (primals(of: old[region].yields), primals(of: saved))
    builder.close(yielding: [])
    return yields
  }

  private mutating func zero(like value: Value) -> Value {
    builder.constant(0, old.type(of: value))
  }

  /// Copies the instructions of `region` again whose results its reverse sweep reads.
  private mutating func computeAgain(_ region: RegionID) {
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
    guard instruction.results.contains(where: { adjoints[$0.position] != nil }) else { return }
    let condition = primal(old.operand(0, of: instruction))
    let regions = builder.openArms()
    let then = reverseArm(instruction, instruction.arms.then)
    builder.enter(regions.otherwise)
    let otherwise = reverseArm(instruction, instruction.arms.otherwise)
    builder.span = instruction.span
    let fresh = otherwise.order.filter { then.captured[$0] == nil }
    let captured = then.order + fresh
    let parts = captured.map {
      ArmDerivatives(then: then.captured[$0], otherwise: otherwise.captured[$0])
    }
    var yields: (then: [Value], otherwise: [Value]) = ([], [])
    for part in parts {
      let (a, b) = part.yields(in: &builder)
      yields.then += a
      yields.otherwise += b
    }
    builder.setYields(of: regions.then, yields.then)
    builder.setYields(of: regions.otherwise, yields.otherwise)
    var results = builder.conditional(condition, regions)[...]
    for (value, part) in zip(captured, parts) {
      contribute(part.joined(condition, &results, in: &builder), to: value)
    }
  }

  /// Sweeps one arm backward and returns what it contributes to the values outside it.
  private mutating func reverseArm(_ instruction: Instruction, _ region: RegionID) -> Arm {
    arms.append(Arm(region: region))
    if residuals.isDeep(region) { computeAgain(region) }
    for (result, yield) in zip(instruction.results, old[region].yields) {
      if let adjoint = adjoints[result.position] { contribute(adjoint, to: yield) }
    }
    reverse(region)
    var arm = arms.removeLast()
    for value in arm.order {
      arm.captured[value] = arm.captured[value]?.ofWholeArray(in: &builder)
    }
    builder.close(yielding: [])
    return arm
  }
}
