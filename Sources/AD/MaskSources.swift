import BPIR

extension Function {
  /// Whether a derivative that is swept through `region` may come out under a condition.
  func mayMask(_ region: RegionID) -> Bool {
    self[region].instructions.contains { id in
      let instruction = self[id]
      switch instruction.op {
      case .conditional, .loop, .call: return true
      case _ where instruction.op.isArrayOperation: return true
      default:
        let formulas = instruction.op.pullbacks(Int(instruction.operandCount)) ?? []
        return formulas.contains(where: \.choosesAgainstZero)
      }
    }
  }
}

extension Formula {
  /// Whether a choice against zero, which becomes a mask, is in it.
  fileprivate var choosesAgainstZero: Bool {
    guard case .apply(let op, let arguments) = self else { return false }
    return op == .select && arguments.dropFirst().contains(.number(0))
      || arguments.contains(where: \.choosesAgainstZero)
  }
}
