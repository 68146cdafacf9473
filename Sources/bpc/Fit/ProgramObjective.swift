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
  private let maximizes: Bool
  private let gradient: Machine
  /// The value alone, for batches: one step sees some rows, and the loss all.
  private let value: Machine?
  /// The leaves that keep their values, and those that change from row to row.
  private let fixed: [Column]
  private let columns: [Column]

  private struct Column {
    let leaf: Int
    let name: String
    let numbers: [Double]
  }

  /// Prepares to evaluate what `general` differentiates with respect to leaves, for `bindings`.
  ///
  /// - Parameter hasBatches: Whether the value is wanted without the gradient, too.
  init(
    _ general: Differentiation, _ bindings: Bindings, maximizes: Bool, hasBatches: Bool
  ) throws(ProgramFailure) {
    let differentiation = try general.specialized(to: bindings)
    let leaves = differentiation.module.leaves
    layout = ParameterLayout(differentiation.objective.names, leaves, bindings)
    self.bindings = bindings
    self.maximizes = maximizes
    source = differentiation.compilation.source
    gradient = differentiation.compiler.machine(differentiation.gradient.function)
    value = hasBatches ? differentiation.compiler.machine(differentiation.value) : nil
    columns = (bindings.rows?.columns ?? []).map {
      Column(leaf: $0.leaf, name: leaves[$0.leaf].name, numbers: $0.values)
    }
    let changing = Set(layout.parts.map(\.leaf) + columns.map(\.leaf))
    fixed = leaves.indices.filter { !changing.contains($0) }
      .map { Column(leaf: $0, name: leaves[$0].name, numbers: bindings.values[$0].values) }
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
    scale(&evaluation, rows.count)
  }

  private func reset(_ evaluation: inout ObjectiveEvaluation) {
    if evaluation.gradient.count == layout.count {
      for index in 0..<layout.count { evaluation.gradient[index] = 0 }
    } else {
      evaluation.gradient = Array(repeating: 0, count: layout.count)
    }
  }

  private func scale(_ evaluation: inout ObjectiveEvaluation, _ rowCount: Int) {
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

  /// Returns what the leaves are bound to in a row when the parameters are `parameters`.
  func bindings(_ parameters: [Double], row: Int) -> Bindings {
    let bindings = self.bindings.row(row)
    var values = bindings.values
    let tensors = layout.tensors(parameters)
    for (part, named) in zip(layout.parts, tensors) { values[part.leaf] = named.tensor }
    return Bindings(values: values, sizes: bindings.sizes, rows: nil)
  }

  /// Returns the first name whose value in `row` is not finite, with the value; nil where all are.
  func valueThatIsNotFinite(row: Int) -> (name: String, number: Double)? {
    for column in columns where !column.numbers[row].isFinite {
      return (column.name, column.numbers[row])
    }
    return nil
  }

  /// Returns the first row for which the program, or a derivative, is not finite; nil where that is none.
  func rowThatIsNotFinite(_ parameters: [Double]) throws(ProgramFailure) -> Int? {
    guard bindings.rows != nil else { return nil }
    var evaluation = ObjectiveEvaluation()
    for row in 0..<rowCount {
      try evaluate(parameters, CollectionOfOne(row), &evaluation)
      if !evaluation.isFinite { return row }
    }
    return nil
  }
}
