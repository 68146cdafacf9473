import BPLexer

/// A program in the form that passes, differentiation and printers work on.
package struct Module: Sendable {
  /// The functions, callees before their callers; the last is the program itself.
  package var functions: [Function]
  /// The leaves, in the order of the parameters of the program.
  package let leaves: [Leaf]
  /// What the program results in: the name or text of each part, in the order of the results of the
  /// main function.
  package let resultNames: [String]
  /// The statements of the text, in order.
  package let statements: [Span]
  /// The symbols of the declared shapes that data gives a size, in the order of the text.
  package let symbols: [String]
  /// The names of the functions of the text, in order, also of those that nothing calls.
  package let functionNames: [String]
  /// What the sizes have to fulfil besides.
  package let sizeEquations: [SizeEquation]

  /// The program itself.
  package var main: Function {
    get { functions[functions.count - 1] }
    set { functions[functions.count - 1] = newValue }
  }
}

/// A name of the program that is bound from outside.
package struct Leaf: Sendable {
  /// How a program comes to have it.
  package enum Kind: Sendable {
    /// It is declared by `param`.
    case parameter
    /// It is declared by `input`.
    case input
    /// It is used and never defined.
    case free
    /// It is bound to a number, in a program without parameters and free names.
    case literal
  }

  /// The name.
  package let name: String
  /// How the program comes to have it.
  package let kind: Kind
  /// Its type; the shape may have symbols, which data then gives a size.
  package internal(set) var type: ValueType
  /// What it is when nothing is bound to it, as a number; each element of an array is that number.
  package internal(set) var defaultValue: Double?
  /// What it is when nothing is bound to it, as a value of the program that no leaf has a part in.
  package internal(set) var defaultArray: Value?
  /// Where it is declared or first used.
  package let span: Span

  /// Whether it need not be bound to anything.
  package var hasDefault: Bool { defaultValue != nil || defaultArray != nil }

  /// Whether the result is differentiated with respect to it unless it is said otherwise.
  package var isDifferentiated: Bool { kind != .input && type.isReal }
}
