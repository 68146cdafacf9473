import BPIR

/// The array steps of a program with their tables, in memory that a machine owns.
struct ArrayTasks {
  let tasks: UnsafeMutablePointer<ArrayTask>
  let loops: UnsafeMutablePointer<LoopTask>
  let products: UnsafeMutablePointer<MatrixProductStep>
  let numbers: UnsafeMutablePointer<Int>
  let starts: UnsafeMutablePointer<ArrayStep.Layout.Start>
  let fillings: UnsafeMutablePointer<TileFilling>
  let operations: UnsafeMutablePointer<TileOperation>
  /// The frames of stacks.
  let frames: UnsafeMutablePointer<Int>

  /// Writes the tables for `program`, whose values stand from `memory` on, and its tiles from `tiles`
  /// on; their numbers have `byteCount` bytes.
  init(
    _ program: Program, _ memory: UnsafeMutableRawPointer, _ tiles: UnsafeMutableRawPointer,
    _ byteCount: Int
  ) {
    var writer = ArrayTaskWriter(memory: memory, tiles: tiles, byteCount: byteCount)
    tasks = ArrayTasks.copy(program.arraySteps.map { writer.task($0) })
    loops = ArrayTasks.copy(writer.loops)
    products = ArrayTasks.copy(writer.products)
    numbers = ArrayTasks.copy(writer.numbers)
    starts = ArrayTasks.copy(writer.starts)
    fillings = ArrayTasks.copy(writer.fillings)
    operations = ArrayTasks.copy(writer.operations)
    frames = ArrayTasks.copy(program.frames)
  }

  private static func copy<Element>(
    _ elements: [Element]
  ) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() { (memory + index).initialize(to: element) }
    return memory
  }

  /// Returns an instruction as a machine runs it: what is often done has a kind of its own.
  func specialized(_ instruction: Bytecode) -> Bytecode {
    guard instruction.kind == .array else { return instruction.specialized }
    var instruction = instruction
    switch tasks[Int(instruction.target)] {
    case .loop(let number):
      (instruction.kind, instruction.target) = (.loop, UInt32(number))
    case .smallProduct(let number):
      (instruction.kind, instruction.target) = (.smallProduct, UInt32(number))
    default: break
    }
    return instruction
  }

  /// Gives back the memory.
  func deallocate() {
    tasks.deallocate()
    loops.deallocate()
    products.deallocate()
    numbers.deallocate()
    starts.deallocate()
    fillings.deallocate()
    operations.deallocate()
    frames.deallocate()
  }
}

/// A writer of tasks.
private struct ArrayTaskWriter {
  let memory: UnsafeMutableRawPointer
  let tiles: UnsafeMutableRawPointer
  let byteCount: Int
  var loops: [LoopTask] = []
  var products: [MatrixProductStep] = []
  var numbers: [Int] = []
  var starts: [ArrayStep.Layout.Start] = []
  var fillings: [TileFilling] = []
  var operations: [TileOperation] = []

  init(memory: UnsafeMutableRawPointer, tiles: UnsafeMutableRawPointer, byteCount: Int) {
    self.memory = memory
    self.tiles = tiles
    self.byteCount = byteCount
  }

  mutating func task(_ step: ArrayStep) -> ArrayTask {
    switch step {
    case .loop(let loop): .loop(add(loop))
    case .copy(let target, let source, let count):
      .copy(target: target, source: source, count: count)
    case .fill(let target, let source, let count):
      .fill(target: target, source: source, count: count)
    case .pack(let target, let layout): .pack(target: target, source: task(layout))
    case .unpack(let layout, let source, let adds):
      .unpack(target: task(layout), source: source, adds: adds)
    case .reduce(let op, let target, let source, let axis):
      .reduce(op, target: target, source: source, axis: axis)
    case .scan(let target, let source, let axis, let isReversed):
      .scan(target: target, source: source, axis: axis, isReversed: isReversed)
    case .productOthers(let target, let sources, let axis):
      .productOthers(target: target, sources: add(sources), count: sources.count, axis: axis)
    case .index(let kind, let target, let source, let indices, let count, let axis):
      .index(kind, target: target, source: source, indices: indices, count: count, axis: axis)
    case .product(let step): add(step)
    case .checkIntegers(let start, let count): .checkIntegers(start: start, count: count)
    }
  }

  /// Adds numbers to the table and returns where they start.
  private mutating func add(_ list: [Int]) -> Int {
    numbers += list
    return numbers.count - list.count
  }

  private mutating func task(_ layout: ArrayStep.Layout) -> LayoutTask {
    let first = starts.count
    starts += layout.starts
    return LayoutTask(
      offset: layout.offset, rank: layout.counts.count, counts: add(layout.counts + layout.strides),
      starts: first..<starts.count, isEmpty: layout.counts.contains(0))
  }

  private mutating func add(_ step: MatrixProductStep) -> ArrayTask {
    products.append(step)
    let number = products.count - 1
    return step.product.isSmall ? .smallProduct(number) : .product(number)
  }

  /// Adds a loop to the table and returns its number.
  private mutating func add(_ loop: ElementLoop) -> Int {
    let (filling, operation) = (fillings.count, operations.count)
    let operands = loop.places.map { operand($0) } as [TileOperation.Operand]
    for code in loop.code {
      operations.append(
        TileOperation(
          op: code.op, padding: loop.count > 1 && code.op.isComputedInEights ? 7 : 0,
          target: operands[code.target], a: operands[code.a], b: operands[code.b],
          c: operands[code.c]))
    }
    loops.append(
      LoopTask(
        count: loop.count, counts: add(loop.counts), rank: loop.counts.count,
        fillings: filling..<fillings.count, operations: operation..<operations.count))
    return loops.count - 1
  }

  /// Returns where an operand stands, and has its tile filled where it is no memory.
  private mutating func operand(_ place: ElementLoop.Place) -> TileOperation.Operand {
    switch place {
    case .memory(let slot):
      return TileOperation.Operand(first: memory + slot * byteCount, stride: byteCount)
    case .register(let register): return tile(register)
    case .number(let slot, let register):
      fillings.append(TileFilling(offset: slot, register: register, strides: nil))
      return tile(register)
    case .strided(let offset, let strides, let register):
      fillings.append(TileFilling(offset: offset, register: register, strides: add(strides)))
      return tile(register)
    }
  }

  private func tile(_ register: Int) -> TileOperation.Operand {
    TileOperation.Operand(first: tiles + register * ElementLoop.tile * byteCount, stride: 0)
  }
}

extension MatrixProduct {
  /// Whether it is done in less time than it takes to choose how.
  var isSmall: Bool {
    let (plane, overflow) = rows.multipliedReportingOverflow(by: columns)
    return !overflow && plane <= 64 && depth <= 64 && plane * depth <= 128
  }
}
