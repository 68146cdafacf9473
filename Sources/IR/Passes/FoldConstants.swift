extension Builder {
  /// Returns the constant that `op` of constants is, or nil.
  ///
  /// Only operations that every system rounds alike are folded: what is printed as Swift then gives
  /// the same bits wherever it is compiled.
  mutating func folded(_ op: Op, _ a: Value, _ b: Value? = nil, _ c: Value? = nil) -> Value? {
    guard op.info.traits.contains(.exact), let x = function.constant(a) else { return nil }
    let y = b.map(function.constant)
    let z = c.map(function.constant)
    if case .some(.none) = y { return nil }
    if case .some(.none) = z { return nil }
    let type = foldedType(op, a, b)
    let result = kernel(op, x, (y ?? 0) ?? 0, (z ?? 0) ?? 0)
    // An integer out of range stays an instruction, so that it is reported where it is computed.
    if type.isInteger, !(result.magnitude <= ValueType.largestInteger) { return nil }
    return constant(result, type)
  }

  private func foldedType(_ op: Op, _ a: Value, _ b: Value?) -> ValueType {
    let type = function.type(of: a)
    switch op.info.type {
    case .comparison, .equality, .logic: return type.of(.boolean)
    case .arithmetic, .same: return type
    case .whole: return type.of(.integer)
    case .select: return b.map(function.type) ?? type
    case .real, .integerPower, .ordered, .conversion, .array, .structure, .push:
      return type.of(.real)
    }
  }
}
