import BPIR
import BPInterp
import BPLexer

/// One run of a program as straight code, with the number of every value.
package struct StraightValues {
  /// What runs.
  package let path: RunPath
  /// What its values are called.
  package let names: StepNames
  private let numbers: [Value: Tensor]

  /// Runs what stands on `path`, in which loops may be left.
  ///
  /// - Parameter resultNames: the names of its results.
  package init(_ path: RunPath, _ resultNames: [String]) throws(ProgramFailure) {
    self.path = path
    names = StepNames(
      path.function, zip(path.function.results, resultNames).map { (value: $0, name: $1) },
      for: .sentence)
    var stepwise = path.function
    stepwise.results = stepwise.parameters + stepwise.allResults
    let machine = path.compiler.machine(stepwise)
    try machine.run(path.bindings.values, path.source)
    numbers = Dictionary(
      stepwise.results.enumerated().map { ($1, machine.tensor($0)) }, uniquingKeysWith: { $1 })
  }

  /// Takes the values of a run that was differentiated.
  init(_ run: StraightRun) {
    path = run.path
    names = run.names
    numbers = Dictionary(
      (run.function.parameters + run.function.allResults).map { ($0, run[$0]) },
      uniquingKeysWith: { $1 })
  }

  /// The straight code.
  package var function: Function { path.function }

  /// Returns what a value is.
  package subscript(value: Value) -> Tensor {
    numbers[value] ?? function.tensor(constant: value)
  }
}

extension Function {
  /// What the instructions of the body compute, but for stacks.
  var allResults: [Value] {
    self[.body].instructions.flatMap { self[$0].results }.filter { !type(of: $0).isStack }
  }

  /// Returns a constant as an array of its shape.
  func tensor(constant value: Value) -> Tensor {
    let shape = type(of: value).shape.numbers ?? []
    return Tensor(
      shape: shape,
      values: Array(repeating: constant(value) ?? .nan, count: shape.reduce(1, *)))
  }
}
