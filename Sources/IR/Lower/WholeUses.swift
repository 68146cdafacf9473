import BPParser

/// What an operand is made of: a name, or the conditional whose `endIf` node has that number.
enum Origin: Hashable {
  case name(ScopedName)
  case conditional(Int)
}

/// A walk that finds the names and conditionals that are used as an index, a size or a bound, through
/// arithmetic, lists and other names.
struct WholeUses {
  /// The names and conditionals.
  private(set) var origins: Set<Origin> = []
  private let tree: SyntaxTree
  private let locals: [Set<UInt32>]
  /// The index of the function that the walk is in.
  private var function: Int?
  /// For each operand so far what it is made of.
  private var stack: [[Origin]] = []
  /// The conditionals around the walk, from the outermost.
  private var conditionals: [Conditional] = []
  /// What the last statement's value is made of.
  private var last: [Origin] = []
  /// The same for the parts of the tuple that was met last.
  private var parts: [[Origin]] = []
  /// What each name and each conditional is made of.
  private var sources: [Origin: [Origin]] = [:]
  /// The functions of the text by name.
  private var functions: [UInt32: Int] = [:]

  /// An `if` whose arms are walked over.
  private struct Conditional {
    /// The operands of the statement around it so far.
    let outer: [[Origin]]
    /// Whether it is an operand itself.
    let isValue: Bool
    /// What the values of its arms are made of.
    var arms: [Origin] = []
  }

  /// The functions with the arguments that are sizes.
  private static let sizes: [String: [Int]] = [
    "zeros": [0], "ones": [0], "fill": [0], "eye": [0], "range": [0, 1], "linspace": [2],
    "uniform": [0], "normal": [0], "reshape": [1],
  ]

  /// The functions of whole numbers that are whole.
  private static let arithmetic: Set<String> = ["min", "max", "abs", "mod"]

  /// Creates the walk over `tree`, whose functions have the names `locals`.
  init(_ tree: SyntaxTree, _ locals: [Set<UInt32>]) {
    self.tree = tree
    self.locals = locals
    for (index, function) in tree.functions.enumerated() where !function.isDerivative {
      functions[function.name.name] = index
    }
  }

  /// Walks over all nodes.
  mutating func collect() {
    for (index, node) in tree.nodes.enumerated() { visit(node, index) }
    spread()
  }

  /// Makes what whole names and conditionals are made of whole.
  private mutating func spread() {
    // The order is of no consequence: what comes out is a set.
    var waiting = Array(origins)
    while let origin = waiting.popLast() {
      for source in sources[origin] ?? [] where origins.insert(source).inserted {
        waiting.append(source)
      }
    }
  }

  private mutating func visit(_ node: SyntaxNode, _ index: Int) {
    switch node.kind {
    case .function: function = Int(node.payload)
    case .endFunction: function = nil
    case .name: stack.append([.name(scoped(node.payload))])
    case .wholeNumber, .number, .boolean, .everything: stack.append([])
    case .negate, .transpose, .label, .shortCircuit, .broken: break
    case .then, .else, .endIf: visitConditional(node, index)
    case .not:
      _ = pop(1)
      stack.append([])
    case .add, .subtract, .multiply, .modulo: stack.append(pop(2).flatMap { $0 })
    case .array, .range: stack.append(pop(Int(node.count)).flatMap { $0 })
    case .index, .defineElement, .call, .derivativeCall: visitEntries(node)
    case .define: define(node)
    case .forLoop: use(pop(1))
    case .expression:
      last = stack.last ?? []
      stack.removeAll()
    case .return, .leaf, .whileLoop, .whileBody, .endLoop, .break, .continue:
      stack.removeAll()
    case .tuple:
      parts = pop(Int(node.count))
      stack.append([])
    default:
      _ = pop(2)
      stack.append([])
    }
  }

  /// Puts the operands of the statement around an `if` aside while its arms are walked over.
  private mutating func visitConditional(_ node: SyntaxNode, _ index: Int) {
    if node.kind == .then {
      _ = pop(1)
      conditionals.append(Conditional(outer: stack, isValue: node.count == 1))
      stack.removeAll()
      last.removeAll()
    } else if var conditional = conditionals.popLast() {
      conditional.arms += last
      last.removeAll()
      if node.kind == .else { return conditionals.append(conditional) }
      sources[.conditional(index)] = conditional.arms
      stack = conditional.outer
      if conditional.isValue {
        stack.append([.conditional(index)])
      } else {
        last = [.conditional(index)]
      }
    }
  }

  private mutating func visitEntries(_ node: SyntaxNode) {
    switch node.kind {
    case .index:
      use(pop(Int(node.count)))
      _ = pop(1)
      stack.append([])
    case .defineElement:
      _ = pop(1)
      use(pop(Int(node.count)))
      stack.removeAll()
    case .call: call(tree.names[Int(node.payload)], node)
    default:
      _ = pop(Int(node.count))
      stack.append([])
    }
  }

  private mutating func call(_ name: String, _ node: SyntaxNode) {
    let arguments = pop(Int(node.count))
    let sizes = WholeUses.sizes[name] ?? []
    use(sizes.filter { $0 < arguments.count }.map { arguments[$0] })
    if let function = functions[node.payload] {
      for (parameter, argument) in zip(tree.functions[function].parameters, arguments) {
        let target = ScopedName(name: parameter.name, function: function)
        sources[.name(target), default: []] += argument
      }
    }
    stack.append(WholeUses.arithmetic.contains(name) ? arguments.flatMap { $0 } : [])
  }

  private mutating func define(_ node: SyntaxNode) {
    let targets = tree.targets[Int(node.payload)..<Int(node.payload) + Int(node.count)]
    let values = targets.count == 1 ? Array(stack.suffix(1)) : parts
    if values.count == targets.count {
      for (target, value) in zip(targets, values) {
        sources[.name(scoped(target.name)), default: []] += value
      }
    }
    stack.removeAll()
  }

  private func scoped(_ name: UInt32) -> ScopedName {
    let isLocal = function.map { locals[$0].contains(name) } ?? false
    return ScopedName(name: name, function: isLocal ? function : nil)
  }

  private mutating func use(_ operands: [[Origin]]) {
    for operand in operands { origins.formUnion(operand) }
  }

  private mutating func pop(_ count: Int) -> [[Origin]] {
    let operands = Array(stack.suffix(count))
    stack.removeLast(operands.count)
    return operands
  }
}
