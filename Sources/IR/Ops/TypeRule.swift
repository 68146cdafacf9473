/// How the type of a result follows from the types of the operands.
package enum TypeRule: Sendable {
  /// Real operands, a real result.
  case real
  /// Integers give an integer, reals a real.
  case arithmetic
  /// Two numbers of one type give a condition.
  case comparison
  /// Two values of one type give a condition.
  case equality
  /// Conditions give a condition.
  case logic
  /// A condition and two values of one type give that type.
  case select
  /// A real base and an integer exponent give a real.
  case integerPower
  /// An integer order and a real argument give a real.
  case ordered
  /// An integer gives a real.
  case conversion
  /// A real gives an integer.
  case whole
  /// A stack and a value of what it holds give a stack.
  case push
  /// The operand's type.
  case same
  /// As the attribute of an operation on arrays says.
  case array
  /// As the construct says.
  case structure

  /// Returns the type of the result for `operands`, or nil when they do not fit.
  ///
  /// The operands of an operation on elements have one shape, which is that of the result.
  package func result(of operands: ArraySlice<Value>, in function: Function) -> ValueType? {
    guard let first = operands.first else { return nil }
    let type = function.type(of: first)
    func rest(are type: ValueType) -> Bool {
      operands.dropFirst().allSatisfy { function.type(of: $0) == type }
    }
    switch self {
    case .real: return type.isReal && rest(are: type) ? type : nil
    case .arithmetic: return !type.isBoolean && rest(are: type) ? type : nil
    case .comparison: return !type.isBoolean && rest(are: type) ? type.of(.boolean) : nil
    case .equality: return rest(are: type) ? type.of(.boolean) : nil
    case .logic: return type.isBoolean && rest(are: type) ? type : nil
    case .select:
      guard type.isBoolean, operands.count == 3 else { return nil }
      let (a, b) = (operands.dropFirst().first, operands.last)
      guard let a, let b, function.type(of: a) == function.type(of: b) else { return nil }
      let chosen = function.type(of: a)
      return chosen.shape == type.shape ? chosen : nil
    case .integerPower: return type.isReal && rest(are: type.of(.integer)) ? type : nil
    case .ordered: return type.isInteger && rest(are: type.of(.real)) ? type.of(.real) : nil
    case .conversion: return type.isInteger ? type.of(.real) : nil
    case .whole: return type.isReal ? type.of(.integer) : nil
    case .push: return type.isStack && rest(are: type.unstacked) ? type : nil
    case .same: return type
    case .array, .structure: return nil
    }
  }
}
