import BPIR
import BPLexer

/// What is kept of a loop whose reverse sweep is bounded in memory.
package struct Checkpoints: Sendable {
  /// The loop.
  package let span: Span
  /// How many turns it takes, where that is known before the run.
  package let turns: Int?
  /// How many snapshots are kept at most.
  package let snapshots: Int
  /// How many bytes a snapshot takes: the number of its turn, and the state at its start.
  package let bytesPerSnapshot: Int

  /// How many bytes are taken at most: beside the snapshots the state at the start of the last turn is
  /// kept, so that the way back finds it there.
  package var bytes: Int { (snapshots + 1) * bytesPerSnapshot }
}

/// Returns `function`, the end of all differentiation, with loops that would keep more than `bytes` for
/// their reverse sweep replaced by ones that keep snapshots of what they carry and take turns again,
/// and what is kept of each of these.
///
/// The snapshots are placed by the binomial schedule, which takes the fewest turns again (Griewank,
/// Walther: Algorithm 799: revolve, 2000). A loop whose turns only the run tells is first run without
/// keeping anything, to count them. The results have the same bits. Each loop keeps at least one
/// snapshot, so little memory is passed rather than no derivative given.
///
/// - Parameter function: a function after `finished()`, whose sizes are all known.
package func checkpointed(
  _ function: Function, within bytes: Int
) -> (function: Function, loops: [Checkpoints]) {
  let pairs = function.loopPairs
  guard !pairs.isEmpty, function.bytesKept(by: pairs).map({ $0 > bytes }) ?? true else {
    return (function, [])
  }
  var plans: [Checkpoints] = []
  var rewriting = Checkpointing(function: function, pairs: pairs, bytes: bytes / pairs.count)
  let rewritten = rewriting.run(&plans)
  return (rewritten.withoutDeadCode(), plans)
}

extension Function {
  /// Returns how many bytes the stacks of `pairs` take; nil where only the run tells.
  fileprivate func bytesKept(by pairs: [LoopPair]) -> Int? {
    var numbers = 0
    for pair in pairs {
      guard isCounted(pair.forward), let words = wordsPushed(perTurnOf: pair.forward),
        let turns = dimension(of: turns(of: pair.forward))?.number,
        let sum = sum(numbers, turns, of: words)
      else { return nil }
      numbers = sum
    }
    let (bytes, overflow) = numbers.multipliedReportingOverflow(by: 8)
    return overflow ? nil : bytes
  }
}

/// A rewriting of pairs of loops.
private struct Checkpointing {
  let function: Function
  let pairs: [LoopPair]
  /// How many bytes the snapshots of each may take.
  let bytes: Int
  /// What the sweep of each pair keeps.
  private var kept: [Int: (value: Value, turns: Value, snapshots: Value)] = [:]

  init(function: Function, pairs: [LoopPair], bytes: Int) {
    self.function = function
    self.pairs = pairs
    self.bytes = bytes
  }

  mutating func run(_ plans: inout [Checkpoints]) -> Function {
    var rewriting = self
    var made: [Checkpoints] = []
    let result = function.rewritten(simplifying: true) { rewriter, instruction in
      for (index, pair) in rewriting.pairs.enumerated() {
        if pair.forward.firstResult == instruction.firstResult {
          return rewriting.sweep(index, &rewriter, &made)
        }
        if pair.backward.firstResult == instruction.firstResult {
          return rewriting.revolve(index, &rewriter)
        }
      }
      return nil
    }
    plans = made
    return result
  }

  // MARK: - Forward

  private mutating func sweep(
    _ index: Int, _ rewriter: inout Rewriter, _ plans: inout [Checkpoints]
  ) -> [Value] {
    let pair = pairs[index]
    let operands = Array(function.operands(of: pair.forward))
    let initial = pair.state.map { rewriter.mapped(operands[2 + $0]) }
    let turns =
      function.isCounted(pair.forward)
      ? rewriter.mapped(operands[1]) : countTurns(pair, initial, &rewriter)
    let words = pair.state.map {
      function.type(of: operands[2 + $0]).shape.count.number ?? 0
    }.reduce(1, +)
    let count = snapshotCount(pair, words)
    let snapshots = rewriter.builder.constant(Double(count), .integer)
    let region = rewriter.builder.openLoop(carrying: initial.map(rewriter.builder.function.type))
    takeTurn(pair, rewriter.builder.function[region].parameters, &rewriter)
    let (last, value) = rewriter.builder.sweep(
      turns: turns, snapshots: snapshots, initial, region)
    kept[index] = (value, turns, snapshots)
    plans.append(
      Checkpoints(
        span: pair.forward.span,
        turns: rewriter.builder.function.constant(turns).flatMap { Int(exactly: $0) },
        snapshots: count, bytesPerSnapshot: 8 * words))
    return results(pair, last, turns, &rewriter)
  }

  /// Returns how many snapshots of `words` numbers there is room for, beside what a turn back keeps of
  /// itself and the state at the start of the last turn.
  private func snapshotCount(_ pair: LoopPair, _ words: Int) -> Int {
    let ownWords = min(function.wordsPushed(perTurnOf: pair.forward) ?? 0, bytes / 8)
    return min(max(1, (bytes / 8 - ownWords) / words - 1), 1 << 30)
  }

