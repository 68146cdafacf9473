// The statements of functions with arrays: loops over elements, and calls that work along an axis.

extension SwiftBody {
  /// Writes the steps of a region.
  mutating func printArrays(_ region: RegionID, _ writer: inout LineWriter) {
    for step in arrays.schedule.steps[region.position] {
      switch step {
      case .loop(let ids): printLoop(ids, &writer)
      case .instruction(let id): printStep(function[id], &writer)
      }
      arrays.finishStep()
    }
  }

  private mutating func printStep(_ instruction: Instruction, _ writer: inout LineWriter) {
    let operands = Array(function.operands(of: instruction))
    switch instruction.op {
    case .conditional: printArrayConditional(instruction, &writer)
    case .dimension: nameSize(instruction)
    case .slice: printStarts(instruction, operands, &writer)
    case .array, .iota, .reshape, .broadcast, .transpose: break
    case let op where op.isArrayOperation:
      printComment(instruction.span, &writer)
      printArrayOperation(instruction, operands, &writer)
    default:
      let prepared = prepare(operands, &writer)
      print(instruction, &writer)
      forget(prepared)
    }
  }

  private mutating func nameSize(_ instruction: Instruction) {
    guard case .dimension(let dimension) = function.attribute(of: instruction) else { return }
    valueNames[instruction.result.position] = dimension.swiftFactor(arrays.symbols)
  }

  // MARK: - Loops

  /// Writes operations on elements as one loop.
  private mutating func printLoop(_ ids: [InstructionID], _ writer: inout LineWriter) {
    printComment(function[ids[0]].span, &writer)
    let shape = function.type(of: function[ids[0]].result).shape
    let made = ids.map { function[$0].result }
    var values = outside(ids, made)
    var views: [SwiftView] = []
    for value in values { views.append(view(of: value, &writer)) }
    let kept = made.filter { arrays.schedule.lastUse(of: $0) > arrays.position }
    for value in kept {
      values.append(value)
      views.append(SwiftView(.memory(declareMemory(value, &writer)), shape))
    }
    let nest = SwiftNest(shape, views)
    openLoops(nest.counts, &writer)
    for (number, value) in values.enumerated() where !kept.contains(value) {
      name(value, views[number], nest.strides[number])
    }
    inlineConditions(ids, kept)
    for (position, id) in ids.enumerated() {
      let target = values.firstIndex(of: function[id].result).map { number in
        place(views[number], nest.strides[number])
      }
      printElement(ids, position, target, &writer)
    }
    closeLoops(nest.counts, &writer)
    forget(values + made)
  }

  /// Returns what operations read that they do not make.
  private func outside(_ ids: [InstructionID], _ made: [Value]) -> [Value] {
    var seen = Set(made)
    var values: [Value] = []
    for id in ids {
      for operand in function.operands(of: function[id])
      where function.constant(operand) == nil && seen.insert(operand).inserted {
        values.append(operand)
      }
    }
    return values
  }

  private mutating func inlineConditions(_ ids: [InstructionID], _ kept: [Value]) {
    for id in ids {
      let result = function[id].result
      if function.type(of: result).isBoolean, useCounts[result.position] == 1,
        !kept.contains(result)
      {
        arrays.inlined.insert(result)
      }
    }
  }

  /// Writes operation number `position` of a loop, whose result is kept at `target`.
  private mutating func printElement(
    _ ids: [InstructionID], _ position: Int, _ target: String?, _ writer: inout LineWriter
  ) {
    let instruction = function[ids[position]]
    guard let target else { return print(instruction, &writer) }
    printComment(instruction.span, &writer)
    let type = function.type(of: instruction.result)
    let isRead = ids[(position + 1)...].contains { id in
      function.operands(of: function[id]).contains(instruction.result)
    }
    let expression = expression(instruction)
    guard isRead else {
      let isTight = expression.precedence == 9 || !type.isBoolean
      let text = isTight ? expression.text : "(\(expression.text))"
      return assign(target, SwiftBody.stored(text, type), &writer)
    }
    let name = nameElement(instruction.result)
    assign("let \(name): \(SwiftBody.type(type))", expression.text, &writer)
    assign(target, SwiftBody.stored(name, type), &writer)
  }

