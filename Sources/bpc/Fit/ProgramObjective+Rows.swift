import BPIR
import BPInterp
import BackpropCompiler

// Questions about single rows, for messages.

extension ProgramObjective {
  /// Returns what the leaves are bound to in a row when the parameters are `parameters`.
  func bindings(_ parameters: [Double], row: Int) -> Bindings {
    let bindings = self.bindings.row(row)
    var values = bindings.values
    let tensors = layout.tensors(parameters)
    for (part, named) in zip(layout.parts, tensors) { values[part.leaf] = named.tensor }
    return Bindings(values: values, sizes: bindings.sizes, rows: nil)
  }

  /// Returns the first name that is bound to something in `row` that is not finite, and whether that is an element
  /// of an array; nil where everything is.
  func inputThatIsNotFinite(
    _ parameters: [Double], row: Int
  ) -> (name: String, number: Double, isElement: Bool)? {
    let values = bindings(parameters, row: row).values
    for (leaf, value) in zip(leaves, values) {
      guard let number = value.values.first(where: { !$0.isFinite }) else { continue }
      return (leaf.name, number, !value.isScalar)
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
