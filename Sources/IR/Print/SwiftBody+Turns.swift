// Loops of the program in emitted functions.

extension SwiftBody {
  /// Writes a loop: what it carries stands in variables and memory from before the first turn on.
  mutating func printTurns(_ loop: Instruction, _ writer: inout LineWriter) {
    printComment(loop.span, &writer)
    let operands = Array(function.operands(of: loop))
    let prepared = prepare(Array(operands[..<2]), &writer)
    let turns = SwiftTurns(loop, self)
    let limit = expression(operands[1], above: 0)
    let frame = nameTurns(turns, loop, limit, &writer)
    forget(prepared)
    let homes = carry(loop, operands, &writer)
    startStacks(operands.dropFirst(2), loop.results.dropLast(), &writer)
    arrays.finishStep()
    let scope = scope()
    writer.line(frame.head)
    writer.depth += 1
    stacks.depth += 1
    let region = function[loop.body]
    for (parameter, home) in zip(region.parameters.dropFirst(), homes) {
      settle(parameter, in: home)
    }
    for (yield, home) in zip(region.yields.dropFirst(), homes) { wish(yield, in: home) }
    if let name = frame.condition { wish(region.yields[0], in: .number(name)) }
    printArrays(loop.body, &writer)
    printEnd(of: loop, frame, homes, &writer)
    writer.depth -= 1
    stacks.depth -= 1
    writer.line("}")
    leave(scope)
    for (result, home) in zip(loop.results, homes) {
      settle(result, in: home)
      if !arrays.isRead(result, after: arrays.position) { arrays.giveBack(result) }
    }
    statement = nil
  }

  mutating func settle(_ value: Value, in home: SwiftHome) {
    switch home {
    case .number(let name): settle(value, in: name)
    case .memory(let memory): settle(value, in: memory)
    case .constant(let name): valueNames[value.position] = name
    case .stack: break
    }
  }

  // MARK: - Heads and ends

  /// What a loop starts and ends with.
  private struct Frame {
    var head: String
    /// The variable that says whether there is another turn.
    var condition: String?
    /// The variable that counts the turns besides the head.
    var counter: String?
    /// Whether a test at the end of a turn leaves the loop.
    var hasExit = false
  }

  /// Names the number of the turn, and what else the head and the end need.
  private mutating func nameTurns(
    _ turns: SwiftTurns, _ loop: Instruction, _ limit: String, _ writer: inout LineWriter
  ) -> Frame {
    let number = loops.reversed[loop.body] ?? function[loop.body].parameters[0]
    let isNumberRead = useCounts[number.position] > 0
    if turns.form == .endless { return nameCondition(turns, loop, limit, number, &writer) }
    let name = isNumberRead ? newName(of: number, turns) : "_"
    var frame = Frame(head: "for \(name) in 0..<\(limit) {")
    if loops.reversed[loop.body] != nil {
      frame.head = "for \(name) in (0..<\(limit)).reversed() {"
    }
    if isNumberRead { valueNames[number.position] = name }
    frame.hasExit = turns.form == .bounded
    guard useCounts[loop.turns.position] > 0 else { return frame }
    if turns.form == .counted {
      declare(loop.turns, as: limit, &writer)
    } else {
      frame.counter = declareCounter(loop.turns, &writer)
    }
    return frame
  }

  private mutating func nameCondition(
    _ turns: SwiftTurns, _ loop: Instruction, _ limit: String, _ number: Value,
    _ writer: inout LineWriter
  ) -> Frame {
    let condition = names.unique("goesOn")
    let start = expression(function.operand(0, of: loop), above: 0)
    assign("var \(condition): Bool", start, &writer)
    var frame = Frame(head: "while \(condition) {", condition: condition)
    if !turns.isUnlimited || useCounts[number.position] + useCounts[loop.turns.position] > 0 {
      let counter = declareCounter(number, &writer)
      valueNames[loop.turns.position] = counter
      frame.counter = counter
      if !turns.isUnlimited { frame.head = "while \(condition) && \(counter) < \(limit) {" }
    }
    return frame
  }

  private mutating func newName(of number: Value, _ turns: SwiftTurns) -> String {
    SwiftNames.escaped(names.unique(turns.counter ?? "turn"))
  }

  private mutating func declareCounter(_ value: Value, _ writer: inout LineWriter) -> String {
    let name = names.unique("turns")
    valueNames[value.position] = name
    writer.line("var \(name): Int = 0")
    return name
  }

  private mutating func printEnd(
    of loop: Instruction, _ frame: Frame, _ homes: [SwiftHome], _ writer: inout LineWriter
  ) {
    let yields = function[loop.body].yields
    startStacks(yields.dropFirst(), function[loop.body].parameters.dropFirst(), &writer)
    var (values, homes) = (Array(yields.dropFirst()), homes)
    var exit = "true"
    if let condition = frame.condition {
      values.append(yields[0])
      homes.append(.number(condition))
    } else if frame.hasExit {
      exit = keep(yields[0], from: homes, &writer)
    }
    move(values, to: homes, &writer)
    if let counter = frame.counter { writer.line("\(counter) += 1") }
    if frame.hasExit { writer.line("guard \(exit) else { break }") }
  }

  /// Returns the text of a condition that is read after the variables of `homes` have changed.
  private mutating func keep(
    _ condition: Value, from homes: [SwiftHome], _ writer: inout LineWriter
  ) -> String {
    let prepared = prepare([condition], &writer)
    defer { forget(prepared) }
    let text = expression(condition, above: 0)
    let changed = Set(homes.map(\.name))
    guard reads(of: condition).contains(where: changed.contains) else { return text }
    let name = names.unique("goesOn")
    assign("let \(name): Bool", text, &writer)
    return name
  }
}

/// Which form a loop has in Swift.
struct SwiftTurns {
  /// The forms of loops.
  enum Form {
    /// As many turns as the limit says.
    case counted
    /// At most as many, and left earlier.
    case bounded
    /// As long as a condition holds.
    case endless
  }

  let form: Form
  /// Whether there is no limit that is ever reached.
  let isUnlimited: Bool
  /// The name of the number of the turn in the source, where that is the number itself.
  let counter: String?

  init(_ loop: Instruction, _ body: SwiftBody) {
    let function = body.function
    let limit = function.constant(function.operand(1, of: loop))
    isUnlimited = limit == ValueType.largestInteger
    let startsAlways = function.constant(function.operand(0, of: loop)) == 1
    form = function.isCounted(loop) ? .counted : startsAlways && !isUnlimited ? .bounded : .endless
    counter = SwiftTurns.counter(body.printer.model.source.text(loop.span))
  }

  /// Returns the name in the head `for name in 0..<n`.
  private static func counter(_ head: String) -> String? {
    let words = head.split { $0.isWhitespace }
    guard words.count > 3, words[0] == "for", words[2] == "in", words[3].hasPrefix("0.") else {
      return nil
    }
    return String(words[1])
  }
}
