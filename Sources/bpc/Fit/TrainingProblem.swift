import BPIR
import BPInterp
import BackpropCompiler

/// What is to be minimised, by which numbers, and what all others are.
struct TrainingProblem {
  /// What is differentiated.
  let differentiation: Differentiation
  /// What all leaves are bound to; those that are trained, at the start.
  let bindings: Bindings
  /// The places of the parameters among all parameters, one after another.
  let layout: ParameterLayout

  /// The leaves that change from row to row, and those that keep their values.
  var columns: (changing: [ProgramObjective.Column], fixed: [ProgramObjective.Column]) {
    let changing = (bindings.rows?.columns ?? []).map {
      ProgramObjective.Column(leaf: $0.leaf, numbers: $0.values)
    }
    let others = Set(layout.parts.map(\.leaf) + changing.map(\.leaf))
    let fixed = bindings.values.indices.filter { !others.contains($0) }.map {
      ProgramObjective.Column(leaf: $0, numbers: bindings.values[$0].values)
    }
    return (changing, fixed)
  }
}
