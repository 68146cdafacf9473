import BPParser

/// A name that the turns of a loop define.
struct Assignment {
  /// The name.
  let name: UInt32
  /// The node of its last definition in the text.
  var node: Int
}

/// A walk that finds what the turns of each loop define and hand on. Names that are defined in an
/// `if` that is used as a value stay in it, and so does a counter in its loop.
struct LoopAssignments {
  /// For each loop its names, in the order of their last definitions.
  private(set) var assignments: [[Assignment]]
  private let tree: SyntaxTree
  private var open: [OpenBlock] = []

  /// A loop, or an `if` that is used as a value.
  private struct OpenBlock {
    /// The index of the loop; nil for an `if`.
    let loop: Int?
    var nodes: [UInt32: Int] = [:]
  }

  /// Creates the walk over `tree`.
  init(_ tree: SyntaxTree) {
    self.tree = tree
    assignments = Array(repeating: [], count: tree.loops.count)
  }

  /// Walks over all nodes.
  mutating func collect() {
    guard !tree.loops.isEmpty else { return }
    for (index, node) in tree.nodes.enumerated() {
      switch node.kind {
      case .forLoop, .whileBody: open.append(OpenBlock(loop: Int(node.payload)))
      case .then where node.count == 1: open.append(OpenBlock(loop: nil))
      case .endIf where tree.nodes[Int(node.payload)].count == 1: _ = open.popLast()
      case .endLoop: close()
      case .define:
        for target in tree.targets[Int(node.payload)..<Int(node.payload) + Int(node.count)] {
          assign(target.name, at: index)
        }
      case .defineElement: assign(tree.targets[Int(node.payload)].name, at: index)
      default: break
      }
    }
  }

  private mutating func assign(_ name: UInt32, at node: Int) {
    guard let last = open.last, let loop = last.loop, tree.loops[loop].counter?.name != name
    else { return }
    open[open.count - 1].nodes[name] = node
  }

  /// Ends the innermost loop: what its turns define, the turns of the loop around it define too.
  private mutating func close() {
    guard let block = open.popLast(), let loop = block.loop else { return }
    let names = block.nodes.map { Assignment(name: $0.key, node: $0.value) }
      .sorted { ($0.node, $0.name) < ($1.node, $1.name) }
    assignments[loop] = names
    for assignment in names { assign(assignment.name, at: assignment.node) }
  }
}
