// The parts of a large function as text.

extension SwiftSplit {
  /// Returns the value in a slot.
  static func loaded(_ slot: Int, _ type: ValueType) -> String {
    SwiftBody.loaded("workspace[\(slot)]", type)
  }

  private func name(_ part: Int) -> String { "\(body.prefix)Part\(part + 1)" }

  /// Returns the statement that runs a part.
  func call(_ part: Int) -> String { "\(name(part))(workspace)" }

  /// Returns the function that a part becomes.
  mutating func text(_ part: Int) -> String {
    var writer = LineWriter()
    body.startPart()
    writer.block("private static func \(name(part))(_ workspace: UnsafeMutablePointer<Double>) {") {
      writer in
      switch cuts[part] {
      case .instructions(let ids): printInstructions(ids, part, &writer)
      case .conditional(let id, let then, let otherwise):
        printConditional(function[id], then, otherwise, &writer)
      }
    }
    return String(writer.text.dropLast())
  }

  private mutating func printInstructions(
    _ ids: [InstructionID], _ part: Int, _ writer: inout LineWriter
  ) {
    var loaded: Set<Value> = []
    for id in ids { load(id, part, &loaded, &writer) }
    for id in ids {
      body.print(function[id], &writer)
      for result in function[id].results {
        guard let slot = slots[result] else { continue }
        let value = SwiftBody.stored(body.atom(result), function.type(of: result))
        writer.line("workspace[\(slot)] = \(value)")
      }
    }
  }

  /// Writes the loads of what an instruction, and those in its arms, read from other parts.
  private mutating func load(
    _ id: InstructionID, _ part: Int, _ loaded: inout Set<Value>, _ writer: inout LineWriter
  ) {
    let instruction = function[id]
    var reads = Array(function.operands(of: instruction))
    if instruction.op == .conditional {
      for arm in [instruction.arms.then, instruction.arms.otherwise] {
        for inner in function[arm].instructions { load(inner, part, &loaded, &writer) }
        reads += function[arm].yields
      }
    }
    for value in reads where isForeign(value, part) && loaded.insert(value).inserted {
      guard let slot = slots[value] else { continue }
      body.declare(value, as: SwiftSplit.loaded(slot, function.type(of: value)), &writer)
    }
  }

  private func isForeign(_ value: Value, _ part: Int) -> Bool {
    switch function.definition(of: value) {
    case .constant: false
    case .parameter, .regionParameter: true
    case .result(let id, _): owners[id.position] != part
    }
  }

  private mutating func printConditional(
    _ instruction: Instruction, _ then: [Int], _ otherwise: [Int], _ writer: inout LineWriter
  ) {
    let condition = function.operand(0, of: instruction)
    let test = slots[condition].map { SwiftSplit.loaded($0, .boolean) } ?? body.atom(condition)
    writer.line("if \(test) {")
    printArm(instruction, instruction.arms.then, then, &writer)
    writer.line("} else {")
    printArm(instruction, instruction.arms.otherwise, otherwise, &writer)
    writer.line("}")
  }

  private func printArm(
    _ instruction: Instruction, _ region: RegionID, _ parts: [Int], _ writer: inout LineWriter
  ) {
    writer.depth += 1
    for part in parts { writer.line(call(part)) }
    for (result, yield) in zip(instruction.results, function[region].yields) {
      guard let target = slots[result] else { continue }
      let type = function.type(of: yield)
      let value =
        slots[yield].map { "workspace[\($0)]" } ?? SwiftBody.stored(body.atom(yield), type)
      writer.line("workspace[\(target)] = \(value)")
    }
    writer.depth -= 1
  }
}
