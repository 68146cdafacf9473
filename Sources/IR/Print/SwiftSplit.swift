/// The way a large function is cut into parts.
struct SwiftSplit {
  /// The body that writes the statements of the parts.
  var body: SwiftBody
  /// The texts of the parts.
  private(set) var texts: [String] = []
  /// Where the values stand that more than one part uses.
  private(set) var slots: [Value: Int] = [:]
  /// What is cut.
  let function: Function
  /// The number of the part that each instruction belongs to.
  private(set) var owners: [Int]
  /// The parts.
  private(set) var cuts: [Cut] = []
  /// How many statements each instruction takes.
  private var sizes: [Int]

  /// A part: instructions of one region, or a conditional whose arms are parts themselves.
  enum Cut {
    /// Instructions that stand one after another.
    case instructions([InstructionID])
    /// A conditional with the parts that its arms are.
    case conditional(InstructionID, then: [Int], otherwise: [Int])
  }

  /// Starts with `body`, of which nothing is cut.
  init(_ body: SwiftBody) {
    self.body = body
    self.body.inlinesConditions = false
    self.body.isLarge = true
    function = body.function
    owners = Array(repeating: -1, count: function.instructions.count)
    sizes = Array(repeating: 1, count: function.instructions.count)
  }

  /// How many values the parts share.
  var slotCount: Int { slots.count }

  /// Cuts the function, writes the parts and returns the statements that run them in order, and how many
  /// of them give the first result.
  mutating func run() -> (calls: [String], valueCount: Int?) {
    measure()
    let top = cut(.body)
    share()
    for index in cuts.indices { texts.append(text(index)) }
    var count: Int?
    if case .result(let id, _) = function.definition(of: function.results[0]) {
      count = top.firstIndex(of: owners[id.position]).map { $0 + 1 }
    }
    return (top.map { call($0) }, count)
  }

  private func makesValue(_ id: InstructionID) -> Bool {
    function[id].region == .body && function[id].results.contains(function.results[0])
  }

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
      if size + next > SwiftBody.longestPart { flush(&self) }
      if next > SwiftBody.longestPart {
        let then = cut(function[id].arms.then)
        let otherwise = cut(function[id].arms.otherwise)
        parts.append(add(.conditional(id, then: then, otherwise: otherwise)))
      } else {
        current.append(id)
        size += next
      }
      // The parts up to here give the value alone.
      if makesValue(id) { flush(&self) }
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
    case .parameter, .regionParameter: giveSlot(value)
    case .result(let id, _):
      if owners[id.position] != part || (part >= 0 && isCut(part)) { giveSlot(value) }
    }
  }

  private mutating func giveSlot(_ value: Value) {
    if slots[value] == nil { slots[value] = slots.count }
  }
}
