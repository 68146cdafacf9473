import BPIR
import BPLexer

extension Compilation {
  /// Writes the moves of `values` into blocks, all at once; stacks stay where they are, but for empty
  /// ones, which begin a new use of the buffer.
  ///
  /// - Parameter results: What the values are called from then on.
  mutating func emitMoves(
    _ values: [Value], to results: [Value], _ targets: [Int], _ span: Span
  ) {
    var moves: [Move] = []
    for ((value, result), target) in zip(zip(values, results), targets) {
      if target >= 0 {
        let block = blocks[target]
        moves.append(Move(target: block.slot, source: memory(of: value), count: block.count))
      } else {
        clearIfEmpty(value, result, span)
      }
    }
    var aside: [(slot: Int, count: Int)] = []
    let ordered = ParallelMoves(moves) { count in
      aside.append((plan.take(count), count))
      return aside[aside.count - 1].slot
    }
    for move in ordered.ordered { emitCopy(from: move.source, to: move.target, move.count, span) }
    for (slot, count) in aside { plan.giveBack(slot, count) }
  }

  /// Writes the copy of `count` numbers.
  mutating func emitCopy(from source: Int, to target: Int, _ count: Int, _ span: Span) {
    guard count == 1 else {
      return emit(.copy(target: target, source: source, count: count), span)
    }
    emit(Bytecode(kind: .move, op: .mark, target: slot(target), a: slot(source)), span)
  }
}
