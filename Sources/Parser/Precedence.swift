import BPLexer

/// An operator of the expression grammar: its node and how tightly it binds.
struct Operator {
  /// The node that it makes.
  let kind: SyntaxNode.Kind
  /// The place in the list of `docs/Language.md`, loosest first from 1.
  let precedence: Int
  /// Whether it groups from the right.
  var isRightAssociative = false

  /// The precedence of comparisons, of which no two stand side by side.
  static let comparisonPrecedence = 4
  /// `-x`.
  static let negation = Operator(kind: .negate, precedence: 7, isRightAssociative: true)
  /// `not x`.
  static let complement = Operator(kind: .not, precedence: 3, isRightAssociative: true)

  /// Returns the operator that `token` is between two operands, or nil.
  static func binary(_ token: Token.Kind) -> Operator? {
    switch token {
    case .or: Operator(kind: .or, precedence: 1)
    case .and: Operator(kind: .and, precedence: 2)
    case .equalEqual: Operator(kind: .equal, precedence: comparisonPrecedence)
    case .notEqual: Operator(kind: .notEqual, precedence: comparisonPrecedence)
    case .less: Operator(kind: .less, precedence: comparisonPrecedence)
    case .lessEqual: Operator(kind: .lessEqual, precedence: comparisonPrecedence)
    case .greater: Operator(kind: .greater, precedence: comparisonPrecedence)
    case .greaterEqual: Operator(kind: .greaterEqual, precedence: comparisonPrecedence)
    case .plus: Operator(kind: .add, precedence: 5)
    case .minus: Operator(kind: .subtract, precedence: 5)
    case .star: Operator(kind: .multiply, precedence: 6)
    case .slash: Operator(kind: .divide, precedence: 6)
    case .percent: Operator(kind: .modulo, precedence: 6)
    case .at: Operator(kind: .matrixProduct, precedence: 6)
    case .power: Operator(kind: .power, precedence: 8, isRightAssociative: true)
    default: nil
    }
  }

  /// Returns the operator that `token` is before an operand, or nil.
  static func prefix(_ token: Token.Kind) -> Operator? {
    switch token {
    case .minus: negation
    case .not: complement
    default: nil
    }
  }
}
