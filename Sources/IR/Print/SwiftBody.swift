import BPLexer

/// The statements of an emitted function.
struct SwiftBody {
  let function: Function
  let printer: SwiftPrinter
  /// What the names of split-off parts start with.
  let prefix: String
  /// The names of the parameters inside the function.
  var parameterNames: [String] = []
  /// The helpers that the statements call.
  var helpers: [SwiftHelper] = []
  /// Whether the statements call the platform's mathematics library.
  var usesLibrary = false
  /// The texts of the functions that the body was split into.
  var parts: [String] = []

  var names: SwiftNames
  /// What stands for the values that have a name by now.
  var valueNames: [String?]
  /// The names that the source gives to values.
  var sourceNames: [Value: String] = [:]
  var useCounts: [Int]
  var statement: Int?
  private var temporaryCount = 0
  /// Whether conditions that are used once are written where they are used.
  var inlinesConditions = true
  /// Where arrays stand, if there are any.
  var arrays: SwiftArrays

  /// The statements beyond which a function is split, since the type checker's time grows faster
  /// than their number.
  static let longestFunction = 200

  init(
    _ function: Function, _ printer: SwiftPrinter, prefix: String, reserved: Set<String> = []
  ) {
    names = SwiftNames(reserved: reserved.union(["workspace", "gradient", "hessian"]))
    self.function = function
    self.printer = printer
    self.prefix = prefix
    valueNames = Array(repeating: nil, count: function.valueCount)
    useCounts = function.useCounts()
    arrays = SwiftArrays(function, isUsed: printer.hasArrays)
    for named in function.names where function.constant(named.value) == nil {
      if sourceNames[named.value] == nil { sourceNames[named.value] = named.name }
    }
  }

  /// The parameters as the head of the function lists them.
  mutating func parameters() -> [String] {
    zip(function.parameters, printer.model.leaves.indices).map { value, index in
      let leaf = printer.model.leaves[index]
      let name = SwiftNames.escaped(names.unique(leaf.name))
      valueNames[value.position] = name
      parameterNames.append(name)
      let label = SwiftNames.escaped(leaf.name) == name ? name : "\(leaf.name) \(name)"
      return "\(label): \(SwiftBody.parameterType(leaf.type))"
        + (defaultText(index).map { " = \($0)" } ?? "")
    }
  }

  /// Returns what a leaf is by default as Swift writes it, or nil when it has to be given.
  private func defaultText(_ index: Int) -> String? {
    let leaf = printer.model.leaves[index]
    guard !leaf.type.isScalar else { return leaf.defaultValue.map { literal($0, leaf.type) } }
    let element = ValueType(leaf.type.element)
    if let number = leaf.defaultValue, let count = leaf.type.shape.count.number {
      let type = SwiftBody.parameterType(leaf.type)
      return
        "\(type)(repeating: \(literal(number, element)), count: \(SwiftBody.grouped(Double(count))))"
    }
    guard let elements = printer.model.defaultElements[index], elements.count <= 200 else {
      return nil
    }
    return "[\(elements.map { literal($0, element) }.joined(separator: ", "))]"
  }

  /// Returns the type of a parameter or field.
  static func parameterType(_ type: ValueType) -> String {
    type.isScalar ? self.type(type) : "[\(self.type(type))]"
  }

  /// Writes the statements.
  mutating func print(_ writer: inout LineWriter) {
    if printer.hasArrays {
      printArrays(.body, &writer)
    } else if function.instructions.count > SwiftBody.longestFunction {
      printParts(&writer)
    } else {
      print(.body, &writer)
    }
  }

  /// The results as expressions.
  var results: [String] { function.results.map { atom($0) } }

  static func type(_ type: ValueType) -> String {
    switch type.element {
    case .real: "Double"
    case .integer: "Int"
    case .boolean: "Bool"
    }
  }

  // MARK: - Statements

  mutating func print(_ region: RegionID, _ writer: inout LineWriter) {
    for id in function[region].instructions { print(function[id], &writer) }
  }

  mutating func print(_ instruction: Instruction, _ writer: inout LineWriter) {
    if instruction.op == .conditional { return printConditional(instruction, &writer) }
    guard !isInlined(instruction.result) else { return }
    printComment(instruction.span, &writer)
    let expression = expression(instruction).text
    declare(instruction.result, " = \(expression)", &writer)
  }

