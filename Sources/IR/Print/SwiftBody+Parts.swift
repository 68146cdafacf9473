// A large function is split into parts, each a function of its own. Values that one part makes and
// another reads are kept in an array of numbers that all parts share.

extension SwiftBody {
  /// Writes the calls of the parts that the body is split into.
  mutating func printParts(_ writer: inout LineWriter) {
    var split = SwiftSplit(self)
    let calls = split.run()
    writer.line("var workspace = [Double](repeating: 0.0, count: \(split.slotCount))")
    for (value, name) in zip(function.parameters, parameterNames) {
      guard let slot = split.slots[value] else { continue }
      writer.line("workspace[\(slot)] = \(SwiftBody.stored(name, function.type(of: value)))")
    }
    for call in calls { writer.line(call) }
    for value in function.results where function.constant(value) == nil {
      guard let slot = split.slots[value] else { continue }
      valueNames[value.position] = SwiftSplit.loaded(slot, function.type(of: value))
    }
    parts = split.texts
    adopt(split.body)
  }
}

/// The way a large function is cut into parts.
struct SwiftSplit {
  /// The body that writes the statements of the parts.
  private(set) var body: SwiftBody
  /// The texts of the parts.
  private(set) var texts: [String] = []
  /// Where the values stand that more than one part uses.
  private(set) var slots: [Value: Int] = [:]
  private let function: Function
  /// The number of the part that each instruction belongs to.
  private var owners: [Int]
  private var cuts: [Cut] = []
  private var sizes: [Int]

  /// One part: instructions of one region, or a conditional whose arms are parts themselves.
  private enum Cut {
    case instructions([InstructionID])
    case conditional(InstructionID, then: [Int], otherwise: [Int])
  }

  init(_ body: SwiftBody) {
    self.body = body
    self.body.inlinesConditions = false
    function = body.function
    owners = Array(repeating: -1, count: function.instructions.count)
    sizes = Array(repeating: 1, count: function.instructions.count)
  }

  /// How many values the parts share.
  var slotCount: Int { slots.count }

  /// Cuts the function, writes the parts and returns the statements that run them in order.
  mutating func run() -> [String] {
    measure()
    let top = cut(.body)
    share()
    for index in cuts.indices { texts.append(text(index)) }
    return top.map { call($0) }
  }

  /// Returns the value in a slot.
  static func loaded(_ slot: Int, _ type: ValueType) -> String {
    SwiftBody.loaded("workspace[\(slot)]", type)
  }

  private func call(_ part: Int) -> String { "\(name(part))(&workspace)" }

  private func name(_ part: Int) -> String { "\(body.prefix)Part\(part + 1)" }

  /// Finds how many statements each instruction takes, those of its arms included.
  private mutating func measure() {
    for (index, instruction) in function.instructions.enumerated()
    where instruction.op == .conditional {
      let arms = [instruction.arms.then, instruction.arms.otherwise]
      let inner = arms.flatMap { function[$0].instructions }.map { sizes[$0.position] }
      sizes[index] = 3 + 2 * Int(instruction.resultCount) + inner.reduce(0, +)
    }
  }

  /// Cuts `region` and returns the parts to run in order.
  private mutating func cut(_ region: RegionID) -> [Int] {
    var parts: [Int] = []
    var current: [InstructionID] = []
    var size = 0
    func flush(_ split: inout SwiftSplit) {
      if !current.isEmpty { parts.append(split.add(.instructions(current))) }
      current = []
      size = 0
    }
    for id in function[region].instructions {
      let next = sizes[id.position]
      if size + next > SwiftBody.longestFunction { flush(&self) }
      if next > SwiftBody.longestFunction {
        let then = cut(function[id].arms.then)
        let otherwise = cut(function[id].arms.otherwise)
        parts.append(add(.conditional(id, then: then, otherwise: otherwise)))
      } else {
        current.append(id)
        size += next
      }
    }
    flush(&self)
    return parts
  }

  private mutating func add(_ cut: Cut) -> Int {
    let part = cuts.count
    cuts.append(cut)
    switch cut {
    case .instructions(let ids): for id in ids { own(id, part) }
    case .conditional(let id, _, _): owners[id.position] = part
    }
    return part
  }

  private mutating func own(_ id: InstructionID, _ part: Int) {
    owners[id.position] = part
    guard function[id].op == .conditional else { return }
    for arm in [function[id].arms.then, function[id].arms.otherwise] {
      for inner in function[arm].instructions { own(inner, part) }
    }
  }

  // MARK: - Shared values

  /// Gives a slot to each value that is read outside the part that makes it.
  private mutating func share() {
    for (index, instruction) in function.instructions.enumerated() where owners[index] >= 0 {
      for operand in function.operands(of: instruction) { use(operand, in: owners[index]) }
      guard instruction.op == .conditional else { continue }
      for arm in [instruction.arms.then, instruction.arms.otherwise] {
        for yield in function[arm].yields { use(yield, in: owners[index]) }
      }
      if isCut(owners[index]) { for result in instruction.results { giveSlot(result) } }
    }
    for result in function.results { use(result, in: -1) }
  }

  private func isCut(_ part: Int) -> Bool {
    if case .conditional = cuts[part] { true } else { false }
  }

  private mutating func use(_ value: Value, in part: Int) {
    switch function.definition(of: value) {
    case .constant: return
    case .parameter: giveSlot(value)
    case .result(let id, _):
      if owners[id.position] != part || (part >= 0 && isCut(part)) { giveSlot(value) }
    }
  }

  private mutating func giveSlot(_ value: Value) {
    if slots[value] == nil { slots[value] = slots.count }
  }

  // MARK: - Text

  private mutating func text(_ part: Int) -> String {
    var writer = LineWriter()
    body.startPart()
    writer.block("private static func \(name(part))(_ workspace: inout [Double]) {") { writer in
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
    case .parameter: true
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
