import BPIR

/// An array step as the engine runs it: without references, so that nothing is counted on the way.
///
/// What has no fixed size stands in the tables of an `ArrayTasks`; a task says where it starts.
enum ArrayTask {
  case loop(LoopTask)
  case copy(target: Int, source: Int, count: Int)
  case fill(target: Int, source: Int, count: Int)
  case pack(target: Int, source: LayoutTask)
  case unpack(target: LayoutTask, source: Int, adds: Bool)
  case reduce(Op, target: Int, source: Int, axis: AxisShape)
  case scan(target: Int, source: Int, axis: AxisShape, isReversed: Bool)
  case productOthers(target: Int, sources: Int, count: Int, axis: AxisShape)
  case index(
    ArrayStep.IndexKind, target: Int, source: Int, indices: Int, count: Int, axis: AxisShape)
  case product(MatrixProductStep)
  case smallProduct(MatrixProductStep)
  case checkIntegers(start: Int, count: Int)
}

/// Operations on elements.
struct LoopTask {
  /// How many elements there are.
  let count: Int
  /// The sizes of the axes, in the table of numbers.
  let counts: Int
  let rank: Int
  /// What is filled before the operations, in the table of fillings.
  let fillings: Range<Int>
  /// The operations, in their table.
  let operations: Range<Int>
}

/// Elements at regular distances.
struct LayoutTask {
  let offset: Int
  let rank: Int
  /// The sizes, and behind them the distances, in the table of numbers.
  let counts: Int
  /// The starts that slots hold, in their table.
  let starts: Range<Int>
  let isEmpty: Bool
}

/// A tile that is filled from memory.
struct TileFilling {
  let offset: Int
  let register: Int
  /// The distances along the axes, in the table of numbers; nil for a tile of one number.
  let strides: Int?
}

/// An operation on elements with the addresses of what it reads and writes.
struct TileOperation {
  let op: Op
  let target: Operand
  let a: Operand
  let b: Operand
  let c: Operand

  /// Where an operand stands while the first tile is worked on, and how many bytes an element moves
  /// it on: none for what stands in a tile.
  struct Operand {
    let first: UnsafeMutableRawPointer
    let stride: Int

    /// Where it stands while elements from number `start` on are worked on.
    @inline(__always)
    func place<Scalar>(_ start: Int, _: Scalar.Type) -> UnsafeMutablePointer<Scalar> {
      (first + start &* stride).assumingMemoryBound(to: Scalar.self)
    }
  }
}
