extension Function {
  /// How many operations one run takes at most: each arithmetic operation, comparison, choice and
  /// call of the mathematics library on a number counts 1, conversions and copies nothing; of a
  /// conditional the longer arm counts, of a loop whose turns only the run tells one turn. Where sizes are symbols it is a polynomial in them.
  ///
  /// It is that of what is run, so ask it of a function after `finished()`.
  package var operationCount: Dimension {
    var calls: [Dimension] = []
    for callee in callees { calls.append(callee.operationCount(calls)) }
    return operationCount(calls)
  }

  /// - Parameter calls: how many operations the callees take.
  private func operationCount(_ calls: [Dimension]) -> Dimension {
    var counts = Array(repeating: Dimension(0), count: regions.count)
    // The instructions of a region come before the conditional that holds it.
    for instruction in instructions {
      let count =
        switch instruction.op {
        case .conditional:
          larger(
            counts[instruction.arms.then.position], counts[instruction.arms.otherwise.position])
        case .call: calls.dropFirst(Int(instruction.attribute)).first ?? Dimension(0)
        case .loop: counts[instruction.body.position] * turnCount(of: instruction)
        case .sweep, .revolve:
          instruction.regions.map { counts[$0.position] }.reduce(Dimension(0), +)
        default: operationCount(of: instruction)
        }
      counts[instruction.region.position] = counts[instruction.region.position] + count
    }
    return counts[0]
  }

  /// Returns how many turns a loop takes at most, 1 where that cannot be told.
  private func turnCount(of loop: Instruction) -> Dimension {
    turnLimit(of: loop) ?? Dimension(1)
  }

  /// Returns how many turns a loop takes at most, in the sizes and whole inputs that say so; nil where
  /// nothing does before the run.
  package func turnLimit(of loop: Instruction) -> Dimension? {
    var limit = operand(1, of: loop)
    // Fewer than none are none: for inputs that ask for turns that changes nothing.
    if let instruction = instruction(defining: limit), instruction.op == .maximum,
      constant(operand(0, of: instruction)) == 0
    {
      limit = operand(1, of: instruction)
    }
    guard let turns = dimension(of: limit), !turns.isTurnSized,
      (turns.number ?? 0) < Int(ValueType.largestInteger)
    else { return nil }
    return turns
  }

  private func operationCount(of instruction: Instruction) -> Dimension {
    let result = type(of: instruction.result).shape.count
    func size(_ position: Int) -> Dimension {
      type(of: operand(position, of: instruction)).shape.count
    }
    switch instruction.op {
    case .mark, .real, .integer, .call, .push, .pop, .dimension, .array, .iota, .broadcast,
      .reshape, .transpose,
      .concat,
      .slice, .sliceSet, .gather, .scatterSet:
      return Dimension(0)
    case .sliceAdd, .scatterAdd: return size(1)
    case .sum, .product, .reduceMaximum, .reduceMinimum, .argmax, .argmin, .cumsum: return size(0)
    case .norm: return Dimension(2) * size(0)
    case .productOthers: return Dimension(3 << min(instruction.operandCount, 20)) * size(0)
    case .matmul:
      let shape = type(of: operand(0, of: instruction)).shape
      guard case .transposes(let first, _) = attribute(of: instruction) else { return result }
      return Dimension(2) * result * shape[first ? shape.rank - 2 : shape.rank - 1]
    default: return result
    }
  }

  /// Returns the larger of two counts where that can be told, and otherwise their sum.
  private func larger(_ a: Dimension, _ b: Dimension) -> Dimension {
    guard let difference = (a - b).number else { return a + b }
    return difference > 0 ? a : b
  }
}
