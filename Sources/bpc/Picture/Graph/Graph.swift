import BPIR

/// A run of a program as a picture has it: what is computed of what, with values and derivatives.
struct Graph {
  /// What is computed, operands before what is computed of them.
  var nodes: [Node] = []
  /// The ways from operands to results.
  var edges: [Edge] = []
  /// What is differentiated.
  var objective = ""

  /// A value, or what a line of the source computes.
  struct Node {
    /// What it is called.
    var name: String
    /// What it is computed of; empty for what is given, and where the name says it already.
    var expression = ""
    /// Its value.
    var value: Quantity
    /// The derivative of the objective by it; nil where the objective does not depend on it.
    var gradient: Quantity?
    /// What it is to the program.
    var kind: Kind
    /// The line of the source that computes it; nil for what is given.
    var line: Int?
    /// How many operations it stands for.
    var operationCount = 1
    /// The value in the straight code.
    var source: Value
    /// The marks that stand for the same value.
    var marks: [Value] = []

    /// The name with what it is computed of.
    var title: String { expression.isEmpty ? name : "\(name) = \(expression)" }
  }

  /// A number, or an array.
  struct Quantity: Equatable {
    /// All its digits.
    let text: String
    /// As many as a box has room for.
    let rounded: String
  }

  /// What a node is to the program.
  enum Kind: String {
    /// It is given.
    case leaf
    /// It is computed.
    case operation
    /// It is what is differentiated.
    case result
  }

  /// The way from an operand to what is computed of it.
  struct Edge: Equatable {
    /// The node of the operand.
    let from: Int
    /// The node of the result.
    let to: Int
    /// The local partial derivatives, as equations.
    var partials: [String] = []
    /// Whether it leads from a later line to an earlier one, as turns of a loop do.
    var isBackward = false
  }
}

/// How much of a graph one node stands for.
enum GraphCollapse: String, CaseIterable, Sendable {
  /// A line, when there are more nodes than asked for.
  case auto
  /// An operation.
  case never
  /// A line of the source.
  case line
}
