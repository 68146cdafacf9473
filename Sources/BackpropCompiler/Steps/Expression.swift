/// A formula as somebody would write it on paper, made from the IR for people to read.
package indirect enum Expression: Hashable, Sendable {
  /// A name, or what stands for one.
  case name(String)
  /// A number.
  case number(Double)
  /// An array, in row-major order.
  case array(shape: [Int], elements: [Double])
  /// The derivative of one value by another: total, or the local partial one.
  case derivative(of: Expression, by: Expression, isPartial: Bool)
  /// Two operands with an operator between them.
  case infix(Operator, Expression, Expression)
  /// The number with the other sign.
  case negated(Expression)
  /// A base to a power.
  case power(Expression, Expression)
  /// A function of its arguments.
  case call(String, [Expression])
  /// A matrix whose last two axes change places.
  case transposed(Expression)
  /// An array's elements or parts.
  case part(Expression, String)

  /// A part, added to what stands at a place of an array.
  case placed(Expression, in: Expression, at: String)
  /// An array with a part in place of what stands at a place of it.
  case replaced(Expression, in: Expression, at: String)

  /// An operator with its place among the others.
  package enum Operator: String, Sendable {
    case or
    case and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessEqual = "<="
    case greater = ">"
    case greaterEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case product = "@"

    /// How tightly it binds: what stands in its operands and binds less needs parentheses.
    package var precedence: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual: 3
      case .plus, .minus: 4
      case .times, .over, .product: 5
      }
    }

    /// Whether the second operand may be one of the same operator without parentheses.
    var isAssociative: Bool { self == .plus || self == .times || self == .and || self == .or }
  }
}

extension Expression {
  /// How tightly the expression holds together.
  package var precedence: Int {
    switch self {
    case .infix(let infix, _, _): infix.precedence
    case .negated: 6
    case .number(let number): number.sign == .minus ? 6 : 9
    case .power: 7
    case .call, .transposed, .part: 8
    case .placed, .replaced: 0
    // The text of an expression that has no name.
    case .name(let name): name.isSourceName ? 9 : 0
    default: 9
    }
  }

  /// Whether it is a name or a number.
  package var isAtom: Bool {
    switch self {
    case .name, .number, .array, .derivative: true
    default: false
    }
  }

  /// How many operators and functions are in it.
  package var size: Int {
    switch self {
    case .name, .number, .array, .derivative: 0
    case .infix(_, let a, let b), .power(let a, let b), .placed(let a, let b, _),
      .replaced(let a, let b, _):
      1 + a.size + b.size
    case .negated(let a), .transposed(let a), .part(let a, _): 1 + a.size
    case .call(_, let arguments): arguments.reduce(1) { $0 + $1.size }
    }
  }
}

// MARK: - Text

extension Expression: CustomStringConvertible {
  /// The expression in the language of programs.
  package var description: String {
    switch self {
    case .name(let name): return name
    case .number(let number): return number.stepText
    case .array(let shape, let elements): return Expression.text(shape, elements[...])
    case .derivative(let of, let by, let isPartial):
      let d = isPartial ? "∂" : "d"
      return "\(d)\(of.text(in: 9))/\(d)\(by.text(in: 9))"
    case .infix(let infix, let a, let b):
      let (left, other) = (a.text(in: infix.precedence), b.text(after: infix))
      return infix.precedence == 5 && infix != .product
        ? "\(left)\(infix.rawValue)\(other)" : "\(left) \(infix.rawValue) \(other)"
    case .negated(let a): return "-" + a.text(in: 7)
    case .power(let base, let exponent): return base.text(in: 8) + "^" + exponent.text(in: 6)
    case .call(let function, let arguments):
      return "\(function)(\(arguments.map(\.description).joined(separator: ", ")))"
    case .transposed(let a): return a.text(in: 8) + ".T"
    case .part(let a, let indices): return a.text(in: 8) + "[\(indices)]"
    case .placed(let a, .number(0), let place): return "\(a) at [\(place)], 0 elsewhere"
    case .placed(let a, let array, let place): return "\(array) + (\(a) at [\(place)])"
    case .replaced(let a, let array, let place): return "\(array), but \(a) at [\(place)]"
    }
  }

  private static func text(_ shape: [Int], _ elements: ArraySlice<Double>) -> String {
    guard let rows = shape.first else { return elements.first.map(\.stepText) ?? "nan" }
    let inner = Array(shape.dropFirst())
    let width = inner.reduce(1, *)
    let parts = (0..<rows).map { row in
      text(inner, elements.dropFirst(row * width).prefix(width))
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  /// The text, in parentheses where it holds together less than `precedence`.
  private func text(in precedence: Int) -> String {
    self.precedence < precedence ? "(\(description))" : description
  }

  /// The text after an operator, where a sign needs parentheses.
  private func text(after infix: Operator) -> String {
    let isSame = if case .infix(infix, _, _) = self { infix.isAssociative } else { false }
    if infix.precedence > 3, description.hasPrefix("-") { return "(\(description))" }
    return text(in: isSame ? infix.precedence : infix.precedence + 1)
  }
}

extension Double {
  /// The shortest text that reads back exactly, whole numbers without a point.
  package var stepText: String {
    if isNaN { return "nan" }
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