  /// Gives the element of an array that has a name of its own a name.
  private mutating func nameElement(_ value: Value) -> String {
    let name = names.unique(nextTemporary())
    valueNames[value.position] = name
    return name
  }

  /// Writes an assignment on one line, or on two.
  func assign(_ target: String, _ expression: String, _ writer: inout LineWriter) {
    let line = "\(target) = \(expression)"
    guard 2 * writer.depth + line.count > SwiftPrinter.width else { return writer.line(line) }
    writer.line("\(target) =")
    writer.line("  \(expression)")
  }

  /// Returns how an element is stored among `Double`s.
  static func stored(_ text: String, _ type: ValueType) -> String {
    switch type.element {
    case .real: text
    case .integer: "Double(\(text))"
    case .boolean: "\(text) ? 1.0 : 0.0"
    }
  }

  // MARK: - Loops in general

  /// Writes the heads of loops.
  mutating func openLoops(_ counts: [Dimension], _ writer: inout LineWriter) {
    for (depth, count) in counts.enumerated() {
      writer.line("for \(loopIndex(depth)) in 0..<\(count.swiftFactor(arrays.symbols)) {")
      writer.depth += 1
    }
  }

  /// Writes the ends of loops.
  func closeLoops(_ counts: [Dimension], _ writer: inout LineWriter) {
    for _ in counts {
      writer.depth -= 1
      writer.line("}")
    }
  }

  /// The variable of the loop inside `depth` others.
  mutating func loopIndex(_ depth: Int) -> String {
    while arrays.indices.count <= depth {
      let letters = ["i", "j", "k", "l"]
      let count = arrays.indices.count
      arrays.indices.append(names.unique(count < 4 ? letters[count] : "i\(count)"))
    }
    return arrays.indices[depth]
  }

  // MARK: - Conditionals

  private mutating func printArrayConditional(
    _ instruction: Instruction, _ writer: inout LineWriter
  ) {
    printComment(instruction.span, &writer)
    for result in instruction.results {
      if function.isSingle(result) {
        declare(result, "", &writer)
      } else {
        _ = declareMemory(result, &writer)
      }
    }
    let condition = function.operand(0, of: instruction)
    let prepared = prepare([condition], &writer)
    writer.line("if \(expression(condition, above: 0)) {")
    forget(prepared)
    printArrayArm(instruction.arms.then, instruction, &writer)
    writer.line("} else {")
    printArrayArm(instruction.arms.otherwise, instruction, &writer)
    writer.line("}")
    statement = nil
  }

  private mutating func printArrayArm(
    _ region: RegionID, _ instruction: Instruction, _ writer: inout LineWriter
  ) {
    let (memories, copies) = (arrays.memories, arrays.copies)
    writer.depth += 1
    let yields = function[region].yields
    aim(yields, instruction.results.map { arrays.memories[$0] }, in: region)
    printArrays(region, &writer)
    for (result, yield) in zip(instruction.results, yields) { hand(yield, to: result, &writer) }
    arrays.finishStep()
    writer.depth -= 1
    (arrays.memories, arrays.copies) = (memories, copies)
  }

  private mutating func hand(_ yield: Value, to result: Value, _ writer: inout LineWriter) {
    guard let memory = arrays.memories[result] else {
      let prepared = prepare([yield], &writer)
      writer.line("\(atom(result)) = \(expression(yield, above: 0))")
      return forget(prepared)
    }
    write(yield, to: memory, &writer)
  }

  /// Has the values that `region` makes be computed where they are wanted.
  mutating func aim(_ values: [Value], _ memories: [SwiftMemory?], in region: RegionID) {
    for (value, memory) in zip(values, memories) {
      var root = value
      while let instruction = function.instruction(defining: root), instruction.op == .reshape {
        root = function.operand(0, of: instruction)
      }
      guard let memory, arrays.targets[root] == nil,
        let instruction = function.instruction(defining: root), instruction.region == region,
        !function.isView(instruction)
      else { continue }
      arrays.targets[root] = memory
    }
  }
}
