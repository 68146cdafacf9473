import BPIR

/// What the reverse sweep of a loop carries backward for the adjoint of one value.
struct LoopPart {
  enum Role {
    /// What the loop carries at this position.
    case carried(Int)
    /// A value outside of the loop.
    case outer(Value)
  }

  let role: Role
  /// The adjoint before the sweep.
  let initial: Derivative?
  var form: CarriedDerivative

  /// Whether it has to say when it counts, and does not, after a turn that handed on `next`.
  func lacksMask(_ next: Derivative?, _ scope: Scope) -> Bool {
    guard !form.isMasked else { return false }
    return switch role {
    case .carried: !form.type.isStack && next?.mask != Mask()
    case .outer(let value): initial == nil && scope.masked.contains(value)
    }
  }
}

extension Reverse {
  /// Returns the parts, those of outer values first: their sums are carried along before the turns
  /// contribute to them, and are whole before the adjoints of what the loop starts from are added.
  func loopParts(_ instruction: Instruction) -> [LoopPart] {
    outerParts(instruction) + carriedParts(instruction)
  }

  private func outerParts(_ instruction: Instruction) -> [LoopPart] {
    residuals.places.outerValues(of: instruction.body, old).filter { activity[$0] }.map { value in
      let sum = sum(of: value)
      return LoopPart(
        role: .outer(value), initial: sum?.mask == Mask() ? sum : nil,
        form: CarriedDerivative(type: old.type(of: value)))
    }
  }

  private func carriedParts(_ instruction: Instruction) -> [LoopPart] {
    let parameters = old[instruction.body].parameters.dropFirst()
    return zip(parameters, instruction.results).enumerated().compactMap { position, pair in
      let (parameter, result) = pair
      guard activity[parameter] || activity[result] else { return nil }
      let type = old.type(of: parameter)
      // Where the parameter is not active no turn hands anything on to the one before it.
      return LoopPart(
        role: .carried(position), initial: adjoints[result.position],
        form: CarriedDerivative(type: type, isMasked: !activity[parameter] && !type.isStack))
    }
  }
}
