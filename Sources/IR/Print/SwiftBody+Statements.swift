import BPLexer

// Declarations, assignments and conditionals, with the comments above them.

extension SwiftBody {
  /// Writes the statements of a region.
  mutating func print(_ region: RegionID, _ writer: inout LineWriter) {
    for id in function[region].instructions { print(function[id], &writer) }
  }

  /// Writes the statement that an instruction becomes, unless it is part of another.
  mutating func print(_ instruction: Instruction, _ writer: inout LineWriter) {
    if instruction.op == .conditional { return printConditional(instruction, &writer) }
    if instruction.op == .call { return printCall(instruction, &writer) }
    guard !isInlined(instruction.result) else { return }
    printComment(instruction.span, &writer)
    let expression = expression(instruction).text
    declare(instruction.result, as: expression, &writer)
  }

  /// Writes the statement of the source that `span` belongs to, when it is another than before.
  mutating func printComment(_ span: Span, _ writer: inout LineWriter) {
    guard let index = printer.statement(around: span), index != statement else { return }
    statement = index
    writer.line("// \(printer.comment(printer.model.statements[index]))")
  }

  /// Writes the declaration of `value`; without an expression it is assigned later.
  mutating func declare(
    _ value: Value, as expression: String? = nil, _ writer: inout LineWriter
  ) {
    if let expression, let name = takeVariable(for: value) {
      return assign(name, expression, &writer)
    }
    let name = name(value)
    printer.ignoreRules([name], &writer)
    let type = SwiftBody.type(function.type(of: value))
    guard let expression else { return writer.line("let \(name): \(type)") }
    assign(isLarge ? "let \(name)" : "let \(name): \(type)", expression, &writer)
  }

  /// Writes an assignment on one line, or on two.
  func assign(_ target: String, _ expression: String, _ writer: inout LineWriter) {
    let line = "\(target) = \(expression)"
    guard 2 * writer.depth + line.count > SwiftPrinter.width else { return writer.line(line) }
    writer.line("\(target) =")
    writer.line("  \(expression)")
  }

  private mutating func printConditional(_ instruction: Instruction, _ writer: inout LineWriter) {
    printComment(instruction.span, &writer)
    for result in instruction.results { declare(result, &writer) }
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
}
