import BPIR

/// Which values of a function depend, in a way that can be differentiated, on chosen ones.
///
/// Nothing is emitted for the others: a zero that is known here is a strong one.
struct Activity {
  private var isVaried: [Bool]

  /// Finds what depends on `independents` in `function`.
  init(_ function: Function, of independents: [Value]) {
    isVaried = Array(repeating: false, count: function.valueCount)
    for value in independents { isVaried[value.position] = true }
    // Instructions are numbered in the order in which they are made: definitions before uses.
    for instruction in function.instructions { visit(instruction, function) }
  }

  /// Whether `value` depends on a chosen one.
  subscript(value: Value) -> Bool { isVaried[value.position] }

  private mutating func visit(_ instruction: Instruction, _ function: Function) {
    if instruction.op == .conditional {
      let (then, otherwise) = (
        function[instruction.arms.then], function[instruction.arms.otherwise]
      )
      for (position, result) in instruction.results.enumerated() {
        let varies = self[then.yields[position]] || self[otherwise.yields[position]]
        isVaried[result.position] = isVaried[result.position] || varies
      }
    } else if !hasZeroDerivative(instruction.op) {
      let varies = function.operands(of: instruction).contains { self[$0] }
      for result in instruction.results where function.type(of: result).isReal {
        isVaried[result.position] = isVaried[result.position] || varies
      }
    }
  }

  private func hasZeroDerivative(_ op: Op) -> Bool {
    if case .zero = op.info.rule { true } else { false }
  }
}

extension Op {
  /// Returns what replaces the adjoint of the result before the rule for `count` operands is applied.
  func scale(_ count: Int) -> Formula? {
    if case .variadicPullback(let scale, _) = info.rule { scale(count) } else { nil }
  }

  /// Returns the formulas of the rule for `count` operands, or nil for constructs and where the
  /// derivative is zero.
  func pullbacks(_ count: Int) -> [Formula]? {
    switch info.rule {
    case .pullback(let formulas): formulas
    case .variadicPullback(_, let formulas): formulas(count)
    case .zero: nil
    case .structure: self == .mark ? [.adjoint] : nil
    }
  }
}
