import BPIR
import BPInterp
import BPLexer

/// One run of a program as straight code, with the number of every value.
package struct StraightValues {
  /// The straight code.
  package let function: Function
  /// What its values are called.
  package let names: StepNames
  private let numbers: [Value: Tensor]

  /// Runs a program that `compiler.plain` made for `bindings`, as far as `results` need it.
  package init(
    _ module: Module, _ results: [(name: String, value: Value)], _ bindings: Bindings,
    _ compiler: Compiler, _ source: Source
  ) throws(ProgramFailure) {
    let compiler = compiler.plain
    function = try compiler.straightPath(module, results: results.map(\.value), bindings, source)
    names = StepNames(
      function, zip(function.results, results).map { (value: $0, name: $1.name) })
    var stepwise = function
    stepwise.results = function.parameters + function.allResults
    let machine = compiler.machine(stepwise)
    try machine.run(bindings.values, source)
    numbers = Dictionary(
      stepwise.results.enumerated().map { ($1, machine.tensor($0)) }, uniquingKeysWith: { $1 })
  }

  /// Takes the values of a run that was differentiated.
  init(_ run: StraightRun) {
    function = run.function
    names = run.names
    numbers = Dictionary(
      (run.function.parameters + run.function.allResults).map { ($0, run[$0]) },
      uniquingKeysWith: { $1 })
  }

  /// Returns what a value is.
  package subscript(value: Value) -> Tensor {
    numbers[value] ?? function.tensor(constant: value)
  }
}

extension Function {
  /// What the instructions of the body compute.
  var allResults: [Value] { self[.body].instructions.map { self[$0].result } }

  /// Returns a constant as an array of its shape.
  func tensor(constant value: Value) -> Tensor {
    let shape = type(of: value).shape.numbers ?? []
    return Tensor(
      shape: shape,
      values: Array(repeating: constant(value) ?? .nan, count: shape.reduce(1, *)))
  }
}
