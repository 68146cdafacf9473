import BPInterp
import BPLexer
import BackpropCompiler

extension Evaluation {
  /// Returns the values for leaves that are bound.
  func values(
    _ bindings: Bindings, _ compiler: Compiler, _ source: Source
  ) throws(ProgramFailure) -> [ShownValue] {
    let machine = try machine(bindings, compiler, source)
    try machine.run(bindings.values, source)
    return shown(machine)
  }

  /// Returns the values row by row.
  func rows(
    _ bindings: Bindings, _ rows: Bindings.Rows, _ compiler: Compiler, _ source: Source
  ) throws(ProgramFailure) -> [[ShownValue]] {
    let machine = try machine(bindings, compiler, source)
    var values: [[ShownValue]] = []
    for row in 0..<rows.count {
      try machine.run(bindings.row(row).values, source)
      values.append(shown(machine))
    }
    return values
  }

  private func shown(_ machine: borrowing Machine) -> [ShownValue] {
    let elements = elements
    return names.indices.map { index in
      ShownValue(
        name: names[index], tensor: machine.tensor(index), element: elements[index],
        precision: machine.precision)
    }
  }
}