  /// Writes the statement of the source that `span` belongs to, when it is another than before.
  mutating func printComment(_ span: Span, _ writer: inout LineWriter) {
    guard let index = printer.statement(around: span), index != statement else { return }
    statement = index
    writer.line("// \(printer.comment(printer.model.statements[index]))")
  }

  /// Writes the declaration of `value` with what follows its type.
  mutating func declare(_ value: Value, _ rest: String, _ writer: inout LineWriter) {
    let name = name(value)
    printer.ignoreRules([name], &writer)
    let type = SwiftBody.type(function.type(of: value))
    let line = "let \(name): \(type)\(rest)"
    guard 2 * writer.depth + line.count > SwiftPrinter.width, rest.hasPrefix(" = ") else {
      return writer.line(line)
    }
    writer.line("let \(name): \(type) =")
    writer.line("  \(rest.dropFirst(3))")
  }

  /// Writes the declaration of a value that another part made.
  mutating func declareLoaded(_ value: Value, _ load: String, _ writer: inout LineWriter) {
    declare(value, " = \(load)", &writer)
  }

  /// Forgets the names and comments of the part before.
  mutating func startPart() {
    names = SwiftNames(reserved: ["workspace"])
    temporaryCount = 0
    statement = nil
  }

  /// Takes over what another body needs of the file.
  mutating func adopt(_ other: SwiftBody) {
    helpers += other.helpers.filter { !helpers.contains($0) }
    usesLibrary = usesLibrary || other.usesLibrary
  }

  /// Returns the name of `value`, which it gets here.
  mutating func name(_ value: Value) -> String {
    let wished = sourceNames[value].map(SwiftBody.identifier)
    let name = SwiftNames.escaped(names.unique(wished ?? nextTemporary()))
    valueNames[value.position] = name
    return name
  }

  /// Returns the name of the next value that the source does not name.
  mutating func nextTemporary() -> String {
    temporaryCount += 1
    return "t\(temporaryCount)"
  }

  /// Returns `name` without the index of a part of a tuple.
  static func identifier(_ name: String) -> String {
    String(name.filter { $0 != "[" && $0 != "]" })
  }

  private mutating func printConditional(_ instruction: Instruction, _ writer: inout LineWriter) {
    printComment(instruction.span, &writer)
    for result in instruction.results { declare(result, "", &writer) }
    let condition = expression(function.operand(0, of: instruction), above: 0)
    writer.line("if \(condition) {")
    printArm(instruction.arms.then, instruction, &writer)
    writer.line("} else {")
    printArm(instruction.arms.otherwise, instruction, &writer)
    writer.line("}")
    statement = nil
  }

  private mutating func printArm(
    _ region: RegionID, _ instruction: Instruction, _ writer: inout LineWriter
  ) {
    writer.depth += 1
    print(region, &writer)
    for (result, yield) in zip(instruction.results, function[region].yields) {
      writer.line("\(atom(result)) = \(expression(yield, above: 0))")
    }
    writer.depth -= 1
  }

  // MARK: - Expressions

  /// Whether `value` is a condition that is written where it is used.
  func isInlined(_ value: Value) -> Bool {
    guard inlinesConditions, function.type(of: value).isBoolean, useCounts[value.position] == 1,
      let instruction = function.instruction(defining: value)
    else { return false }
    return printer.hasArrays ? arrays.inlined.contains(value) : instruction.op != .conditional
  }

  /// Returns `value` where an operator of `precedence` takes it.
  mutating func expression(_ value: Value, above precedence: Int) -> String {
    guard isInlined(value), valueNames[value.position] == nil,
      let instruction = function.instruction(defining: value)
    else {
      let isBare = arrays.loose.contains(value) && precedence < 4
      return isBare ? valueNames[value.position] ?? atom(value) : atom(value)
    }
    let inner = expression(instruction)
    return inner.precedence <= precedence ? "(\(inner.text))" : inner.text
  }

  /// Returns a named value or a literal.
  func atom(_ value: Value) -> String {
    if let number = function.constant(value) { return literal(number, function.type(of: value)) }
    let name = valueNames[value.position] ?? "t\(value.index)"
    return arrays.loose.contains(value) ? "(\(name))" : name
  }

