import BPLexer
import BPParser

/// How a block ends.
struct BlockOutcome {
  /// The value of the last statement; a destructuring has several parts.
  var parts: [(name: PartName, operand: Operand)] = []
  /// How the block may be left before its end.
  var exits = Exits()

  /// Whether nothing after the block runs.
  var alwaysLeaves: Bool { exits.left == .always }

  /// The value of the last statement as one operand.
  var value: Operand? {
    switch parts.count {
    case 0: nil
    case 1: parts[0].operand
    default: .tuple(parts.map(\.operand))
    }
  }
}

/// What a part of a result is called.
enum PartName: Equatable {
  /// A name of the program.
  case name(UInt32)
  /// The text of an expression.
  case text(Span)
}

extension Lowering {
  /// Lowers the statements among the nodes in `range`, and returns how they end.
  mutating func lowerBlock(_ range: Range<Int>) -> BlockOutcome {
    var outcome = BlockOutcome()
    var index = range.lowerBound
    while index < range.upperBound {
      index = lowerNode(index, &outcome, end: range.upperBound)
      guard outcome.exits.left != .never else { continue }
      guard case .when(let condition) = outcome.exits.left, index < range.upperBound else {
        return outcome
      }
      return lowerRest(index..<range.upperBound, unless: condition, outcome.exits)
    }
    return outcome
  }

  /// Lowers one node and returns the index of the next; a conditional and the head of a function take
  /// all their nodes along.
  mutating func lowerNode(
    _ index: Int, _ outcome: inout BlockOutcome, end: Int
  ) -> Int {
    let node = tree.nodes[index]
    switch node.kind {
    case .then:
      if node.count == 1 { return lowerConditionalExpression(index) }
      return lowerConditionalStatement(index, &outcome, end: end)
    case .shortCircuit where hasIntegers && canFail(index): return lowerShortCircuit(index)
    case .function:
      defineFunction(Int(node.payload))
      return tree.functions[Int(node.payload)].body.upperBound + 1
    case .define: define(index, &outcome)
    case .broken: bind(node.payload, .broken, at: index)
    case .leaf: declareLeaf(index)
    case .defineElement: lowerElementDefinition(index, node, &outcome)
    case .expression:
      let expression = pop()
      outcome.parts = parts(of: expression)
    case .return:
      let value = pop()
      outcome.exits = .function(returning: value.operand, at: value.span)
    case .break: outcome.exits = .loop
    case .continue: outcome.exits = .turn
    case .forLoop, .whileLoop: return lowerLoop(index, &outcome)
    default: lowerExpressionNode(index, node)
    }
    return index + 1
  }

  /// Lowers the operands of an `and` or `or` whose marker is at `index`, the second one only as far as
  /// it decides, and returns the index after the operator.
  private mutating func lowerShortCircuit(_ index: Int) -> Int {
    let end = Int(tree.nodes[index].payload)
    let operation = tree.nodes[end]
    let first = pop()
    if isArray(first.operand) {
      // Element by element, both operands are needed.
      push(first.operand, first.span)
      return index + 1
    }
    let known = Operand.value(frame.builder.constant(operation.kind == .or ? 1 : 0, .boolean))
    let second = lowerChoice(
      first, isThen: operation.kind == .and, other: known, at: operation.span
    ) {
      lowering in
      var ignored = BlockOutcome()
      var node = index + 1
      while node < end { node = lowering.lowerNode(node, &ignored, end: end) }
      return lowering.pop()
    }
    push(second, operation.span)
    return end + 1
  }

  /// Returns what the user reads as the name of a part: an expression's text is put on one line.
  func text(_ name: PartName) -> String {
    switch name {
    case .name(let name): text(name)
    case .text(let span):
      tree.source.text(span).split { $0.isWhitespace }.joined(separator: " ")
    }
  }

  /// Returns the parts of an expression as results: those of a tuple that is written out have the
  /// names of their own texts.
  private func parts(
    of expression: LoweredExpression
  ) -> [(name: PartName, operand: Operand)] {
    guard case .tuple(let operands) = expression.operand, operands.count == expression.parts.count
    else { return [(.text(expression.span), expression.operand)] }
    return zip(expression.parts, operands).map { (.text($0), $1) }
  }

  // MARK: - Definitions

  private mutating func define(_ index: Int, _ outcome: inout BlockOutcome) {
    let node = tree.nodes[index]
    let first = Int(node.payload)
    let targets = tree.targets[first..<first + Int(node.count)]
    let expression = pop()
    let operands = taken(apart: expression, into: targets.count)
    outcome.parts = []
    for (target, operand) in zip(targets, operands) {
      let named = asNamed(operand, target, index)
      bind(target.name, named, at: index)
      outcome.parts.append((.name(target.name), named))
      let values = named.values
      for (position, value) in values.enumerated() {
        let part = values.count == 1 ? "" : "[\(position)]"
        frame.names.append(
          NamedValue(value: value, name: text(target.name) + part, span: node.span))
      }
    }
  }

  private mutating func taken(apart expression: LoweredExpression, into count: Int) -> [Operand] {
    if count == 1 { return [expression.operand] }
    if case .tuple(let parts) = expression.operand, parts.count == count { return parts }
    if !expression.operand.isBroken {
      report(.wrongPartCount(expression.operand, count, at: expression.span))
    }
    return Array(repeating: .broken, count: count)
  }

  /// Returns what a name stands for when it is defined as `operand`: whole literals become real,
  /// literal-bound names may be leaves, and names that are differentiated by are marked.
  private mutating func asNamed(_ operand: Operand, _ target: NameSyntax, _ index: Int) -> Operand {
    if symbols.contains(text(target.name)), frame.function == nil {
      report(.redefinedSize(text(target.name), at: target.span))
    }
    frame.builder.span = target.span
    if frame.function == nil, survey.literalsAreLeaves, survey.literals[target.name] == index,
      !survey.isWhole(target.name, in: nil), case .value(let value) = operand
    {
      let real = asReal(value)
      let number = frame.builder.function.constant(real)
      let leaf = addLeaf(
        target, .literal, type(real), defaultValue: number,
        defaultArray: number == nil ? real : nil)
      return marked(.value(leaf), target.name)
    }
    if survey.isWhole(target.name, in: frame.function) {
      return operand.map { frame.builder.wholeNumber($0) ?? $0 }
    }
    let real = operand.map { realLiteral($0) }
    let isMarked = frame.function == nil && options.marked.contains(text(target.name))
    return isMarked || options.kept.contains(text(target.name))
      ? mark(real) : marked(real, target.name)
  }

  /// Returns `value`, as a real number when it is a whole literal.
  mutating func realLiteral(_ value: Value) -> Value {
    isWholeLiteral(value) ? asReal(value) : value
  }

  private func isWholeLiteral(_ value: Value) -> Bool {
    let function = frame.builder.function
    return type(value).isInteger
      && (function.constant(value) != nil || function.instruction(defining: value)?.op == .array)
  }
}
