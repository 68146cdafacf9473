// Operations on elements: as many as possible in one loop.

extension SwiftBody {
  /// Writes operations on elements as one loop, and what of `steps` can be done in tiles of it.
  mutating func printLoop(
    _ ids: [InstructionID], before steps: ArraySlice<ScheduledStep> = [],
    _ writer: inout LineWriter
  ) {
    printComment(function[ids[0]].span, &writer)
    let made = ids.map { function[$0].result }
    let read = outside(ids, made)
    var views: [SwiftView] = []
    for value in read { views.append(view(of: value, &writer)) }
    let kept = made.filter { arrays.schedule.lastUse(of: $0) > arrays.position }
    let shape = function.type(of: made[0]).shape
    if let tiles = tiles(ids, shape, views, before: steps) {
      return printTiles(tiles, ids, read, views, kept, &writer)
    }
    for value in kept {
      let place = canReplace(value, ids, read, views) ? arrays.position : nil
      views.append(SwiftView(.memory(declareMemory(value, after: place, &writer)), shape))
    }
    let nest = SwiftNest(shape, views)
    openLoops(nest.counts, &writer)
    var targets: [Value: String] = [:]
    for (number, value) in zip(read.count..., kept) {
      targets[value] = place(views[number], nest.strides[number])
    }
    printElements(ids, read, views, nest, targets, &writer)
    closeLoops(nest.counts, &writer)
  }

  /// Writes the operations of a loop, whose results are kept at `targets`.
  mutating func printElements(
    _ ids: [InstructionID], _ read: [Value], _ views: [SwiftView], _ nest: SwiftNest,
    _ targets: [Value: String], _ writer: inout LineWriter
  ) {
    for (number, value) in read.enumerated() { name(value, views[number], nest.strides[number]) }
    inlineConditions(ids, targets)
    for (position, id) in ids.enumerated() {
      printElement(ids, position, targets[function[id].result], &writer)
    }
    forget(read + ids.map { function[$0].result })
  }

  /// Whether `value` may overwrite the elements of what stands where it is wanted one by one: they are
  /// read at the same places, and by no later operation.
  private func canReplace(
    _ value: Value, _ ids: [InstructionID], _ read: [Value], _ views: [SwiftView]
  ) -> Bool {
    guard let target = arrays.targets[value] else { return false }
    let shape = function.type(of: value).shape
    let readers = zip(read, views).filter { $0.1.numbers?.name == target.name }
    guard readers.allSatisfy({ $0.1.stands(at: shape) }) else { return false }
    let names = Set(readers.map(\.0))
    let rest = ids.drop { function[$0].result != value }.dropFirst()
    return !rest.contains { function.operands(of: function[$0]).contains(where: names.contains) }
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

  private mutating func inlineConditions(_ ids: [InstructionID], _ kept: [Value: String]) {
    for result in ids.map({ function[$0].result })
    where function.type(of: result).isBoolean && useCounts[result.position] == 1
      && kept[result] == nil
    {
      arrays.inlined.insert(result)
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
      let isTight = expression.precedence > 1 || !type.isBoolean
      let text = isTight ? expression.text : "(\(expression.text))"
      return assign(target, SwiftBody.stored(text, type), &writer)
    }
    let name = nameElement(instruction.result)
    assign("let \(name): \(SwiftBody.type(type))", expression.text, &writer)
    assign(target, SwiftBody.stored(name, type), &writer)
  }

  /// Writes the heads of loops that stand inside `depth` others.
  mutating func openLoops(
    _ counts: [Dimension], after depth: Int = 0, _ writer: inout LineWriter
  ) {
    for (number, count) in counts.enumerated() {
      let limit = count.swiftFactor(arrays.symbols)
      writer.line("for \(loopIndex(depth + number)) in 0..<\(limit) {")
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
}
