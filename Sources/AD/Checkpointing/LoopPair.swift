import BPIR
import BPLexer

/// A loop and the one that takes its turns back.
struct LoopPair {
  let forward: Instruction
  let backward: Instruction
  /// The positions of what the first carries that is no stack.
  let state: [Int]
  /// The positions of what the second carries that is no stack.
  let adjoints: [Int]
  /// For each position of a stack that the second carries, that of the first.
  let stacks: [Int: Int]
}

extension Function {
  /// The pairs of loops in the body that only stacks connect, in the order of the first ones.
  var loopPairs: [LoopPair] {
    self[.body].instructions.compactMap { id in
      self[id].op == .loop ? loopPair(self[id]) : nil
    }
  }

  private func loopPair(_ forward: Instruction) -> LoopPair? {
    let results = Array(forward.results.dropLast())
    let positions = results.indices.filter { type(of: results[$0]).isStack }
    guard !positions.isEmpty, let backward = onlyReader(of: positions.map { results[$0] }),
      backward.op == .loop, isCounted(backward), operand(1, of: backward) == turns(of: forward)
    else { return nil }
    let carried = Array(operands(of: backward).dropFirst(2))
    var stacks: [Int: Int] = [:]
    for (position, value) in carried.enumerated() where type(of: value).isStack {
      guard let source = results.firstIndex(of: value) else { return nil }
      stacks[position] = source
    }
    return LoopPair(
      forward: forward, backward: backward,
      state: results.indices.filter { !type(of: results[$0]).isStack },
      adjoints: carried.indices.filter { !type(of: carried[$0]).isStack }, stacks: stacks)
  }

  /// Returns the one instruction of the body that reads all of `values`, and each once; nil where there
  /// is none.
  private func onlyReader(of values: [Value]) -> Instruction? {
    var reader: Instruction?
    var count = 0
    for instruction in instructions {
      let reads = operands(of: instruction).count { values.contains($0) }
      if reads > 0 { reader = instruction }
      count += reads
    }
    guard let reader, reader.region == .body, count == values.count,
      values.allSatisfy({ operands(of: reader).contains($0) }),
      !results.contains(where: { values.contains($0) })
    else { return nil }
    return reader
  }

  /// How many numbers a turn of `loop` pushes at most, those of loops in it included; nil where that
  /// cannot be told.
  func wordsPushed(perTurnOf loop: Instruction) -> Int? {
    wordsPushed(in: loop.body)
  }

  private func wordsPushed(in region: RegionID) -> Int? {
    var words = 0
    for id in self[region].instructions {
      let instruction = self[id]
      switch instruction.op {
      case .push:
        guard let count = type(of: operand(1, of: instruction)).shape.count.number else {
          return nil
        }
        guard let sum = sum(words, 1, of: count) else { return nil }
        words = sum
      case .loop:
        guard let inner = wordsPushed(in: instruction.body) else { return nil }
        if inner == 0 { continue }
        guard isCounted(instruction),
          let turns = dimension(of: turns(of: instruction))?.number,
          let sum = sum(words, turns, of: inner)
        else { return nil }
        words = sum
      case .conditional:
        guard let then = wordsPushed(in: instruction.arms.then),
          let otherwise = wordsPushed(in: instruction.arms.otherwise)
        else { return nil }
        guard let sum = sum(words, 1, of: max(then, otherwise)) else { return nil }
        words = sum
      default: continue
      }
    }
    return words
  }
}

/// Returns `sum` and `count` times `number`; nil where that is too large.
func sum(_ sum: Int, _ count: Int, of number: Int) -> Int? {
  let (product, overflow) = count.multipliedReportingOverflow(by: number)
  let (result, isTooLarge) = sum.addingReportingOverflow(product)
  return overflow || isTooLarge ? nil : result
}
