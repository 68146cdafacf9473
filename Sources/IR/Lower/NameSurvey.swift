import BPLexer
import BPParser

/// What the names of a program are, found in one walk before anything is lowered: which are defined,
/// which are free, and which are the leaves.
struct NameSurvey {
  /// For each name that the top level defines, the node of the first definition.
  private(set) var definitions: [UInt32: Int] = [:]
  /// The names that are used and never defined, in the order of their first use.
  private(set) var freeNames: [NameSyntax] = []
  /// The names whose first definition, at top level, is a plain number: the node and the number.
  private(set) var literals: [UInt32: (node: Int, number: Double)] = [:]
  /// The names whose definition could not be read.
  private(set) var broken: Set<UInt32> = []

  private let tree: SyntaxTree
  private let functionNames: Set<UInt32>
  private var seen: Set<UInt32> = []

  /// Surveys the names of `tree`.
  init(_ tree: SyntaxTree) {
    self.tree = tree
    functionNames = Set(tree.functions.map(\.name.name))
    for leaf in tree.leaves { definitions[leaf.name.name] = 0 }
    collectDefinitions()
    collectFreeNames()
  }

  /// Whether literal-bound names are the leaves: there is no `param` and no free name.
  var literalsAreLeaves: Bool { freeNames.isEmpty && !tree.leaves.contains { $0.isParameter } }

  private mutating func collectDefinitions() {
    var depth = 0
    forEachTopLevelNode { survey, index, node in
      switch node.kind {
      case .then: depth += 1
      case .endIf: depth -= 1
      case .broken:
        survey.broken.insert(node.payload)
        survey.define(node.payload, at: index, isPlain: false)
      case .define:
        let first = Int(node.payload)
        for target in survey.tree.targets[first..<first + Int(node.count)] {
          survey.define(target.name, at: index, isPlain: depth == 0 && node.count == 1)
        }
      default: break
      }
    }
  }

  private mutating func define(_ name: UInt32, at index: Int, isPlain: Bool) {
    guard definitions[name] == nil else { return }
    definitions[name] = index
    if isPlain, let number = literal(before: index) { literals[name] = (index, number) }
  }

  /// Returns the number that the definition at `index` gives, when its right side is just that.
  private func literal(before index: Int) -> Double? {
    let start = tree.nodes[index].span.start
    guard index > 0, let (number, first) = number(endingAt: index - 1) else { return nil }
    let isWhole =
      first == 0 || tree.nodes[first - 1].span.end <= start
      || tree.nodes[first - 1].kind == .then || tree.nodes[first - 1].kind == .else
    return isWhole ? number : nil
  }

  /// Returns the number, perhaps with a sign, whose last node is at `index`, and its first node.
  private func number(endingAt index: Int) -> (Double, first: Int)? {
    let node = tree.nodes[index]
    switch node.kind {
    case .wholeNumber, .number: return (tree.numbers[Int(node.payload)], index)
    case .negate where index > 0:
      let inner = tree.nodes[index - 1]
      guard inner.kind == .wholeNumber || inner.kind == .number else { return nil }
      return (-tree.numbers[Int(inner.payload)], index - 1)
    default: return nil
    }
  }

  private mutating func collectFreeNames() {
    var locals: Set<UInt32> = []
    for node in tree.nodes {
      switch node.kind {
      case .function: locals = localNames(of: tree.functions[Int(node.payload)])
      case .endFunction: locals = []
      case .name where !locals.contains(node.payload): use(node)
      default: break
      }
    }
  }

  /// Returns the names of the parameters and local definitions of `function`.
  func localNames(of function: FunctionSyntax) -> Set<UInt32> {
    var names = Set(function.parameters.map(\.name))
    for node in tree.nodes[function.body] where node.kind == .define {
      let first = Int(node.payload)
      names.formUnion(tree.targets[first..<first + Int(node.count)].map(\.name))
    }
    return names
  }

  private mutating func use(_ node: SyntaxNode) {
    let name = node.payload
    guard definitions[name] == nil, seen.insert(name).inserted, !isTaken(name)
    else { return }
    freeNames.append(NameSyntax(name: name, span: node.span))
  }

  /// Whether a name that the program does not define means something all the same.
  private func isTaken(_ name: UInt32) -> Bool {
    let text = tree.names[Int(name)]
    return Library.constants[text] != nil || Library.isFunction(text)
      || functionNames.contains(name)
  }

  private mutating func forEachTopLevelNode(
    _ body: (inout NameSurvey, Int, SyntaxNode) -> Void
  ) {
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      if node.kind == .function {
        index = tree.functions[Int(node.payload)].body.upperBound
      } else {
        body(&self, index, node)
      }
      index += 1
    }
  }
}