  mutating func expression(_ instruction: Instruction) -> (text: String, precedence: Int) {
    let operands = Array(function.operands(of: instruction))
    switch instruction.op.info.swift {
    case .infix(let sign):
      let precedence = SwiftBody.precedence(sign)
      let a = expression(operands[0], above: precedence)
      return ("\(a) \(sign) \(expression(operands[1], above: precedence))", precedence)
    case .prefix(let sign): return ("\(sign)\(expression(operands[0], above: 8))", 9)
    case .method(let call): return ("\(atom(operands[0])).\(call)", 9)
    case .function(let name):
      usesLibrary = usesLibrary || !["abs", "Double"].contains(name)
      return ("\(name)(\(operands.map { atom($0) }.joined(separator: ", ")))", 9)
    case .helper(let helper): return (call(helper, operands), 9)
    case .special:
      let condition = expression(operands[0], above: 1)
      return (
        "\(condition) ? \(expression(operands[1], above: 1)) : \(expression(operands[2], above: 1))",
        1
      )
    }
  }

  private mutating func call(_ helper: SwiftHelper, _ operands: [Value]) -> String {
    let arguments = operands.map { atom($0) }.joined(separator: ", ")
    var helper = helper
    if function.type(of: operands[0]).isInteger {
      switch helper {
      case .minimum: return "min(\(arguments))"
      case .maximum: return "max(\(arguments))"
      case .modulo: helper = .integerModulo
      default: break
      }
    }
    need(helper)
    return "\(helper.name)(\(arguments))"
  }

  /// Makes the file bring along `helper`, and what that calls.
  mutating func need(_ helper: SwiftHelper) {
    for needed in helper.requirements + [helper] where !helpers.contains(needed) {
      helpers.append(needed)
      usesLibrary = usesLibrary || needed.usesLibrary
    }
  }

  /// How tightly Swift's operators bind, from the choice on.
  private static func precedence(_ sign: String) -> Int {
    switch sign {
    case "||": 2
    case "&&": 3
    case "+", "-": 5
    case "*", "/": 6
    default: 4
    }
  }

  /// Returns a number as a Swift literal.
  func literal(_ number: Double, _ type: ValueType) -> String {
    switch type.element {
    case .boolean: return number != 0 ? "true" : "false"
    case .integer: return SwiftBody.grouped(number)
    case .real:
      if number.isNaN { return "Double.nan" }
      if number.isInfinite { return number < 0 ? "-Double.infinity" : "Double.infinity" }
      // The compiler warns of a decimal literal below the normal range.
      guard number.isSubnormal else { return number.description }
      let bits = SwiftBody.grouped(Double(number.magnitude.bitPattern))
      return "\(number < 0 ? "-" : "")Double(bitPattern: \(bits))"
    }
  }

  /// Returns a whole number with its digits in groups of three where there are more than six.
  static func grouped(_ number: Double) -> String {
    let digits = String(Int(exactly: number.magnitude) ?? 0)
    var groups: [Substring] = []
    var rest = digits[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    let text = digits.count > 6 ? ([rest] + groups).joined(separator: "_") : digits
    return number < 0 ? "-" + text : text
  }
}

extension Function {
  /// Returns how often each value is read.
  func useCounts() -> [Int] {
    var counts = Array(repeating: 0, count: valueCount)
    for instruction in instructions {
      for operand in operands(of: instruction) { counts[operand.position] += 1 }
    }
    for region in regions {
      for value in region.yields { counts[value.position] += 1 }
    }
    return counts
  }
}

extension SwiftPrinter {
  /// Returns the index of the innermost statement that `span` lies in.
  func statement(around span: Span) -> Int? {
    var low = 0
    var high = model.statements.count
    while low < high {
      let middle = (low + high) / 2
      if model.statements[middle].start <= span.start { low = middle + 1 } else { high = middle }
    }
    // Statements inside a statement start later, so the last that starts before is the innermost one
    // or one that has ended already.
    var index = low - 1
    while index >= 0, index > low - 4 {
      if model.statements[index].contains(span) { return index }
      index -= 1
    }
    return nil
  }
}
