import BPLexer

/// One node of the syntax tree.
///
/// The tree is a flat array in which operands stand before what they belong to, so that a sum of a
/// million terms is a walk and not a recursion. Statements and the arms of an `if` are delimited by
/// marker nodes in the same array.
package struct SyntaxNode: Sendable {
  /// What the node is.
  package let kind: Kind
  /// How many operands, arguments or targets it has.
  package var count: UInt32 = 0
  /// A name, number, declaration or other node, as `Kind` says.
  package var payload: UInt32 = 0
  /// The source text that it stands for.
  package var span: Span

  /// The kinds of node.
  package enum Kind: UInt8, Sendable {
    /// A number: `payload` is its index in `SyntaxTree.numbers`.
    case wholeNumber, number
    /// `true` or `false`: `payload` is 1 or 0.
    case boolean
    /// A name: `payload` is its index in `SyntaxTree.names`.
    case name
    /// An operator with one operand before it.
    case negate, not
    /// An operator with two operands before it.
    case add, subtract, multiply, divide, modulo, matrixProduct, power
    case equal, notEqual, less, lessEqual, greater, greaterEqual, and, or
    /// Between the operands of `and` and `or`: `payload` is the index of the operator's node.
    case shortCircuit
    /// A call with `count` arguments before it: `payload` is the name.
    case call
    /// A call of the derivative of a function with `count` arguments before it: `payload` is its
    /// index in `SyntaxTree.derivatives`.
    case derivativeCall
    /// The name of the argument before it: `payload` is the name.
    case label
    /// A tuple of the `count` expressions before it.
    case tuple
    /// An array of the `count` elements before it.
    case array
    /// What is taken out of an operand by the `count` entries that stand between it and this node:
    /// `payload` is the index of the operand's node.
    case index
    /// The entry `:` of an index.
    case everything
    /// An entry of an index: a range with its two ends and, when `count` is 3, its step before it;
    /// `payload` is 1 when its upper end belongs to it.
    case range
    /// The transpose of the operand before it.
    case transpose
    /// After a condition: `payload` is the index of the `else` or `endIf` node; `count` is 1 when
    /// the `if` is an expression.
    case then
    /// Between the arms: `payload` is the index of the `endIf` node.
    case `else`
    /// After the last arm: `payload` is the index of the `then` node; `count` is 1 when there was an
    /// `else`.
    case endIf
    /// The definition of the `count` targets from `payload` on as the expression before it.
    case define
    /// A new version of a name with other elements: before it stand the old version, the `count`
    /// entries and the new elements; `payload` is the index of the name in `SyntaxTree.targets`.
    case defineElement
    /// A target whose definition could not be read: `payload` is the name.
    case broken
    /// An expression that stands as a statement, after its expression.
    case expression
    /// `return`, after its expression.
    case `return`
    /// After the range of a `for`: `payload` is its index in `SyntaxTree.loops`.
    case forLoop
    /// Before the condition of a `while`: `payload` is its index in `SyntaxTree.loops`.
    case whileLoop
    /// Between the condition of a `while` and its body: `payload` is its index in
    /// `SyntaxTree.loops`.
    case whileBody
    /// After the body of a loop: `payload` is its index in `SyntaxTree.loops`.
    case endLoop
    /// `break` and `continue`.
    case `break`, `continue`
    /// A leaf: `payload` is its index in `SyntaxTree.leaves`; its default stands before it.
    case leaf
    /// The head of a function: `payload` is its index in `SyntaxTree.functions`.
    case function
    /// After the body of a function: `payload` is its index in `SyntaxTree.functions`.
    case endFunction
  }
}

/// A program as it was written: no types, nothing folded.
package struct SyntaxTree: Sendable {
  /// The text.
  package let source: Source
  /// The nodes in the order that `SyntaxNode` describes.
  package internal(set) var nodes: [SyntaxNode] = []
  /// The names that nodes refer to.
  package let names: [String]
  /// The numbers that nodes refer to.
  package let numbers: [Double]
  /// The names on the left of definitions.
  package internal(set) var targets: [NameSyntax] = []
  /// The functions in the order of their definitions.
  package internal(set) var functions: [FunctionSyntax] = []
  /// The loops, in the order in which they end.
  package internal(set) var loops: [LoopSyntax] = []
  /// The derivatives that are called, in the order of the text.
  package internal(set) var derivatives: [DerivativeSyntax] = []
  /// The names of functions whose definition could not be read.
  package internal(set) var brokenFunctions: Set<UInt32> = []
  /// Whether every statement could be read.
  package internal(set) var isComplete = true
  /// The `param` and `input` declarations.
  package internal(set) var leaves: [LeafSyntax] = []
}

/// A name where it stands.
package struct NameSyntax: Sendable {
  /// The index in `SyntaxTree.names`.
  package let name: UInt32
  /// Where it stands.
  package let span: Span

  /// Creates the name number `name` at `span`.
  package init(name: UInt32, span: Span) {
    self.name = name
    self.span = span
  }
}

/// The definition of a function.
package struct FunctionSyntax: Sendable {
  /// Its name.
  package let name: NameSyntax
  /// Its parameters in order.
  package let parameters: [NameSyntax]
  /// Whether it is the derivative of the function of its name, given by hand.
  package let isDerivative: Bool
  /// The indices of the nodes of its body, without head and end.
  package internal(set) var body: Range<Int>
}

/// A loop.
package struct LoopSyntax: Sendable {
  /// The name that counts; nil for a `while`.
  package let counter: NameSyntax?
  /// The indices of the nodes of the condition; none for a `for`.
  package let condition: Range<Int>
  /// The indices of the nodes of the body, without head and end.
  package let body: Range<Int>
  /// Where its head stands.
  package let head: Span
}

/// The derivative of a function where it is called: `f'(x)` or `f''(x)`.
package struct DerivativeSyntax: Sendable {
  /// The name of the function.
  package let function: NameSyntax
  /// How many times it is differentiated.
  package let order: Int
}

/// The declaration of a `param` or an `input`.
package struct LeafSyntax: Sendable {
  /// Whether it is declared by `param`.
  package let isParameter: Bool
  /// Its name.
  package let name: NameSyntax
  /// Whether it is declared `: int`.
  package let isInteger: Bool
  /// Its dimensions; nil when it is declared without a shape.
  package let shape: [DimensionSyntax]?
  /// Whether a default stands before its node.
  package internal(set) var hasDefault: Bool
}

/// A dimension of a declared shape.
package enum DimensionSyntax: Sendable {
  /// A whole number.
  case number(Double, Span)
  /// A name whose size data gives.
  case symbol(NameSyntax)
}

extension SyntaxNode.Kind {
  /// Whether the node ends a statement.
  package var isStatement: Bool {
    switch self {
    case .define, .defineElement, .broken, .expression, .return, .break, .continue, .leaf: true
    default: false
    }
  }

  /// How many operands stand before a node of an expression, given its `count`.
  func operandCount(_ count: UInt32) -> Int {
    switch self {
    case .negate, .not, .label, .transpose: 1
    case .call, .derivativeCall, .tuple, .array, .range: Int(count)
    case .index: Int(count) + 1
    case .add, .subtract, .multiply, .divide, .modulo, .matrixProduct, .power, .equal, .notEqual,
      .less, .lessEqual, .greater, .greaterEqual, .and, .or:
      2
    default: 0
    }
  }
}
