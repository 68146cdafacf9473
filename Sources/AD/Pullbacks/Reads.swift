import BPIR

/// A value of the forward sweep that the pullback of an operation reads.
enum PullbackRead: Equatable {
  /// Operand number `position`.
  case operand(Int)
  /// The result.
  case result
}

extension Op {
  /// Returns what the pullback of an operation on arrays reads, when it is asked for the adjoints of
  /// the operands that are `varied`.
  func readsOfPullback(_ varied: [Bool]) -> [PullbackRead] {
    func operands(_ positions: some Sequence<Int>) -> [PullbackRead] {
      positions.map { .operand($0) }
    }
    switch self {
    case .dimension, .array, .iota, .randomUniform, .randomNormal, .argmax, .argmin, .broadcast,
      .reshape, .transpose, .concat, .sum, .cumsum:
      return []
    case .slice: return operands(1..<varied.count)
    case .sliceAdd: return varied[1] ? operands(2..<varied.count) : []
    case .sliceSet: return operands(2..<varied.count)
    case .gather: return [.operand(1)]
    case .scatterAdd: return varied[1] ? [.operand(2)] : []
    case .scatterSet: return [.operand(2)]
    case .product: return [.operand(0)]
    case .productOthers: return operands(varied.indices)
    case .reduceMaximum, .reduceMinimum, .norm: return [.operand(0), .result]
    case .softmax: return [.result]
    case .logSumExp: return [.operand(0)]
    case .matmul: return (varied[0] ? [.operand(1)] : []) + (varied[1] ? [.operand(0)] : [])
    default: return []
    }
  }
}
