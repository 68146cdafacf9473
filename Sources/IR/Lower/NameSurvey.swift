import BPLexer
import BPParser

/// What the names of a program are, found in one walk before anything is lowered: which are defined,
/// which are free, and which are the leaves.
struct NameSurvey {
  /// For each name that the top level defines, the node of the first definition.
  private(set) var definitions: [UInt32: Int] = [:]
  /// The names that are used and never defined, in the order of their first use.
  private(set) var freeNames: [NameSyntax] = []
  /// The names whose first definition, at top level, is a plain number or an array of them, with the
  /// node of that definition.
  private(set) var literals: [UInt32: Int] = [:]
  /// For each loop the names that its turns define, in the order of their last definitions.
  private(set) var assignments: [[Assignment]] = []
  /// For each name the first call of the function of that name or of its derivative.
  private(set) var firstCalls: [UInt32: Int] = [:]
  /// The names whose definition could not be read.
  private(set) var broken: Set<UInt32> = []

  private let tree: SyntaxTree
  private let functionNames: Set<UInt32>
  /// For each function the names of its parameters and of what it defines.
  private let locals: [Set<UInt32>]
  /// What is used as an index, a size or a bound: a whole literal stays whole in it.
  private var wholeOrigins: Set<Origin> = []
  /// The names that a call differentiates with respect to.
  private var markedNames: Set<ScopedName> = []
  private var seen: Set<UInt32> = []

  /// Surveys the names of `tree`.
  init(_ tree: SyntaxTree) {
    self.tree = tree
    functionNames = Set(tree.functions.map(\.name.name))
    locals = tree.localNames()
    for leaf in tree.leaves {
      definitions[leaf.name.name] = 0
      for case .symbol(let symbol) in leaf.shape ?? [] { definitions[symbol.name] = 0 }
    }
    collectDefinitions()
    var uses = WholeUses(tree, locals)
    uses.collect()
    wholeOrigins = uses.origins
    collectFreeNames()
    collectCalls()
    var walk = LoopAssignments(tree)
    walk.collect()
    assignments = walk.assignments
  }

  /// Whether literal-bound names are the leaves: there is no `param` and no free name.
  var literalsAreLeaves: Bool { freeNames.isEmpty && !tree.leaves.contains { $0.isParameter } }

  /// Whether `name` is used as an index, a size or a bound, in the function number `function` or, where
  /// that is nil, in the program.
  func isWhole(_ name: UInt32, in function: Int?) -> Bool {
    wholeOrigins.contains(.name(scoped(name, in: function)))
  }

  /// Whether the value of the conditional with that `endIf` node is used as an index, a size or a bound.
  func isWhole(conditional node: Int) -> Bool { wholeOrigins.contains(.conditional(node)) }

  /// Whether a call differentiates with respect to `name` there.
  func isMarked(_ name: UInt32, in function: Int?) -> Bool {
    !markedNames.isEmpty && markedNames.contains(scoped(name, in: function))
  }

  private func scoped(_ name: UInt32, in function: Int?) -> ScopedName {
    let isLocal = function.map { locals[$0].contains(name) } ?? false
    return ScopedName(name: name, function: isLocal ? function : nil)
  }

  private mutating func collectDefinitions() {
    var depth = 0
    forEachTopLevelNode { survey, index, node in
      switch node.kind {
      case .then, .whileLoop: depth += 1
      case .endIf, .endLoop: depth -= 1
      case .forLoop:
        depth += 1
        if let counter = survey.tree.loops[Int(node.payload)].counter {
          survey.define(counter.name, at: index, isPlain: false)
        }
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
    if isPlain, isLiteral(before: index) { literals[name] = index }
  }

  /// Whether the right side of the definition at `index` is a number or an array of numbers.
  private func isLiteral(before index: Int) -> Bool {
    let start = tree.nodes[index].span.start
    guard let first = literalStart(endingBefore: index) else { return false }
    return first == 0 || tree.nodes[first - 1].span.end <= start
      || tree.nodes[first - 1].kind == .then || tree.nodes[first - 1].kind == .else
  }

  /// Returns the first node of the literal that ends before `end`, or nil where none does.
  private func literalStart(endingBefore end: Int) -> Int? {
    var missing = 1
    var index = end
    while missing > 0, index > 0 {
      index -= 1
      let node = tree.nodes[index]
      switch node.kind {
      case .wholeNumber, .number: missing -= 1
      case .negate where index > 0 && tree.nodes[index - 1].kind.isNumber: break
      case .array where node.count > 0: missing += Int(node.count) - 1
      default: return nil
      }
    }
    return missing == 0 ? index : nil
  }

  private mutating func collectFreeNames() {
    var names: Set<UInt32> = []
    for node in tree.nodes {
      switch node.kind {
      case .function: names = locals[Int(node.payload)]
      case .endFunction: names = []
      case .name where !names.contains(node.payload): use(node)
      default: break
      }
    }
  }

  /// Collects what is called first, and what is differentiated by.
  private mutating func collectCalls() {
    var function: Int?
    for (index, node) in tree.nodes.enumerated() {
      switch node.kind {
      case .function: function = Int(node.payload)
      case .endFunction: function = nil
      case .call:
        firstCalls[node.payload] = firstCalls[node.payload] ?? index
        guard Library.derivatives.contains(tree.names[Int(node.payload)]), node.count == 2,
          tree.nodes[index - 1].kind == .name
        else { continue }
        markedNames.insert(scoped(tree.nodes[index - 1].payload, in: function))
      case .derivativeCall:
        let name = tree.derivatives[Int(node.payload)].function.name
        firstCalls[name] = firstCalls[name] ?? index
      default: break
      }
    }
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

extension SyntaxNode.Kind {
  fileprivate var isNumber: Bool { self == .wholeNumber || self == .number }
}
