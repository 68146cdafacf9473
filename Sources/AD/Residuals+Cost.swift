import BPIR
import BPLexer

/// What a loop keeps for its reverse sweep.
package struct LoopResiduals: Sendable {
  /// The loop.
  package let span: Span
  /// How many numbers each turn keeps at most, without those of loops in it.
  package let wordsPerTurn: Dimension
  /// How many turns it takes each time, where that is known.
  package let turns: Dimension?
}

extension Residuals {
  /// How many values the reverse sweep reads, constants aside.
  var count: Int {
    let outside = isRead.indices.count { index in
      let value = Value(index)
      return isRead[index] && function.constant(value) == nil
        && !places.isInLoop(function.region(of: value))
    }
    return saved.reduce(outside) { $0 + $1.count }
  }

  /// How many elements the values outside of loops have that the reverse sweep reads, parameters and
  /// constants aside; what only has another form of a value that is read counts with it.
  var size: Dimension {
    var size = Dimension(0)
    var seen: Set<Value> = []
    for index in isRead.indices where isRead[index] {
      var value = Value(index)
      while let instruction = function.instruction(defining: value),
        instruction.op == .reshape || instruction.op == .broadcast
      {
        value = function.operand(0, of: instruction)
      }
      guard function.constant(value) == nil, function.definition(of: value) != .parameter,
        !places.isInLoop(function.region(of: value)), seen.insert(value).inserted
      else { continue }
      size = size + function.type(of: value).shape.count
    }
    return size
  }

  /// What the loops keep that the reverse sweep goes through, in the order of the program.
  var loops: [LoopResiduals] {
    function.instructions.filter { $0.op == .loop }.compactMap { loop in
      let saved = function.regions.indices.filter {
        places.loop(around: RegionID($0)) == loop.body
      }.flatMap { self.saved[$0] }
      guard isRead[function.turns(of: loop).position] || !saved.isEmpty else { return nil }
      let words = saved.map { function.type(of: $0).shape.count }.reduce(Dimension(0), +)
      return LoopResiduals(
        span: loop.span, wordsPerTurn: words,
        turns: function.isCounted(loop) ? function.turnLimit(of: loop) : nil)
    }
  }
}
