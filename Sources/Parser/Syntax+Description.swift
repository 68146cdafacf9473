extension SyntaxTree: CustomStringConvertible {
  /// The program with every grouping in brackets, one statement a line.
  package var description: String {
    var text = SyntaxText(self)
    for index in nodes.indices { text.write(index) }
    return text.text
  }
}

/// A walk over a tree that writes it.
///
/// Operands come before what they belong to, so brackets and operators are hung onto pieces of text
/// that are there already.
private struct SyntaxText {
  /// A word, with what was put before and behind it since, the innermost first.
  private struct Piece {
    var prefixes: [String] = []
    var text: String
    var suffix = ""

    var whole: String { prefixes.reversed().joined() + text + suffix }
  }

  private let tree: SyntaxTree
  private(set) var text = ""
  private var pieces: [Piece] = []
  /// The first piece of each operand that waits.
  private var operands: [Int] = []
  /// How many blocks are open.
  private var depth = 0

  init(_ tree: SyntaxTree) { self.tree = tree }

  mutating func write(_ index: Int) {
    let node = tree.nodes[index]
    switch node.kind {
    case .wholeNumber, .number, .name, .boolean: push(tree.source.text(node.span))
    case .negate: wrap("(-", ")")
    case .not: wrap("(not ", ")")
    case .label: wrap("\(name(node.payload)): ", "")
    case .call: wrapList(Int(node.count), "\(name(node.payload))(", ")")
    case .derivativeCall:
      let derivative = tree.derivatives[Int(node.payload)]
      let primes = String(repeating: "'", count: derivative.order)
      wrapList(Int(node.count), "\(name(derivative.function.name))\(primes)(", ")")
    case .tuple: wrapList(Int(node.count), "(", ")")
    case .array: wrapList(Int(node.count), "[", "]")
    case .index:
      joinEntries(Int(node.count))
      wrap("", "]")
    case .everything: push(":")
    case .range: joinRange(Int(node.count), isClosed: node.payload == 1)
    case .transpose: wrap("", ".T")
    case .shortCircuit: break
    case .then:
      wrap("if ", " { ")
      depth += 1
    case .else: append("} else { ")
    case .endIf: endConditional(node)
    case .define: endStatement("\(targets(node)) = ")
    case .defineElement: endElement(Int(node.count))
    case .expression: endStatement("")
    case .return: endStatement("return ")
    case .break: writeStatement("break")
    case .continue: writeStatement("continue")
    case .forLoop: startFor(tree.loops[Int(node.payload)])
    case .whileLoop: append("while ")
    case .whileBody: startBody()
    case .endLoop: endBlock()
    case .leaf: endLeaf(tree.leaves[Int(node.payload)])
    case .broken: append("# \(name(node.payload)) could not be read\n")
    case .function: startFunction(tree.functions[Int(node.payload)])
    case .endFunction: endBlock()
    default: infix(node.kind)
    }
  }

  private func name(_ index: UInt32) -> String { tree.names[Int(index)] }

  private func targets(_ node: SyntaxNode) -> String {
    let first = Int(node.payload)
    return tree.targets[first..<first + Int(node.count)].map { name($0.name) }
      .joined(separator: ", ")
  }

  // MARK: - Pieces

  private mutating func push(_ word: String) {
    operands.append(pieces.count)
    pieces.append(Piece(text: word))
  }

  private mutating func append(_ word: String) { pieces.append(Piece(text: word)) }

  private mutating func wrap(_ prefix: String, _ suffix: String) {
    guard let first = operands.last else { return append(prefix + suffix) }
    pieces[first].prefixes.append(prefix)
    pieces[pieces.count - 1].suffix += suffix
  }

  private mutating func wrapList(_ count: Int, _ prefix: String, _ suffix: String) {
    guard count > 0 else { return push(prefix + suffix) }
    let firsts = operands.suffix(count)
    operands.removeLast(firsts.count - 1)
    for first in firsts.dropFirst() { pieces[first].prefixes.append(", ") }
    wrap(prefix, suffix)
  }

  /// Puts the last `count` operands into a bracket behind the operand before them, but for its end.
  private mutating func joinEntries(_ count: Int) {
    for (number, first) in operands.suffix(count).enumerated() {
      pieces[first].prefixes.append(number == 0 ? "[" : ", ")
    }
    operands.removeLast(min(count, operands.count))
  }

  private mutating func joinRange(_ count: Int, isClosed: Bool) {
    let signs = [isClosed ? "..." : "..<", " by "]
    for (first, sign) in zip(operands.suffix(count - 1), signs) {
      pieces[first].prefixes.append(sign)
    }
    operands.removeLast(min(count - 1, operands.count))
  }

  private mutating func infix(_ kind: SyntaxNode.Kind) {
    guard operands.count > 1, let right = operands.popLast() else { return }
    pieces[right].prefixes.append(" \(kind.sign) ")
    wrap("(", ")")
  }

  // MARK: - Statements

  private mutating func endStatement(_ prefix: String) {
    wrap(prefix, "")
    _ = operands.popLast()
    endLine()
  }

  /// Ends `x[entries] = value`.
  private mutating func endElement(_ count: Int) {
    guard let value = operands.popLast() else { return }
    pieces[value].prefixes.append("] = ")
    joinEntries(count)
    endStatement("")
  }

  /// Ends a statement: at top level its line, inside a block its part of the line.
  private mutating func endLine() {
    guard depth == 0 else { return append("; ") }
    text += pieces.map(\.whole).joined() + "\n"
    pieces = []
  }

  /// Writes a statement without operands.
  private mutating func writeStatement(_ word: String) {
    append(word)
    endLine()
  }

  /// Opens the body of a `for`, whose range was written last.
  private mutating func startFor(_ loop: LoopSyntax) {
    wrap("for \(loop.counter.map { name($0.name) } ?? "") in ", "")
    startBody()
  }

  /// Opens a body behind the last operand.
  private mutating func startBody() {
    _ = operands.popLast()
    append(" { ")
    depth += 1
  }

  private mutating func endBlock() {
    depth -= 1
    append("}")
    endLine()
  }

  private mutating func endConditional(_ node: SyntaxNode) {
    depth -= 1
    append("}")
    // Inside a larger expression an `if` needs its brackets.
    guard tree.nodes[Int(node.payload)].count == 0 else { return wrap("(", ")") }
    _ = operands.popLast()
    endLine()
  }

  private mutating func endLeaf(_ leaf: LeafSyntax) {
    let head =
      (leaf.isParameter ? "param " : "input ") + name(leaf.name.name)
      + (leaf.isInteger || leaf.shape != nil ? ":" : "") + (leaf.isInteger ? " int" : "")
      + (leaf.shape.map { " [\($0.map(dimension).joined(separator: ", "))]" } ?? "")
    if leaf.hasDefault {
      endStatement(head + " = ")
    } else {
      append(head)
      endLine()
    }
  }

  private func dimension(_ dimension: DimensionSyntax) -> String {
    switch dimension {
    case .number(_, let span): tree.source.text(span)
    case .symbol(let symbol): name(symbol.name)
    }
  }

  private mutating func startFunction(_ function: FunctionSyntax) {
    let parameters = function.parameters.map { name($0.name) }.joined(separator: ", ")
    let prime = function.isDerivative ? "'" : ""
    append("\(name(function.name.name))\(prime)(\(parameters)) = { ")
    depth += 1
  }
}

extension SyntaxNode.Kind {
  /// The operator as programs write it.
  fileprivate var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .modulo: "%"
    case .matrixProduct: "@"
    case .power: "^"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .and: "and"
    case .or: "or"
    default: "?"
    }
  }
}
