import BPIR
import BPLexer

/// What ends a run before its results are there.
package struct Trap: Error, Sendable {
  /// The source text of the operation.
  package let span: Span
  /// What the operation gave.
  package let value: Double
}

/// A machine that runs one program over memory of its own.
///
/// Nothing is allocated while it runs, and it can run any number of times.
package struct Machine: ~Copyable {
  /// The program.
  package let program: Program
  private let memory: UnsafeMutableBufferPointer<Double>

  /// Creates a machine for `program`, with all the memory that it needs.
  package init(_ program: Program) {
    self.program = program
    memory = .allocate(capacity: max(1, program.slotCount))
    memory.initialize(repeating: 0)
    for (slot, constant) in program.constants.enumerated() { memory[slot] = constant }
  }

  deinit { memory.deallocate() }

  /// Runs the program for `arguments`, one for each parameter.
  ///
  /// - Throws: a `Trap` where an integer is beyond ±2^53.
  package func run(_ arguments: [Double]) throws(Trap) {
    let first = program.constants.count
    for index in 0..<min(arguments.count, program.parameterCount) {
      memory[first + index] = arguments[index]
    }
    let stop = program.code.withUnsafeBufferPointer { execute($0) }
    if let stop {
      throw Trap(span: program.spans[stop], value: memory[Int(program.code[stop].a)])
    }
  }

  /// Result number `index` of the last run.
  package func result(_ index: Int) -> Double { memory[Int(program.results[index])] }

  /// The results of the last run.
  package var results: [Double] { program.results.map { memory[Int($0)] } }

  /// Runs the code and returns the instruction that ended it early.
  private func execute(_ code: UnsafeBufferPointer<Bytecode>) -> Int? {
    guard let slots = memory.baseAddress else { return nil }
    var index = 0
    while index < code.count {
      let instruction = code[index]
      index += 1
      switch instruction.kind {
      case .compute:
        slots[Int(instruction.target)] = kernel(
          instruction.op, slots[Int(instruction.a)], slots[Int(instruction.b)],
          slots[Int(instruction.c)])
      case .move: slots[Int(instruction.target)] = slots[Int(instruction.a)]
      case .jump: index = Int(instruction.target)
      case .jumpUnless:
        if slots[Int(instruction.a)] == 0 { index = Int(instruction.target) }
      case .checkInteger:
        let value = slots[Int(instruction.a)]
        guard value.magnitude <= ValueType.largestInteger else { return index - 1 }
        // Integers have one zero.
        slots[Int(instruction.a)] = value + 0
      }
    }
    return nil
  }
}
