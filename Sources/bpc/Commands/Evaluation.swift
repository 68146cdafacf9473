import BPIR
import BPInterp
import BPLexer

/// The values of a program that are asked for: its results, then perhaps all that have a name.
struct Evaluation {
  private let module: Module
  private let names: [String]
  private let values: [Value]

  init(_ module: Module, all: Bool) {
    self.module = module
    var names = module.resultNames
    var values = module.main.results
    if all {
      for (name, value) in module.namedValues {
        names.append(name)
        values.append(value)
      }
    }
    self.names = names
    self.values = values
  }

  /// Returns the values for leaves that are bound.
  func values(
    _ bindings: Bindings, _ compiler: Compiler, _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) -> [ShownValue] {
    let machine = try machine(bindings, compiler, source, reporter)
    try machine.run(bindings, source, reporter)
    return shown(machine)
  }

  /// Returns the values row by row.
  func rows(
    _ bindings: Bindings, _ rows: Bindings.Rows, _ compiler: Compiler, _ source: Source,
    _ reporter: Reporter
  ) throws(CommandFailure) -> [[ShownValue]] {
    let machine = try machine(bindings, compiler, source, reporter)
    var values: [[ShownValue]] = []
    for row in 0..<rows.count {
      try machine.run(bindings.row(row), source, reporter)
      values.append(shown(machine))
    }
    return values
  }

  private func machine(
    _ bindings: Bindings, _ compiler: Compiler, _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) -> Machine {
    let function = compiler.specialized(
      compiler.optimized(module, results: values), to: bindings.sizes)
    if let problem = function.impossibleShape {
      reporter.report([problem], in: source)
      throw .reported
    }
    return compiler.machine(function)
  }

  private func shown(_ machine: borrowing Machine) -> [ShownValue] {
    names.indices.map { index in
      ShownValue(
        name: names[index], tensor: machine.tensor(index),
        element: module.main.type(of: values[index]).element, precision: machine.precision)
    }
  }
}

extension Module {
  /// The names of the program with their last values, leaves first, in the order of the text.
  var namedValues: [(name: String, value: Value)] {
    var order: [String] = []
    var last: [String: Value] = [:]
    for (leaf, parameter) in zip(leaves, main.parameters) {
      order.append(leaf.name)
      last[leaf.name] = parameter
    }
    for named in main.names {
      if last.updateValue(named.value, forKey: named.name) == nil { order.append(named.name) }
    }
    return order.compactMap { name in last[name].map { (name, $0) } }
  }
}

extension Machine {
  /// Runs the program; reports where it ends early.
  func run(
    _ bindings: Bindings, _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) {
    try run(bindings.values, source, reporter)
  }

  /// Runs the program for `arguments`; reports where it ends early.
  func run(
    _ arguments: [Tensor], _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) {
    do throws(Trap) {
      try run(arguments)
    } catch {
      reporter.report([Diagnostic(error, limits, precision, in: source)], in: source)
      throw .reported
    }
  }
}

extension Function {
  /// What is wrong with the first array that cannot exist for the sizes of the data; nil when all can.
  var impossibleShape: Diagnostic? {
    for instruction in instructions {
      if let diagnostic = lengthThatOnlyRunsTell(instruction) { return diagnostic }
      if let diagnostic = mismatchedReshape(instruction) { return diagnostic }
      for result in instruction.results {
        let shape = type(of: result).shape
        for dimension in shape.dimensions + [shape.count] {
          guard let size = dimension.number, size < 0 || size > Shape.largestCount else { continue }
          return Diagnostic(
            .wrongShape,
            size < 0
              ? "for this data the shape would be \(shape)"
              : "for this data the shape is \(shape), which is too large", at: instruction.span)
        }
      }
    }
    return nil
  }

  private func lengthThatOnlyRunsTell(_ instruction: Instruction) -> Diagnostic? {
    guard instruction.results.contains(where: { type(of: $0).isTurnSized }) else { return nil }
    return Diagnostic(
      .wrongIndex,
      "this size differs from turn to turn, and only the run tells how many turns there are",
      at: instruction.span, help: "let literals, sizes or bound inputs say how many turns there are"
    )
  }

  private func mismatchedReshape(_ instruction: Instruction) -> Diagnostic? {
    guard instruction.op == .reshape else { return nil }
    let source = type(of: operand(0, of: instruction)).shape
    let target = type(of: instruction.result).shape
    guard source.count != target.count else { return nil }
    return Diagnostic(
      .shapeMismatch,
      "for this data shape \(source) has \(source.count) elements, and \(target) has "
        + "\(target.count)", at: instruction.span)
  }

  /// Whether a reshape fits only for some sizes of the data.
  var hasOpenReshape: Bool {
    instructions.contains { instruction in
      guard instruction.op == .reshape else { return false }
      let source = type(of: operand(0, of: instruction)).shape
      return source.count != type(of: instruction.result).shape.count
    }
  }
}
