import BPLexer

/// Builds a new function from an old one, instruction by instruction, leaving dead code behind.
package struct Rewriter {
  /// The function that is rewritten.
  package let old: Function
  /// The builder of the new function.
  package var builder: Builder
  private var values: [Value]
  private let isLive: [Bool]
  /// What symbols of shapes are replaced by.
  private var sizes: [String: Dimension]
  /// The names in what took the place of calls.
  private var inlinedNames: [NamedValue] = []
  /// Whether some loops have to be taken apart into their turns.
  let hasTurnSizes: Bool

  /// Decides what stands for the results of a live instruction; nil keeps the instruction.
  package typealias Rule = (inout Rewriter, Instruction) -> [Value]?

  private static let unmapped = Value(Int(UInt32.max))

  fileprivate init(_ old: Function, _ builder: Builder, sizes: [String: Dimension] = [:]) {
    self.old = old
    self.builder = builder
    self.sizes = sizes
    isLive = old.liveValues()
    hasTurnSizes = old.hasTurnSizes
    values = Array(repeating: Rewriter.unmapped, count: old.valueCount)
  }

  /// Returns what stands for `value` of the old function in the new one.
  package mutating func mapped(_ value: Value) -> Value {
    let known = values[value.position]
    if known != Rewriter.unmapped { return known }
    // Only constants come into being at their first use.
    let constant = builder.constant(old.constant(value) ?? .nan, type(of: value))
    // In the next turn its shape may be another one.
    if !hasTurnSizes || !old.type(of: value).isTurnSized { values[value.position] = constant }
    return constant
  }

  /// Returns what stands for `value`; nil where nothing does yet.
  func known(_ value: Value) -> Value? {
    let new = values[value.position]
    return new == Rewriter.unmapped ? nil : new
  }

  /// Calls `body` with the builder and what stands for each value so far, nil for what is not there.
  package mutating func lendBuilder<Result>(
    _ body: (inout Builder, _ primal: (Value) -> Value?) -> Result
  ) -> Result {
    let values = values
    return body(&builder) { value in
      let new = values[value.position]
      return new == Rewriter.unmapped ? nil : new
    }
  }

  /// Returns the type that what stands for `value` has.
  package func type(of value: Value) -> ValueType {
    let type = old.type(of: value)
    return sizes.isEmpty ? type : type.with(type.shape.substituting(sizes))
  }

  /// Makes `new` stand for `value`.
  package mutating func map(_ value: Value, to new: Value) { values[value.position] = new }

  /// Returns what stands for the operands of `instruction`.
  package mutating func mappedOperands(_ instruction: Instruction) -> [Value] {
    var operands: [Value] = []
    operands.reserveCapacity(Int(instruction.operandCount))
    for operand in old.operands(of: instruction) { operands.append(mapped(operand)) }
    return operands
  }

  /// Copies the instructions of `region` into the current one.
  package mutating func copy(_ region: RegionID, _ rule: Rule) {
    for id in old[region].instructions { rewrite(old[id], rule) }
  }

  private mutating func rewrite(_ instruction: Instruction, _ rule: Rule) {
    guard instruction.results.contains(where: { isLive[$0.position] }) else { return }
    builder.span = instruction.span
    if let results = rule(&self, instruction) {
      for (old, new) in zip(instruction.results, results) { map(old, to: new) }
    } else if instruction.op == .conditional {
      rewriteConditional(instruction, rule)
    } else if instruction.op == .loop {
      rewriteLoop(instruction, rule)
    } else if instruction.op == .sweep || instruction.op == .revolve {
      rewriteTurns(instruction, rule)
    } else {
      keep(instruction)
    }
  }

  private mutating func keep(_ instruction: Instruction) {
    switch (instruction.op, instruction.operandCount) {
    case (.call, _):
      let types: [ValueType] = instruction.results.map { type(of: $0) }
      let results = builder.call(
        Int(instruction.attribute), mappedOperands(instruction), returning: types)
      for (old, new) in zip(instruction.results, results) { map(old, to: new) }
    case (.pop, _):
      let (value, stack) = builder.pop(mapped(old.operand(0, of: instruction)))
      for (old, new) in zip(instruction.results, [value, stack]) { map(old, to: new) }
    case (let op, _) where op.isArrayOperation:
      let attribute = old.attribute(of: instruction).substituting(sizes)
      map(
        instruction.result, to: builder.append(op, mappedOperands(instruction), attribute))
    case (let op, 1):
      map(instruction.result, to: builder.append(op, mapped(old.operand(0, of: instruction))))
    case (let op, 2):
      let a = mapped(old.operand(0, of: instruction))
      let b = mapped(old.operand(1, of: instruction))
      map(instruction.result, to: builder.append(op, a, b))
    case (let op, _):
      map(instruction.result, to: builder.append(op, mappedOperands(instruction)))
    }
  }

  private mutating func rewriteConditional(_ instruction: Instruction, _ rule: Rule) {
    let condition = mapped(old.operand(0, of: instruction))
    let live = instruction.results.filter { [isLive] in isLive[$0.position] } as [Value]
    let positions = live.map { $0.position - instruction.firstResult.position }
    if builder.simplifies, let known = builder.function.constant(condition) {
      let arm = known != 0 ? instruction.arms.then : instruction.arms.otherwise
      copy(arm, rule)
      for (result, position) in zip(live, positions) {
        map(result, to: mapped(old[arm].yields[position]))
      }
      return
    }
    let arms = builder.openArms()
    copyArm(instruction.arms.then, positions, rule)
    builder.enter(arms.otherwise)
    copyArm(instruction.arms.otherwise, positions, rule)
    builder.span = instruction.span
    for (old, new) in zip(live, builder.conditional(condition, arms)) { map(old, to: new) }
  }

  private mutating func copyArm(_ region: RegionID, _ positions: [Int], _ rule: Rule) {
    copy(region, rule)
    builder.close(yielding: positions.map { mapped(old[region].yields[$0]) })
  }

  /// Calls `body` while `symbol` stands for `size`.
  mutating func withSize(
    _ symbol: String?, _ size: Dimension, _ body: (inout Rewriter) -> Void
  ) {
    let before = sizes
    if let symbol { sizes[symbol] = size }
    body(&self)
    sizes = before
  }

  // MARK: - Loops

  /// Rewrites a loop: what is carried and not needed goes, and so does what no turn changes.
  private mutating func rewriteLoop(_ instruction: Instruction, _ rule: Rule) {
    let operands = Array(old.operands(of: instruction))
    let (start, limit) = (mapped(operands[0]), mapped(operands[1]))
    let carried = carriedPositions(instruction)
    if builder.simplifies, takesNoTurn(start, limit) {
      for position in carried {
        map(Value(instruction.firstResult.position + position), to: mapped(operands[2 + position]))
      }
      return map(instruction.turns, to: builder.constant(0, .integer))
    }
    let parameters = old[instruction.body].parameters
    let initial = carried.map { mapped(operands[2 + $0]) }
    if let turns = turnsToUnroll(instruction, limit) {
      return unroll(instruction, turns, start, carried, initial, rule)
    }
    let body = builder.openLoop(
      carrying: initial.map(builder.function.type), turnSymbol: old[instruction.body].turnSymbol)
    let new = builder.function[body].parameters
    map(parameters[0], to: new[0])
    for (position, parameter) in zip(carried, new[1...]) {
      map(parameters[1 + position], to: parameter)
    }
    copy(instruction.body, rule)
    let yields = old[instruction.body].yields
    let go = mapped(yields[0])
    builder.close(yielding: [go] + carried.map { mapped(yields[1 + $0]) })
    builder.span = instruction.span
    let results = builder.loop(start: start, limit: limit, initial, body)
    for (position, result) in zip(carried, results) {
      map(Value(instruction.firstResult.position + position), to: result)
    }
    map(instruction.turns, to: results[carried.count])
  }

  /// Copies a sweep, or the way back.
  private mutating func rewriteTurns(_ instruction: Instruction, _ rule: Rule) {
    let operands = mappedOperands(instruction)
    let types = instruction.regions.map { region in
      old[region].parameters.dropFirst().map { type(of: $0) }
    }
    let regions = builder.openTurns(carrying: types)
    for (number, (region, new)) in zip(instruction.regions, regions).enumerated() {
      if number > 0 { builder.enter(new) }
      for (parameter, value) in zip(old[region].parameters, builder.function[new].parameters) {
        map(parameter, to: value)
      }
      copy(region, rule)
      builder.close(yielding: old[region].yields.map { mapped($0) })
    }
    builder.span = instruction.span
    let results = builder.turns(instruction.op, operands, regions[0])
    for (old, new) in zip(instruction.results, results) { map(old, to: new) }
  }

  private func takesNoTurn(_ start: Value, _ limit: Value) -> Bool {
    builder.function.constant(start) == 0 || builder.function.constant(limit) == 0
  }

  /// Returns the positions of what a loop has to carry; makes what stands for the initial value stand
  /// for what no turn changes.
  mutating func carriedPositions(_ instruction: Instruction) -> [Int] {
    let parameters = old[instruction.body].parameters.dropFirst()
    let yields = old[instruction.body].yields.dropFirst()
    let operands = old.operands(of: instruction).dropFirst(2)
    var positions: [Int] = []
    for (position, (parameter, yield)) in zip(parameters, yields).enumerated() {
      let result = Value(instruction.firstResult.position + position)
      guard isLive[parameter.position] || isLive[result.position] else { continue }
      let initial = operands[operands.startIndex + position]
      if builder.simplifies, yield == parameter || yield == initial {
        map(parameter, to: mapped(initial))
        map(result, to: mapped(initial))
      } else {
        positions.append(position)
      }
    }
    return positions
  }

  /// Copies the body of `callee` in place of a call and returns what stands for its results.
  package mutating func inline(_ callee: Function, _ arguments: [Value], _ rule: Rule) -> [Value] {
    var inner = Rewriter(callee, builder, sizes: sizes)
    builder = Builder(name: "")
    for (parameter, argument) in zip(callee.parameters, arguments) {
      inner.map(parameter, to: argument)
    }
    inner.copy(.body, rule)
    inlinedNames += inner.newNames.map(\.within)
    let results = callee.results.map { inner.mapped($0) }
    builder = inner.builder
    return results
  }

  /// The names of the new function: those of values that are in it.
  private var newNames: [NamedValue] {
    old.names.compactMap { named in known(named.value).map(named.naming) } + inlinedNames
  }

  fileprivate mutating func run(_ rule: Rule) -> Function {
    for (parameter, name) in zip(old.parameters, old.parameterNames) {
      map(parameter, to: builder.function.addParameter(name, type(of: parameter)))
    }
    copy(.body, rule)
    builder.close(yielding: old.results.map { mapped($0) })
    builder.function.names = newNames
    return builder.function
  }
}

