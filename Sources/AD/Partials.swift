import BPIR

// Rules read transcendental functions of primals: the slope of sigmoid is s(x) s(-x). In straight code the
// two sweeps share what both compute. In a loop they are two loops, and in an arm two conditionals, and
// the second would compute it again: so the first computes such parts of rules as values of their own,
// which are then saved, or handed out, in place of what they are made of.

/// The parts of rules that the forward sweep of loops and arms computes, for the results of instructions.
struct Partials {
  private var entries: [Value: Entry] = [:]

  /// The rule of an instruction with values in place of its parts.
  struct Entry {
    /// The formulas, in which operands after the last one stand for the values.
    let formulas: [Formula]
    let values: [Value]
  }

  /// The rule of the instruction that makes `result`; nil where it is that of its row.
  subscript(result: Value) -> Entry? { entries[result] }

  /// Computes in the loops and arms of `function` what rules read of primals.
  ///
  /// - Parameter independents: what is differentiated with respect to; what stands for it takes its
  ///   place.
  init(
    computedIn function: inout Function, _ independents: inout [Value], _ outputs: [Int],
    _ options: DifferentiationOptions
  ) {
    guard function.contains(.loop) || function.contains(.conditional) else { return }
    let places = RegionPlaces(function)
    let activity = Activity(function, of: independents, on: outputs.map { function.results[$0] })
    var extended = function
    extended.results += independents
    var entries: [Value: Entry] = [:]
    extended = extended.rewritten(simplifying: options.simplifies, sharing: options.simplifies) {
      rewriter, instruction in
      guard Residuals.areHandedOver(instruction.region, places), instruction.op.isOperation,
        !instruction.op.isArrayOperation, activity[instruction.result],
        instruction.op.scale(Int(instruction.operandCount)) == nil,
        let formulas = instruction.op.pullbacks(Int(instruction.operandCount))
      else { return nil }
      let operands = rewriter.mappedOperands(instruction)
      let result = rewriter.builder.append(instruction.op, operands)
      let isVaried = rewriter.old.operands(of: instruction).map { activity[$0] }
      if rewriter.builder.isOwn(result, instruction.op, operands) {
        var parts = PartFinder(operandCount: operands.count)
        let rewritten = zip(formulas, isVaried).map { $1 ? parts.replacingParts(of: $0) : $0 }
        let values = parts.parts.map {
          $0.instantiated(operands: operands, result: result, in: &rewriter.builder)
        }
        // What is the same as something above the loop is there where an arm's parts are not.
        let areThere = values.allSatisfy { rewriter.builder.isThere($0, where: result) }
        if !values.isEmpty, areThere {
          entries[result] = Entry(formulas: rewritten, values: values)
        }
      }
      return [result]
    }
    independents = Array(extended.results.suffix(independents.count))
    extended.results.removeLast(independents.count)
    function = extended
    self.entries = entries
  }

  /// No parts at all.
  init() {}
}

extension Builder {
  /// Whether `value` is made by `op` of just `operands`, and not by what a law made of it.
  fileprivate func isOwn(_ value: Value, _ op: Op, _ operands: [Value]) -> Bool {
    guard let instruction = function.instruction(defining: value) else { return false }
    return instruction.op == op && function.operands(of: instruction).elementsEqual(operands)
  }
}

/// A walk over the formulas of a rule that finds the largest parts which are made of primals and worth
/// to be values of their own.
private struct PartFinder {
  let operandCount: Int
  private(set) var parts: [Formula] = []

  init(operandCount: Int) { self.operandCount = operandCount }

  mutating func replacingParts(of formula: Formula) -> Formula {
    guard case .apply(let op, let arguments) = formula else { return formula }
    if !formula.readsAdjoint {
      return formula.isTranscendental ? .operand(operandCount + number(of: formula)) : formula
    }
    return .apply(op, arguments.map { replacingParts(of: $0) })
  }

  private mutating func number(of part: Formula) -> Int {
    if let index = parts.firstIndex(of: part) { return index }
    parts.append(part)
    return parts.count - 1
  }
}

extension Formula {
  fileprivate var readsAdjoint: Bool {
    switch self {
    case .adjoint: true
    case .operand, .result, .number, .integer: false
    case .apply(_, let arguments): arguments.contains(where: \.readsAdjoint)
    }
  }

  /// Whether a function is in it that takes much longer than a sum.
  fileprivate var isTranscendental: Bool {
    guard case .apply(let op, let arguments) = self else { return false }
    return !op.info.traits.contains(.exact) || arguments.contains(where: \.isTranscendental)
  }
}
