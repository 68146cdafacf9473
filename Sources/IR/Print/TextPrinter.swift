/// Lines of text with indentation.
struct LineWriter {
  private(set) var text = ""
  /// How deep the next line is.
  var depth = 0

  /// Writes a line; an empty one without indentation.
  mutating func line(_ line: String) {
    // Deeper than this nobody counts, and the text would grow with the square of the depth.
    if !line.isEmpty { text += String(repeating: "  ", count: min(depth, 40)) + line }
    text += "\n"
  }

  /// Writes the lines of `text`.
  mutating func lines(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      self.line(String(line))
    }
  }

  /// How long the text is.
  var length: Int { text.utf8.count }

  /// Takes back what was written since the text had a length.
  mutating func takeBack(to length: Int) {
    text.removeSubrange(text.utf8.index(text.startIndex, offsetBy: length)...)
  }

  /// Writes `head`, the lines of `body` one level deeper, and `tail`.
  mutating func block(_ head: String, _ tail: String = "}", _ body: (inout LineWriter) -> Void) {
    line(head)
    depth += 1
    body(&self)
    depth -= 1
    line(tail)
  }
}

extension Module {
  /// The functions as text; `readModule` gives the same functions.
  package var text: String {
    functions.map { $0.text(calling: functions.map(\.name)) }.joined(separator: "\n")
  }
}

extension Function {
  /// The function as text; values are numbered in the order in which they stand there, constants are
  /// written as numbers.
  ///
  /// - Parameter functions: the names of the functions that calls refer to.
  package func text(calling functions: [String] = []) -> String {
    guard callees.isEmpty || !functions.isEmpty else { return textWithCallees }
    var printer = TextPrinter(self, functions)
    printer.print()
    return printer.writer.text
  }

  private var textWithCallees: String {
    let names = callees.map(\.name)
    return (callees + [self]).map { $0.text(calling: names) }.joined(separator: "\n")
  }
}

/// A walk over a function that writes it.
private struct TextPrinter {
  let function: Function
  let functions: [String]
  var writer = LineWriter()
  private var numbers: [Int]
  private var count = 0

  init(_ function: Function, _ functions: [String]) {
    self.function = function
    self.functions = functions
    numbers = Array(repeating: -1, count: function.valueCount)
  }

  mutating func print() {
    var parameters: [String] = []
    for (value, name) in zip(function.parameters, function.parameterNames) {
      parameters.append("\(defined(value)) \(name.spelledName): \(function.type(of: value).text)")
    }
    let list = parameters.joined(separator: ", ")
    writer.line("function \(function.name.spelledName)(\(list)) {")
    writer.depth += 1
    print(.body, ending: "return")
    for named in function.names where isKnown(named.value) {
      writer.line(
        "\(named.isInner ? "inner" : "name") \(named.name.spelledName) = \(text(named.value))")
    }
    writer.depth -= 1
    writer.line("}")
  }

  private func isKnown(_ value: Value) -> Bool {
    numbers[value.position] >= 0 || function.constant(value) != nil
  }

  private mutating func defined(_ value: Value) -> String {
    numbers[value.position] = count
    count += 1
    return text(value)
  }

  private func text(_ value: Value) -> String {
    guard let number = function.constant(value) else { return "%\(numbers[value.position])" }
    let type = function.type(of: value)
    if type.isStack { return "empty<\(type.unstacked.text)>" }
    let shape = type.isScalar ? "" : type.shape.text
    switch type.element {
    case .real: return number.description + shape
    case .integer: return (Int(exactly: number).map { "\($0)" } ?? "\(number)") + shape
    case .boolean: return (number != 0 ? "true" : "false") + shape
    }
  }

  private func text(_ values: some Sequence<Value>) -> String {
    values.map(text).joined(separator: ", ")
  }

  private mutating func print(_ region: RegionID, ending: String) {
    for id in function[region].instructions { print(function[id]) }
    let yields = text(function[region].yields)
    writer.line(yields.isEmpty ? ending : "\(ending) \(yields)")
  }

  private mutating func print(_ instruction: Instruction) {
    let operands = text(function.operands(of: instruction))
    if instruction.op == .conditional { return printConditional(instruction, operands) }
    if !instruction.regions.isEmpty { return printLoop(instruction, operands) }
    let op = instruction.op == .call ? callText(instruction) : name(of: instruction)
    let results = define(instruction)
    let head = results.isEmpty ? op : "\(results) = \(op)"
    writer.line(operands.isEmpty ? head : "\(head) \(operands)")
  }

  private func name(of instruction: Instruction) -> String {
    guard instruction.op.isArrayOperation else { return instruction.op.description }
    return "\(instruction.op) \(function.attribute(of: instruction).text)"
  }

  private func callText(_ instruction: Instruction) -> String {
    let index = Int(instruction.attribute)
    return index < functions.count
      ? "call @\(index) \(functions[index].spelledName)" : "call @\(index)"
  }

  private mutating func define(_ instruction: Instruction) -> String {
    var results: [String] = []
    for result in instruction.results { results.append(defined(result)) }
    return results.joined(separator: ", ")
  }

  /// Writes a conditional; its results are numbered before what is in its arms.
  private mutating func printConditional(_ instruction: Instruction, _ condition: String) {
    let results = define(instruction)
    writer.line(results.isEmpty ? "if \(condition) {" : "\(results) = if \(condition) {")
    writer.depth += 1
    print(instruction.arms.then, ending: "yield")
    writer.depth -= 1
    writer.line("} else {")
    writer.depth += 1
    print(instruction.arms.otherwise, ending: "yield")
    writer.depth -= 1
    writer.line("}")
  }

  /// Writes a loop: after its results and operands the number of the turn and what is carried.
  private mutating func printLoop(_ instruction: Instruction, _ operands: String) {
    let results = define(instruction)
    var head = results.isEmpty ? "\(instruction.op)" : "\(results) = \(instruction.op)"
    head += " \(operands)"
    for region in instruction.regions {
      var parameters: [String] = []
      for parameter in function[region].parameters {
        parameters.append("\(defined(parameter)): \(function.type(of: parameter).text)")
      }
      writer.line("\(head) (\(parameters.joined(separator: ", "))) {")
      writer.depth += 1
      print(region, ending: "yield")
      writer.depth -= 1
      head = "} back"
    }
    writer.line("}")
  }
}
