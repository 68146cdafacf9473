import BPParser

/// A walk that finds the names that are used as an index or a size, through arithmetic and lists.
struct WholeUses {
  /// The names.
  private(set) var names: Set<UInt32> = []
  /// For each operand so far the names that it is made of.
  private var stack: [[UInt32]] = []

  /// The functions with the arguments that are sizes.
  private static let sizes: [String: [Int]] = [
    "zeros": [0], "ones": [0], "fill": [0], "eye": [0], "range": [0, 1], "linspace": [2],
    "uniform": [0], "normal": [0], "reshape": [1],
  ]

  /// Walks over the nodes of `tree`.
  mutating func collect(_ tree: SyntaxTree) {
    for node in tree.nodes { visit(node, tree) }
  }

  private mutating func visit(_ node: SyntaxNode, _ tree: SyntaxTree) {
    switch node.kind {
    case .name: stack.append([node.payload])
    case .wholeNumber, .number, .boolean, .everything: stack.append([])
    case .negate, .transpose, .label, .shortCircuit, .then, .else, .endIf, .function,
      .endFunction, .broken:
      break
    case .add, .subtract, .multiply, .modulo: stack.append(pop(2).flatMap { $0 })
    case .array, .range: stack.append(pop(Int(node.count)).flatMap { $0 })
    case .index:
      use(pop(Int(node.count)))
      _ = pop(1)
      stack.append([])
    case .defineElement:
      _ = pop(1)
      use(pop(Int(node.count)))
      _ = pop(1)
    case .call:
      let arguments = pop(Int(node.count))
      let sizes = WholeUses.sizes[tree.names[Int(node.payload)]] ?? []
      use(sizes.filter { $0 < arguments.count }.map { arguments[$0] })
      stack.append([])
    case .define, .expression, .return, .leaf: stack.removeAll()
    case .tuple:
      _ = pop(Int(node.count))
      stack.append([])
    default:
      _ = pop(2)
      stack.append([])
    }
  }

  private mutating func use(_ operands: [[UInt32]]) {
    for operand in operands { names.formUnion(operand) }
  }

  private mutating func pop(_ count: Int) -> [[UInt32]] {
    let operands = Array(stack.suffix(count))
    stack.removeLast(operands.count)
    return operands
  }
}
