import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// The objective that a program computes, with the machines that do it.
struct ProgramObjective: ~Copyable, TrainingObjective {
  /// The places of the parameters among all parameters, one after another.
  let layout: ParameterLayout
  /// What all leaves are bound to; those that are trained, at the start.
  let bindings: Bindings
  /// The program.
  let source: Source
  /// The leaves.
  let leaves: [Leaf]
  /// Those that change from row to row, and those that keep their values.
  private let columns: [Column]
  private let fixed: [Column]
  private let maximizes: Bool
  private let gradient: Machine
  /// The value alone, for batches: one step sees some rows, and the loss all.
  private let value: Machine?

  /// The numbers of a leaf: its elements, or one for each row.
  struct Column {
    /// The number of the leaf.
    let leaf: Int
    /// The numbers.
    let numbers: [Double]
  }

  /// Prepares to evaluate what `problem` differentiates, for the values of its bindings.
  init(_ problem: TrainingProblem, _ settings: TrainingSettings) throws(ProgramFailure) {
    let differentiation = try problem.differentiation.specialized(to: problem.bindings)
    layout = problem.layout
    bindings = problem.bindings
    maximizes = settings.maximizes
    source = differentiation.compilation.source
    leaves = differentiation.module.leaves
    (columns, fixed) = problem.columns
    var compiler = differentiation.compiler
    gradient = compiler.machine(differentiation.gradient.function)
    compiler.limits.heldBeside = compiler.limits.heldBeside.adding(gradient.byteCount)
    value = settings.batchSize == nil ? nil : compiler.machine(differentiation.value)
  }

  var rowCount: Int { bindings.rows?.count ?? 1 }

  func evaluate(
    _ parameters: [Double], _ rows: some Collection<Int>, _ evaluation: inout ObjectiveEvaluation
  ) throws(ProgramFailure) {
    reset(&evaluation)
    var sum = [0.0]
    for row in rows {
      try run(gradient, parameters, row)
      gradient.add(result: 0, to: &sum, at: 0)
      for (index, part) in layout.parts.enumerated() {
        gradient.add(result: 1 + index, to: &evaluation.gradient, at: part.start)
      }
    }
    evaluation.loss = sum[0]
    divide(&evaluation, by: rows.count)
  }

  private func reset(_ evaluation: inout ObjectiveEvaluation) {
    if evaluation.gradient.count == layout.count {
      for index in evaluation.gradient.indices { evaluation.gradient[index] = 0 }
    } else {
      evaluation.gradient = Array(repeating: 0, count: layout.count)
    }
  }

  private func divide(_ evaluation: inout ObjectiveEvaluation, by rowCount: Int) {
    let divisor = (maximizes ? -1 : 1) * Double(rowCount)
    if divisor == 1 { return }
    evaluation.loss /= divisor
    for index in 0..<layout.count { evaluation.gradient[index] /= divisor }
  }

  func loss(_ parameters: [Double]) throws(ProgramFailure) -> Double {
    switch value {
    case .some(let machine): return try loss(parameters, machine)
    case .none: return try loss(parameters, gradient)
    }
  }

  private func loss(
    _ parameters: [Double], _ machine: borrowing Machine
  ) throws(ProgramFailure) -> Double {
    var sum = [0.0]
    for row in 0..<rowCount {
      try run(machine, parameters, row)
      machine.add(result: 0, to: &sum, at: 0)
    }
    return sum[0] / ((maximizes ? -1 : 1) * Double(rowCount))
  }

  private func run(
    _ machine: borrowing Machine, _ parameters: [Double], _ row: Int
  ) throws(ProgramFailure) {
    for leaf in fixed { machine.load(leaf.numbers, from: 0, asArgument: leaf.leaf) }
    for part in layout.parts { machine.load(parameters, from: part.start, asArgument: part.leaf) }
    for column in columns { machine.load(column.numbers, from: row, asArgument: column.leaf) }
    try machine.runLoaded(source)
  }
}