extension Function {
  /// Returns the function with each live instruction replaced by what `rule` says.
  ///
  /// - Parameter sizes: what symbols of shapes are replaced by.
  package func rewritten(
    simplifying: Bool, sharing: Bool = true, sizes: [String: Dimension] = [:],
    _ rule: Rewriter.Rule
  ) -> Function {
    var builder = Builder(
      name: name, capacity: instructions.count, simplifies: simplifying, shares: sharing)
    builder.function.callees = callees
    var rewriter = Rewriter(self, builder, sizes: sizes)
    return rewriter.run(rule)
  }

  /// Returns for each value whether the results of the function depend on it.
  package func liveValues() -> [Bool] {
    var isLive = Array(repeating: false, count: valueCount)
    for value in results { isLive[value.position] = true }
    // Instructions are numbered in the order in which they are made, those of a region before the
    // instruction that holds it: going down, every use comes before the definition, but for what a
    // turn of a loop reads of the turn before.
    var isComplete = false
    while !isComplete {
      isComplete = true
      for instruction in instructions.reversed() where takesPart(instruction, isLive) {
        if instruction.op == .loop {
          if markLoop(instruction, &isLive) { isComplete = false }
        } else {
          markOperands(instruction, &isLive)
        }
      }
    }
    return isLive
  }

