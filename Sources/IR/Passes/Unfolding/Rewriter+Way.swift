/// What is noted on the way through constructs.
struct Way {
  /// The names of values in the turns of the loop that is taken.
  var names: [NamedValue] = []
  /// The names of what stands for them.
  var newNames: [NamedValue] = []
  var origins = Origins()
}

extension Rewriter {
  /// Copies what runs of a construct, and returns what stands for its results.
  mutating func take(
    _ way: inout Way, through construct: Instruction, _ decision: Int, _ step: Unfolding.Step
  ) -> [Value] {
    guard construct.op == .loop else {
      let arm = construct.region(taken: decision)
      copy(arm) { _, _ in nil }
      return old[arm].yields.map { mapped($0) }
    }
    let carried = carriedPositions(construct)
    let operands = Array(old.operands(of: construct))
    let initial = carried.map { mapped(operands[2 + $0]) }
    let last =
      switch step {
      case .pieces(let count): takePieces(&way, construct, decision, count, carried, initial)
      default: takeTurns(&way, construct, decision, carried, initial)
      }
    for (position, value) in zip(carried, last) {
      map(Value(construct.firstResult.position + position), to: value)
    }
    map(construct.turns, to: builder.constant(Double(decision), .integer))
    return construct.results.map { mapped($0) }
  }

  private mutating func takeTurns(
    _ way: inout Way, _ loop: Instruction, _ turns: Int, _ carried: [Int], _ initial: [Value]
  ) -> [Value] {
    let origin = way.origins[Value(builder.function.valueCount)]
    let counter = counter(of: loop, origin)
    return (0..<turns).reduce(initial) { current, turn in
      let number = (origin.firstTurn ?? 0) + turn
      way.origins.begin(
        Origins.Origin(turns: origin.turns + [number]), at: builder.function.valueCount)
      let next = takeTurn(loop, turn, carried, current) { rewriter, instruction in
        guard instruction.firstResult == counter else { return nil }
        return [rewriter.builder.constant(Double(number), .integer)]
      }
      way.newNames += way.names.compactMap(renamed)
      return next.values
    }
  }

  /// Returns what a piece computes as the number of the turn; nil where no turn reads that.
  private func counter(of loop: Instruction, _ origin: Origins.Origin) -> Value? {
    let region = old[loop.body]
    guard origin.firstTurn != nil, let first = region.instructions.first.map({ old[$0] }),
      old.operands(of: first).first == region.parameters[0]
    else { return nil }
    return first.firstResult
  }

  private mutating func takePieces(
    _ way: inout Way, _ loop: Instruction, _ turns: Int, _ count: Int, _ carried: [Int],
    _ initial: [Value]
  ) -> [Value] {
    let origin = way.origins[Value(builder.function.valueCount)]
    let counter = counter(of: loop, origin)
    return (0..<count).reduce(initial) { current, piece in
      let range = turns.cut(piece, of: count)..<turns.cut(piece + 1, of: count)
      var start = origin
      start.firstTurn = (origin.firstTurn ?? 0) + range.lowerBound
      way.origins.begin(start, at: builder.function.valueCount)
      let next = takePiece(loop, start.firstTurn ?? 0, range.count, counter, carried, current)
      way.newNames += way.names.compactMap(renamed)
      return next
    }
  }

  /// Writes a loop that takes `turns` turns of `loop` from number `first` on, and returns what it carries at
  /// its end.
  private mutating func takePiece(
    _ loop: Instruction, _ first: Int, _ turns: Int, _ counter: Value?, _ carried: [Int],
    _ current: [Value]
  ) -> [Value] {
    let region = old[loop.body]
    let start = builder.constant(1, .boolean)
    let limit = builder.constant(Double(turns), .integer)
    let offset = builder.constant(Double(first), .integer)
    let body = builder.openLoop(carrying: current.map(builder.function.type))
    let parameters = builder.function[body].parameters
    let number = builder.append(.add, parameters[0], offset)
    map(region.parameters[0], to: number)
    for (position, parameter) in zip(carried, parameters[1...]) {
      map(region.parameters[1 + position], to: parameter)
    }
    copy(loop.body) { _, instruction in instruction.firstResult == counter ? [number] : nil }
    let yields = carried.map { mapped(region.yields[1 + $0]) }
    builder.close(yielding: [mapped(region.yields[0])] + yields)
    builder.span = loop.span
    return Array(builder.loop(start: start, limit: limit, current, body).dropLast())
  }

  /// Returns the name for what stands for its value; nil where nothing does.
  private func renamed(_ named: NamedValue) -> NamedValue? {
    known(named.value).map(named.naming)
  }
}

extension Int {
  /// Returns where piece number `piece` starts when so many turns are cut into `count` pieces.
  fileprivate func cut(_ piece: Int, of count: Int) -> Int {
    // Without the product, which might be too large.
    piece * (self / count) + Swift.min(piece, self % count)
  }
}
