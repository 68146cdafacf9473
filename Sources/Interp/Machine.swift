import BPIR
import BPLexer

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How many bits the numbers of a run have.
package enum Precision: String, Sendable, CaseIterable {
  case float64, float32

  /// How many bytes a number takes.
  package var byteCount: Int { self == .float64 ? 8 : 4 }
}

/// A machine that runs one program over memory of its own.
///
/// Its memory is taken once, and it can run any number of times.
package struct Machine: ~Copyable {
  /// The program.
  package let program: Program
  /// How many bits its numbers have.
  package let precision: Precision
  /// What a run may take.
  package let limits: RunLimits
  /// The values, then the tiles, then what matrix products pack; nil when there is not so much.
  let memory: UnsafeMutableRawPointer?
  private let code: UnsafeMutablePointer<Bytecode>
  private let tasks: ArrayTasks?
  private let state: UnsafeMutablePointer<RunState>
  private let stacks: UnsafeMutablePointer<StackBuffer>
  private let snapshots: UnsafeMutablePointer<SnapshotBuffer>

  /// Creates a machine for `program`, with all the memory that it needs.
  package init(
    _ program: Program, precision: Precision = .float64, limits: RunLimits = RunLimits()
  ) {
    self.program = program
    self.precision = precision
    self.limits = limits
    code = .allocate(capacity: max(1, program.code.count))
    state = .allocate(capacity: 1)
    state.initialize(to: RunState())
    stacks = .allocate(capacity: max(1, program.stackSizes.count))
    stacks.initialize(repeating: StackBuffer(), count: program.stackSizes.count)
    snapshots = .allocate(capacity: max(1, program.snapshots.count))
    snapshots.initialize(repeating: SnapshotBuffer(), count: program.snapshots.count)
    let isTooMuch = program.slotCount > limits.ownMemory / precision.byteCount
    memory = isTooMuch ? nil : Machine.allocate(program.memoryCount, precision)
    let byteCount = precision.byteCount
    tasks = memory.map { memory in
      ArrayTasks(program, memory, memory + program.firstTile * byteCount, byteCount)
    }
    for (index, instruction) in program.code.enumerated() {
      (code + index).initialize(to: tasks?.specialized(instruction) ?? instruction)
    }
    switch precision {
    case .float64: engine(Double.self)?.prepare()
    case .float32: engine(Float.self)?.prepare()
    }
  }

  deinit {
    free(memory)
    code.deallocate()
    tasks?.deallocate()
    state.deallocate()
    for number in program.stackSizes.indices { free(stacks[number].memory) }
    stacks.deallocate()
    for number in program.snapshots.indices { free(snapshots[number].memory) }
    snapshots.deallocate()
  }

  /// Returns memory for `count` numbers, or nil when the machine does not have it.
  private static func allocate(_ count: Int, _ precision: Precision) -> UnsafeMutableRawPointer? {
    let (bytes, overflow) = max(1, count).multipliedReportingOverflow(by: precision.byteCount)
    guard !overflow, count <= UInt32.max else { return nil }
    var pointer: UnsafeMutableRawPointer?
    return posix_memalign(&pointer, 64, bytes) == 0 ? pointer : nil
  }

  private func engine<Scalar: MachineScalar>(_: Scalar.Type) -> Engine<Scalar>? {
    guard let memory, let tasks else { return nil }
    let slots = memory.assumingMemoryBound(to: Scalar.self)
    return Engine(
      program: program, memory: slots, code: code, tasks: tasks, tiles: slots + program.firstTile,
      state: state, stacks: stacks, snapshots: snapshots, limits: limits)
  }

  /// Runs the program for `arguments`, one number for each parameter.
  ///
  /// - Throws: a `Trap` where the run ends early.
  package func run(_ arguments: [Double]) throws(Trap) {
    try run(arguments.map { Tensor($0) })
  }

  /// Runs the program for `arguments`, one for each parameter, with as many elements.
  ///
  /// - Throws: a `Trap` where the run ends early.
  package func run(_ arguments: [Tensor]) throws(Trap) {
    switch precision {
    case .float64: try run(engine(Double.self), arguments)
    case .float32: try run(engine(Float.self), arguments)
    }
  }

  @inline(__always)
  private func run<Scalar: MachineScalar>(
    _ engine: Engine<Scalar>?, _ arguments: [Tensor]
  ) throws(Trap) {
    guard let engine else {
      throw outOfMemory
    }
    for (variable, argument) in zip(program.parameters, arguments) {
      for index in 0..<min(variable.count, argument.count) {
        engine.memory[variable.slot + index] = Scalar(argument.values[index])
      }
    }
    try run(engine)
  }

  /// Runs the program for what its parameters hold.
  @inline(__always)
  private func run<Scalar: MachineScalar>(_ engine: Engine<Scalar>) throws(Trap) {
    // Short runs ask nowhere else.
    if limits.isInterrupted() { throw Trap(span: .none, reason: .interrupted) }
    reset()
    if let stop = engine.execute() {
      throw Trap(span: program.spans[stop.instruction], reason: stop.reason)
    }
  }

  /// Runs the program for the arguments that were loaded since the last run, one for each parameter.
  ///
  /// - Throws: a `Trap` where the run ends early.
  package func runLoaded() throws(Trap) {
    switch precision {
    case .float64:
      guard let engine = engine(Double.self) else { throw outOfMemory }
      try run(engine)
    case .float32:
      guard let engine = engine(Float.self) else { throw outOfMemory }
      try run(engine)
    }
  }

  /// Gives back all turns, and empties the stacks, whose memory is kept.
  private func reset() {
    state.pointee.turnsAtHand = 0
    state.pointee.turnsLeft = max(0, limits.maxTurns)
    state.pointee.memoryLeft = limits.ownMemory - program.slotCount * precision.byteCount
    for number in program.stackSizes.indices {
      stacks[number].reset()
      state.pointee.memoryLeft -= stacks[number].capacity * precision.byteCount
    }
    for number in program.snapshots.indices {
      snapshots[number].reset()
      state.pointee.memoryLeft -= snapshots[number].byteCount
    }
  }

  /// What the last run took.
  package var counts: RunCounts {
    let numbers = program.stackSizes.indices.reduce(0) { $0 + stacks[$1].peak }
    return RunCounts(
      turns: max(0, limits.maxTurns) - state.pointee.turnsLeft - state.pointee.turnsAtHand,
      stackBytes: numbers * precision.byteCount,
      snapshotBytes: program.snapshots.indices.reduce(0) { $0 + snapshots[$1].peak },
      turnsAgain: program.snapshots.indices.reduce(0) { $0 + snapshots[$1].turnsAgain })
  }

  /// What is wrong when the values cannot be held: the first that would pass the limit.
  private var outOfMemory: Trap {
    let places = limits.ownMemory / precision.byteCount
    let claim = program.claims.first { $0.total > places } ?? program.claims.last
    let count = claim?.total ?? program.slotCount
    return Trap(
      span: claim?.span ?? .none,
      reason: .memory(
        claim, bytes: byteCount(of: count), enough: byteCount(of: max(count, program.slotCount))))
  }

  /// How many bytes its values take.
  package var byteCount: Int { byteCount(of: program.slotCount) }

  private func byteCount(of count: Int) -> Int {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: precision.byteCount)
    return overflow ? .max : bytes
  }

  /// Element number `index` of the memory.
  private func number(_ index: Int) -> Double {
    guard let memory else { return .nan }
    return switch precision {
    case .float64: memory.assumingMemoryBound(to: Double.self)[index]
    case .float32: Double(memory.assumingMemoryBound(to: Float.self)[index])
    }
  }

  /// Result number `index` of the last run, or its first element.
  package func result(_ index: Int) -> Double { number(program.results[index].slot) }

  /// Result number `index` of the last run.
  package func tensor(_ index: Int) -> Tensor {
    let variable = program.results[index]
    let first = variable.slot
    return Tensor(
      shape: variable.shape, values: (first..<first + variable.count).map { number($0) })
  }

  /// The first elements of the results of the last run.
  package var results: [Double] { program.results.map { number($0.slot) } }
}

extension Program {
  /// Where the tiles of loops start: behind the values, at a multiple of eight.
  var firstTile: Int { (slotCount + 7) / 8 * 8 }

  /// How many numbers a machine holds for it.
  package var memoryCount: Int {
    slotCount + 8 + registerCount * ElementLoop.tile + packingCount
  }
}