  private func takesPart(_ instruction: Instruction, _ isLive: [Bool]) -> Bool {
    instruction.results.contains { isLive[$0.position] }
  }

  private func markOperands(_ instruction: Instruction, _ isLive: inout [Bool]) {
    for operand in operands(of: instruction) { isLive[operand.position] = true }
    if instruction.op == .sweep || instruction.op == .revolve {
      for region in instruction.regions {
        for yield in self[region].yields { isLive[yield.position] = true }
      }
    }
    guard instruction.op == .conditional else { return }
    for (position, result) in instruction.results.enumerated() where isLive[result.position] {
      isLive[self[instruction.arms.then].yields[position].position] = true
      isLive[self[instruction.arms.otherwise].yields[position].position] = true
    }
  }

  /// Marks what a loop reads, and returns whether its turns have to be looked at again.
  private func markLoop(_ instruction: Instruction, _ isLive: inout [Bool]) -> Bool {
    let operands = operands(of: instruction)
    let region = self[instruction.body]
    let read = region.yields + operands
    let before = read.map { isLive[$0.position] }
    for operand in operands.prefix(2) { isLive[operand.position] = true }
    isLive[region.yields[0].position] = true
    for position in 0..<Int(instruction.resultCount) - 1 {
      let result = Value(instruction.firstResult.position + position)
      guard isLive[result.position] || isLive[region.parameters[1 + position].position] else {
        continue
      }
      isLive[region.yields[1 + position].position] = true
      isLive[operands[operands.startIndex + 2 + position].position] = true
    }
    return before != read.map { isLive[$0.position] }
  }
}
