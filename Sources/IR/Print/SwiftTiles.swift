/// What is done with the elements that a loop makes, and can be done while they are in the cache: their
/// sums, and the addition to parts of an array of zeros. The loop then runs over tiles of its elements,
/// and what only this reads takes the room of a tile.
struct SwiftTiles {
  /// How many elements a tile has, a multiple of the number of partial sums.
  static let size = 256

  /// The sums, with what each adds up.
  private(set) var sums: [(id: InstructionID, elements: Value)] = []
  /// The arrays that parts are added to.
  private(set) var wholes: [Whole] = []
  private let function: Function
  private let made: Set<Value>
  private let count: Dimension
  private let useCounts: [Int]
  /// How often the loop itself reads each of its results.
  private var innerCounts: [Value: Int] = [:]

  /// An array of zeros that parts are added to, one after another.
  struct Whole {
    /// The parts, in the order of the text.
    var parts: [Part]
    /// The array with all of them.
    var result: Value
  }

  /// A part of an array that is added to.
  struct Part {
    let id: InstructionID
    let elements: Value
    let start: Int
  }

  /// Finds in `steps` what can be done with the results of `ids`, a loop over `count` elements; nil when
  /// that is nothing, or the loop is too short for tiles.
  init?(
    _ ids: [InstructionID], _ count: Dimension, before steps: ArraySlice<ScheduledStep>,
    _ function: Function, _ useCounts: [Int]
  ) {
    if let number = count.number, number <= SwiftTiles.size { return nil }
    self.function = function
    self.useCounts = useCounts
    self.count = count
    made = Set(ids.map { function[$0].result }.filter { function.type(of: $0).isReal })
    for operand in ids.flatMap({ function.operands(of: function[$0]) }) where made.contains(operand)
    {
      innerCounts[operand, default: 0] += 1
    }
    for step in steps {
      guard case .instruction(let id) = step else { continue }
      switch function[id].op {
      case .sum: addSum(id)
      case .sliceAdd: addPart(id)
      default: break
      }
    }
    wholes = wholes.compactMap { $0.keepingOrder }
    if sums.isEmpty && wholes.isEmpty { return nil }
  }

  /// What is read as long as the tile is there, and no later.
  var passing: [Value] {
    sums.map(\.elements) + wholes.flatMap { $0.parts.map(\.elements) }
  }

  /// The instructions that are written with the loop.
  var instructions: [InstructionID] {
    sums.map(\.id) + wholes.flatMap { $0.parts.map(\.id) }
  }

  /// Whether one thing reads `value`, other than the loop itself.
  private func isReadOnce(_ value: Value) -> Bool {
    useCounts[value.position] - innerCounts[value, default: 0] == 1
      && !function.results.contains(value)
  }

  private mutating func addSum(_ id: InstructionID) {
    var elements = function.operand(0, of: function[id])
    guard function.type(of: elements).shape.rank == 1, isReadOnce(elements) else { return }
    while let instruction = function.instruction(defining: elements), instruction.op == .reshape {
      elements = function.operand(0, of: instruction)
      guard isReadOnce(elements) else { return }
    }
    if made.contains(elements) { sums.append((id, elements)) }
  }

  private mutating func addPart(_ id: InstructionID) {
    let operands = Array(function.operands(of: function[id]))
    guard case .window(let extents) = function.attribute(of: function[id]), extents.count == 1,
      extents[0] == Attribute.Extent(count), made.contains(operands[1]), isReadOnce(operands[1]),
      let start = function.dimension(of: operands[2])?.number, start >= 0
    else { return }
    let part = Part(id: id, elements: operands[1], start: start)
    let result = function[id].result
    if function.constant(operands[0]) == 0 {
      wholes.append(Whole(parts: [part], result: result))
    } else if let index = wholes.firstIndex(where: { $0.result == operands[0] }),
      isReadOnce(operands[0])
    {
      wholes[index].parts.append(part)
      wholes[index].result = result
    }
  }
}

extension SwiftTiles.Whole {
  /// The parts from the last one in the array to the first.
  ///
  /// Tiles add to an element in this order, and a later tile starts behind what all before it made of
  /// the last part.
  var fromTheLast: [SwiftTiles.Part] {
    parts.enumerated().sorted { ($1.element.start, $0.offset) < ($0.element.start, $1.offset) }
      .map(\.element)
  }

  /// Nil where tiles would add more than two numbers in another order than the text.
  fileprivate var keepingOrder: Self? {
    parts.count <= 2 || fromTheLast.map(\.elements) == parts.map(\.elements) ? self : nil
  }
}
