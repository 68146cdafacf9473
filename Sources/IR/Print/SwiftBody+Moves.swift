// Assignments of several values at once.

extension SwiftBody {
  /// Writes assignments that happen all at once: none overwrites what another one reads.
  mutating func move(
    _ values: [Value], to homes: [SwiftHome], _ writer: inout LineWriter
  ) {
    var moves: [SwiftMove] = []
    for (value, home) in zip(values, homes) {
      if let move = self.move(value, to: home, &writer) { moves.append(move) }
    }
    var order = SwiftMoveOrder(moves)
    var borrowed: [SwiftPlaces.Place] = []
    while let step = order.next() {
      switch step {
      case .assign(let index): write(moves[index], &writer)
      case .setAside(let index): setAside(&moves[index], &borrowed, &writer)
      }
    }
    for place in borrowed { arrays.giveBack(place) }
  }

  /// Returns what is to be written; nil where the value stands there already.
  private mutating func move(
    _ value: Value, to home: SwiftHome, _ writer: inout LineWriter
  ) -> SwiftMove? {
    let type = function.type(of: value)
    switch home {
    case .constant, .stack: return nil
    case .number(let name):
      let prepared = prepare([value], &writer)
      let text = expression(value, above: 0)
      forget(prepared)
      if text == name { return nil }
      return SwiftMove(target: name, type: type, source: .text(text), reads: reads(of: value))
    case .memory(let memory):
      let view = view(of: value, &writer)
      if view.stands(at: type.shape), view.numbers?.name == memory.name { return nil }
      return SwiftMove(
        target: memory.name, type: type, source: .view(view), reads: reads(of: value))
    }
  }

  private mutating func write(_ move: SwiftMove, _ writer: inout LineWriter) {
    switch move.source {
    case .text(let text): assign(move.target, text, &writer)
    case .view(let view):
      let memory = SwiftMemory(name: move.target, holdsIntegers: false)
      self.move(view, to: SwiftView(.memory(memory), move.type.shape), move.type, &writer)
    }
  }

  /// Writes a copy of what is moved, and has it be moved from there.
  private mutating func setAside(
    _ move: inout SwiftMove, _ borrowed: inout [SwiftPlaces.Place], _ writer: inout LineWriter
  ) {
    let name = names.unique(nextTemporary())
    switch move.source {
    case .text(let text):
      assign("let \(name): \(SwiftBody.type(move.type))", text, &writer)
      move.source = .text(name)
    case .view(let view):
      let place = arrays.borrow(move.type.shape.count)
      borrowed.append(place)
      writer.line("let \(name) = \(workspace(place.start))")
      let copy = SwiftView(
        .memory(SwiftMemory(name: name, holdsIntegers: false)), move.type.shape)
      self.move(view, to: copy, move.type, &writer)
      move.source = .view(copy)
    }
  }

  /// Returns the names of the variables and of the memory that the text of `value` reads.
  func reads(of value: Value) -> [String] {
    var names: [String] = []
    var rest = [value]
    while let value = rest.popLast() {
      guard function.constant(value) == nil else { continue }
      if let memory = arrays.memories[value] {
        names.append(memory.name)
      } else if let name = valueNames[value.position] {
        names.append(name)
      } else if let copy = arrays.copies[value] {
        names.append(copy.name)
      } else if let instruction = function.instruction(defining: value) {
        rest += function.operands(of: instruction)
      }
    }
    return names
  }
}

/// An assignment that happens together with others.
struct SwiftMove {
  /// The name of what is assigned to.
  let target: String
  /// The type of what is assigned.
  let type: ValueType
  /// What is assigned.
  var source: Source
  /// The names of what that reads.
  let reads: [String]

  /// What is assigned.
  enum Source {
    /// A number.
    case text(String)
    /// An array.
    case view(SwiftView)
  }

  /// Whether it reads what it assigns to, while it does.
  var readsItself: Bool {
    if case .view = source { reads.contains(target) } else { false }
  }
}

/// The order of assignments that happen all at once.
struct SwiftMoveOrder {
  /// What is done next.
  enum Step {
    /// Assignment number `index` is made.
    case assign(Int)
    /// What it assigns is set aside first.
    case setAside(Int)
  }

  private let moves: [SwiftMove]
  /// How many assignments that are not made yet read a target.
  private var readerCounts: [String: Int] = [:]
  private var targets: [String: Int] = [:]
  private var isDone: [Bool]
  private var isAside: [Bool]
  private var ready: [Int] = []
  private var nextReady = 0
  private var nextBlocked = 0

  init(_ moves: [SwiftMove]) {
    self.moves = moves
    isDone = moves.map { _ in false }
    isAside = isDone
    for (index, move) in moves.enumerated() {
      targets[move.target] = index
      for name in Set(move.reads) where name != move.target || move.readsItself {
        readerCounts[name, default: 0] += 1
      }
    }
    for index in moves.indices where isFree(index) { ready.append(index) }
  }

  private func isFree(_ index: Int) -> Bool { readerCounts[moves[index].target, default: 0] == 0 }

  /// Returns the next step; nil after the last one.
  mutating func next() -> Step? {
    while nextReady < ready.count {
      let index = ready[nextReady]
      nextReady += 1
      guard !isDone[index] else { continue }
      isDone[index] = true
      if !isAside[index] { release(index) }
      return .assign(index)
    }
    while nextBlocked < moves.count, isDone[nextBlocked] || isAside[nextBlocked] {
      nextBlocked += 1
    }
    guard nextBlocked < moves.count else { return nil }
    isAside[nextBlocked] = true
    release(nextBlocked)
    return .setAside(nextBlocked)
  }

  /// Takes note that assignment number `index` reads nothing any more.
  private mutating func release(_ index: Int) {
    let move = moves[index]
    for name in Set(move.reads).sorted() where name != move.target || move.readsItself {
      readerCounts[name, default: 0] -= 1
      if readerCounts[name] == 0, let target = targets[name], !isDone[target] {
        ready.append(target)
      }
    }
  }
}
