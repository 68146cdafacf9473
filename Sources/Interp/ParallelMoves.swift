/// A copy of numbers from one place to another.
struct Move: Equatable {
  let target: Int
  var source: Int
  let count: Int
}

/// Moves that happen at once, put in an order in which one after the other has the same effect.
///
/// Places do not overlap, but for those that are the same.
struct ParallelMoves {
  /// The moves in order.
  private(set) var ordered: [Move] = []
  private var moves: [Move]
  private var isDone: [Bool]
  /// For each place how many moves still read it.
  private var readerCounts: [Int: Int] = [:]
  /// For each place the move that writes it.
  private var writers: [Int: Int] = [:]

  /// Orders `moves`, of which no two have one target.
  ///
  /// - Parameter takeAside: Returns where so many numbers may stand meanwhile.
  init(_ moves: [Move], _ takeAside: (Int) -> Int) {
    self.moves = moves.filter { $0.source != $0.target && $0.count > 0 }
    isDone = Array(repeating: false, count: self.moves.count)
    for (index, move) in self.moves.enumerated() {
      readerCounts[move.source, default: 0] += 1
      writers[move.target] = index
    }
    for index in self.moves.indices { follow(index) }
    breakCircles(takeAside)
  }

  /// Does a move when nothing reads its target any more, then the one that writes its source, and so on.
  private mutating func follow(_ first: Int) {
    var next: Int? = first
    while let index = next, !isDone[index], readerCounts[moves[index].target, default: 0] == 0 {
      let move = moves[index]
      ordered.append(move)
      isDone[index] = true
      readerCounts[move.source, default: 0] -= 1
      next = writers[move.source]
    }
  }

  /// What is left goes round in circles, in each of which a place is read once: what the first move
  /// overwrites is put aside for its reader.
  private mutating func breakCircles(_ takeAside: (Int) -> Int) {
    var readers: [Int: Int] = [:]
    for index in moves.indices where !isDone[index] { readers[moves[index].source] = index }
    for index in moves.indices where !isDone[index] {
      let (target, count) = (moves[index].target, moves[index].count)
      let aside = takeAside(count)
      ordered.append(Move(target: aside, source: target, count: count))
      if let reader = readers[target] { moves[reader].source = aside }
      readerCounts[target] = 0
      follow(index)
    }
  }
}