  /// Takes all turns without keeping anything, and returns how many there are.
  private func countTurns(
    _ pair: LoopPair, _ initial: [Value], _ rewriter: inout Rewriter
  ) -> Value {
    let operands = Array(function.operands(of: pair.forward))
    let region = rewriter.builder.openLoop(carrying: initial.map(rewriter.builder.function.type))
    handIn(pair, rewriter.builder.function[region].parameters, &rewriter)
    rewriter.copy(pair.forward.body) { _, _ in nil }
    let yields = function[pair.forward.body].yields
    let next = ([0] + pair.state.map { $0 + 1 }).map { rewriter.mapped(yields[$0]) }
    rewriter.builder.close(yielding: next)
    let results = rewriter.builder.loop(
      start: rewriter.mapped(operands[0]), limit: rewriter.mapped(operands[1]), initial, region)
    return results[results.count - 1]
  }

  /// Makes what is handed in stand for what the turns of the first loop carry; their stacks are empty.
  private func handIn(_ pair: LoopPair, _ handed: [Value], _ rewriter: inout Rewriter) {
    let parameters = function[pair.forward.body].parameters
    for parameter in parameters where function.type(of: parameter).isStack {
      rewriter.map(parameter, to: rewriter.builder.constant(0, function.type(of: parameter)))
    }
    for (position, value) in zip([0] + pair.state.map { $0 + 1 }, handed) {
      rewriter.map(parameters[position], to: value)
    }
  }

  /// Takes a turn of the first loop in the current region, and closes it.
  private func takeTurn(_ pair: LoopPair, _ handed: [Value], _ rewriter: inout Rewriter) {
    handIn(pair, handed, &rewriter)
    rewriter.copy(pair.forward.body) { _, _ in nil }
    let yields = function[pair.forward.body].yields
    rewriter.builder.close(yielding: pair.state.map { rewriter.mapped(yields[1 + $0]) })
  }

  /// Returns what stands for the results of the first loop; nothing reads its stacks any more.
  private func results(
    _ pair: LoopPair, _ last: [Value], _ turns: Value, _ rewriter: inout Rewriter
  ) -> [Value] {
    var results: [Value] = pair.forward.results.dropLast().map {
      rewriter.builder.constant(0, function.type(of: $0))
    }
    for (position, value) in zip(pair.state, last) { results[position] = value }
    return results + [turns]
  }

  // MARK: - Backward

  private func revolve(_ index: Int, _ rewriter: inout Rewriter) -> [Value]? {
    guard let (value, turns, snapshots) = kept[index] else { return nil }
    let pair = pairs[index]
    let operands = Array(function.operands(of: pair.backward))
    let initial = pair.adjoints.map { rewriter.mapped(operands[2 + $0]) }
    let state = pair.state.map { function.type(of: function[pair.forward.body].parameters[1 + $0]) }
    let adjoints = initial.map(rewriter.builder.function.type)
    let regions = rewriter.builder.openTurns(carrying: [state, state + adjoints])
    takeTurn(pair, rewriter.builder.function[regions[0]].parameters, &rewriter)
    rewriter.builder.enter(regions[1])
    takeTurnBack(pair, rewriter.builder.function[regions[1]].parameters, turns, &rewriter)
    let last = rewriter.builder.revolve(
      turns: turns, snapshots: snapshots, kept: value, initial, regions[0])
    var results: [Value] = pair.backward.results.dropLast().map {
      rewriter.builder.constant(0, function.type(of: $0))
    }
    for (position, result) in zip(pair.adjoints, last) { results[position] = result }
    return results + [turns]
  }

  /// Takes a turn forward and back: what the one pushes the other pops.
  private func takeTurnBack(
    _ pair: LoopPair, _ handed: [Value], _ turns: Value, _ rewriter: inout Rewriter
  ) {
    handIn(pair, Array(handed[...pair.state.count]), &rewriter)
    rewriter.copy(pair.forward.body) { _, _ in nil }
    let pushed = function[pair.forward.body].yields
    let parameters = function[pair.backward.body].parameters
    let one = rewriter.builder.constant(1, .integer)
    let last = rewriter.builder.append(.subtract, turns, one)
    rewriter.map(parameters[0], to: rewriter.builder.append(.subtract, last, handed[0]))
    for (position, value) in zip(pair.adjoints, handed.dropFirst(1 + pair.state.count)) {
      rewriter.map(parameters[1 + position], to: value)
    }
    for (position, source) in pair.stacks.sorted(by: { $0.key < $1.key }) {
      rewriter.map(parameters[1 + position], to: rewriter.mapped(pushed[1 + source]))
    }
    rewriter.copy(pair.backward.body) { _, _ in nil }
    let yields = function[pair.backward.body].yields
    rewriter.builder.close(yielding: pair.adjoints.map { rewriter.mapped(yields[1 + $0]) })
  }
}
