// A run takes one way through conditionals and loops. The way as straight code is what shows each step
// with its number. It is found construct by construct: what is decided is replaced by what runs of it, and
// what that holds is decided next.

/// A function on the way to the straight code of one run.
package struct Unfolding {
  /// The function, in which constructs are replaced by what runs of them.
  package private(set) var function: Function
  private var origins = Origins()

  /// What becomes of a construct.
  package enum Step: Equatable {
    /// It stays.
    case none
    /// The arm that is taken stands for it, or its turns one after another.
    case whole
    /// So many loops stand for it, which share its turns.
    case pieces(Int)
  }

  /// Starts with a function in which nothing is replaced.
  package init(_ function: Function) { self.function = function }

  /// The conditionals and loops in the body.
  package var constructs: [Instruction] {
    function[.body].instructions.map { function[$0] }
      .filter { $0.op == .conditional || $0.op == .loop }
  }

  /// The values that say what runs of the constructs: the conditions, and the numbers of turns.
  package var decisions: [Value] {
    constructs.map { $0.op == .loop ? $0.turns : function.operand(0, of: $0) }
  }

  /// Returns the turns of loops, now taken apart, that `instruction` belongs to: the number of each from 0,
  /// that of the outermost loop first.
  package func turns(of instruction: Instruction) -> [Int] {
    origins[instruction.firstResult].turns
  }

  /// Returns how many instructions stand for a construct once it is replaced as a whole; at most
  /// `Int.max / 4`.
  package func size(_ construct: Instruction, _ decision: Int) -> Int {
    let turns = construct.op == .loop ? decision : 1
    let (size, overflow) = function.nestedCount(construct.region(taken: decision))
      .multipliedReportingOverflow(by: turns)
    return overflow ? Int.max / 4 : min(Int.max / 4, size)
  }

  /// Replaces constructs of the body.
  ///
  /// - Parameters:
  ///   - decided: what the decisions are, in their order.
  ///   - step: says for each construct and its decision what becomes of it.
  package mutating func unfold(_ decided: [Int], _ step: (Instruction, Int) -> Step) {
    var steps: [Value: (decision: Int, step: Step)] = [:]
    for (construct, decision) in zip(constructs, decided) {
      steps[construct.firstResult] = (decision, step(construct, decision))
    }
    let old = function
    let regionNames = Dictionary(grouping: old.names) { old.region(of: $0.value) }
    var way = Way()
    rewrite { rewriter, instruction, origins in
      guard let (decision, step) = steps[instruction.firstResult], step != .none else { return nil }
      way.names =
        instruction.op == .loop
        ? old.nested(instruction.body).flatMap { regionNames[$0] ?? [] } : []
      way.origins = origins
      defer { origins = way.origins }
      return rewriter.take(&way, through: instruction, decision, step)
    }
    let own = Set(way.newNames.map(\.value))
    function.names = way.newNames + function.names.filter { !own.contains($0.value) }
  }

  /// Leaves out the marks of straight code, but for results after the first that stand for what is read
  /// elsewhere, too: the derivative by `y` after `y = x` is not that by `x`.
  package mutating func dropFurtherMarks() {
    var uses: [Value: Int] = [:]
    for instruction in function.instructions {
      for operand in function.operands(of: instruction) { uses[operand, default: 0] += 1 }
    }
    for result in function.results { uses[result, default: 0] += 1 }
    let results = Set(function.results.dropFirst())
    let old = function
    rewrite { rewriter, instruction, _ in
      guard instruction.op == .mark else { return nil }
      let operand = old.operand(0, of: instruction)
      let isOnlyName = uses[operand] == 1 && old.instruction(defining: operand) != nil
      guard isOnlyName || !results.contains(instruction.result) else { return nil }
      return rewriter.mappedOperands(instruction)
    }
  }

  private mutating func rewrite(
    _ rule: (inout Rewriter, Instruction, inout Origins) -> [Value]?
  ) {
    var new = Origins()
    let old = origins
    function = function.rewritten(simplifying: false, sharing: false) { rewriter, instruction in
      new.begin(old[instruction.firstResult], at: rewriter.builder.function.valueCount)
      return rule(&rewriter, instruction, &new)
    }
    origins = new
  }
}

extension Function {
  func nestedCount(_ region: RegionID) -> Int {
    self[region].instructions.reduce(0) { count, id in
      self[id].regions.reduce(count + 1) { $0 + nestedCount($1) }
    }
  }

  /// Returns `region` with the regions in it.
  func nested(_ region: RegionID) -> [RegionID] {
    [region] + self[region].instructions.flatMap { self[$0].regions.flatMap(nested) }
  }
}

extension Instruction {
  /// The region that runs of a construct.
  func region(taken decision: Int) -> RegionID {
    op == .loop ? body : decision != 0 ? arms.then : arms.otherwise
  }
}
