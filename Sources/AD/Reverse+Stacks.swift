import BPIR

extension Reverse {
  /// Pushes `value`, which was just made, on its stack where it is to be saved.
  mutating func save(_ value: Value) {
    guard residuals.isSaved[value.position] else { return }
    let stack = stacks[value] ?? emptyStack(of: value)
    stacks[value] = builder.push(primal(value), onto: stack)
  }

  /// Makes what the reverse sweep of `region` reads known in it: takes it from stacks, or computes it
  /// again.
  mutating func restore(_ region: RegionID) {
    for value in residuals.saved[region.position] {
      let (saved, rest) = builder.pop(stacks[value] ?? emptyStack(of: value))
      primals[value] = saved
      stacks[value] = rest
    }
    if residuals.places.isInLoop(region) || residuals.isDeep(region) { computeAgain(region) }
  }

  /// Returns the stacks by now of the values that are saved in turns of loops.
  mutating func stacks(of values: [Value]) -> [Value] {
    var current: [Value] = []
    for value in values { current.append(stacks[value] ?? emptyStack(of: value)) }
    return current
  }

  /// Returns the empty stack of what `value` is.
  mutating func emptyStack(of value: Value) -> Value {
    builder.emptyStack(of: old.type(of: value))
  }

  /// Copies the taking of the top of `stack`.
  mutating func copyPop(_ instruction: Instruction, _ stack: Value) {
    let (value, rest) = builder.pop(stack)
    for (old, new) in zip(instruction.results, [value, rest]) { primals[old] = new }
  }

  /// Pulls the adjoint of a stack back: it is the stack of the adjoints of what lies on it, so what was
  /// pushed is popped, and what was popped is pushed.
  mutating func reverseStack(_ instruction: Instruction) {
    let stack = old.operand(0, of: instruction)
    guard activity[stack] || activity[instruction.result] else { return }
    builder.span = instruction.span
    if instruction.op == .push {
      let adjoint = adjoints[instruction.result.position]?.value ?? emptyStack(like: stack)
      let (value, rest) = builder.pop(adjoint)
      contribute(Derivative(value: value), to: old.operand(1, of: instruction))
      contribute(Derivative(value: rest), to: stack)
    } else {
      let rest = Value(instruction.firstResult.position + 1)
      let adjoint = adjoints[rest.position]?.value ?? emptyStack(like: stack)
      let value =
        adjoints[instruction.result.position]?.chosen(in: &builder)
        ?? builder.constant(0, old.type(of: instruction.result))
      contribute(Derivative(value: builder.push(value, onto: adjoint)), to: stack)
    }
  }

  private mutating func emptyStack(like stack: Value) -> Value {
    builder.constant(0, old.type(of: stack))
  }
}
