import BPIR

// A loop carries, besides what it carries, the tangents of what varies.

extension Forward {
  /// What is carried along for the tangent of one value in one direction.
  private struct Carried {
    let position: Int
    let direction: Int
    var form: CarriedDerivative
  }

  /// Copies a loop with tangents.
  mutating func sweepLoop(_ instruction: Instruction) {
    var carried = carriedTangents(instruction)
    guard old.mayMask(instruction.body) else {
      // Nothing is swept again then, and nothing has to be kept for that.
      _ = sweepTurns(instruction, carried, isLast: true)
      return
    }
    while true {
      let before = self
      guard let more = sweepTurns(instruction, carried) else { return }
      // A turn has to say when what it hands on counts: it is swept again with that.
      self = before
      for index in more { carried[index].form.isMasked = true }
    }
  }

  private func carriedTangents(_ instruction: Instruction) -> [Carried] {
    var carried: [Carried] = []
    let parameters = old[instruction.body].parameters.dropFirst()
    for (position, (parameter, result)) in zip(parameters, instruction.results).enumerated()
    where activity[parameter] || activity[result] {
      let type = old.type(of: parameter)
      // Where it is not active no turn hands anything on to the next.
      let isMasked = !activity[old[instruction.body].yields[1 + position]] && !type.isStack
      carried += directions.indices.map {
        Carried(
          position: position, direction: $0,
          form: CarriedDerivative(type: type, isMasked: isMasked))
      }
    }
    return carried
  }

  /// Copies the turns with tangents; returns which tangents have to say when they count, where they did
  /// not, and nothing is done then.
  private mutating func sweepTurns(
    _ instruction: Instruction, _ carried: [Carried], isLast: Bool = false
  ) -> [Int]? {
    let operands = primals(of: old.operands(of: instruction))
    let initial = Array(old.operands(of: instruction).dropFirst(2))
    let start = carried.flatMap {
      $0.form.values(tangent(initial[$0.position], $0.direction), in: &builder)
    }
    let all = Array(operands[2...]) + start
    let body = builder.openLoop(carrying: all.map(builder.function.type))
    var handed = builder.function[body].parameters[...]
    let parameters = old[instruction.body].parameters
    for parameter in parameters { primals[parameter] = handed.removeFirst() }
    for tangent in carried {
      setTangent(
        parameters[1 + tangent.position], tangent.direction, tangent.form.taken(from: &handed))
    }
    sweep(instruction.body)
    let yields = old[instruction.body].yields
    let next = carried.map { tangent(yields[1 + $0.position], $0.direction) }
      .map { $0?.ofWholeArray(in: &builder) }
    let unmasked = carried.indices.filter { index in
      !carried[index].form.isMasked && !carried[index].form.type.isStack
        && next[index]?.mask != Mask()
    }
    guard unmasked.isEmpty || isLast else { return unmasked }
    let tangents = zip(carried, next).flatMap { $0.form.values($1, in: &builder) }
    builder.close(yielding: primals(of: yields) + tangents)
    builder.span = instruction.span
    var results = builder.loop(start: operands[0], limit: operands[1], all, body)[...]
    for result in instruction.results.dropLast() { primals[result] = results.removeFirst() }
    for tangent in carried {
      let result = Value(instruction.firstResult.position + tangent.position)
      setTangent(result, tangent.direction, tangent.form.taken(from: &results))
    }
    primals[instruction.turns] = results.last
    return nil
  }

  // MARK: - Stacks

  /// Copies what pushes or pops: the tangent of a stack is the stack of the tangents.
  mutating func sweepStack(_ instruction: Instruction) {
    let operands = Array(old.operands(of: instruction))
    let primals = primals(of: operands)
    if instruction.op == .push {
      self.primals[instruction.result] = builder.push(primals[1], onto: primals[0])
    } else {
      let (value, rest) = builder.pop(primals[0])
      for (result, new) in zip(instruction.results, [value, rest]) { self.primals[result] = new }
    }
    guard activity[operands[0]] || activity[instruction.result] else { return }
    for direction in directions.indices { sweepStack(instruction, operands, direction) }
  }

  private mutating func sweepStack(
    _ instruction: Instruction, _ operands: [Value], _ direction: Int
  ) {
    let stack =
      tangent(operands[0], direction)?.value ?? builder.constant(0, old.type(of: operands[0]))
    if instruction.op == .push {
      let value =
        tangent(operands[1], direction)?.chosen(in: &builder)
        ?? builder.constant(0, old.type(of: operands[1]))
      let pushed = builder.push(value, onto: stack)
      setTangent(instruction.result, direction, Derivative(value: pushed))
    } else {
      let (value, rest) = builder.pop(stack)
      for (result, tangent) in zip(instruction.results, [value, rest]) {
        setTangent(result, direction, Derivative(value: tangent))
      }
    }
  }
}
