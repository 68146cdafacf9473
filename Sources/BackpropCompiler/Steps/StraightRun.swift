import BPAD
import BPIR
import BPInterp
import BPLexer

/// One run of a program as straight code, differentiated step by step, with the numbers of all steps.
package struct StraightRun {
  /// What runs.
  package let path: RunPath
  /// Its derivative, as it was differentiated.
  package let chain: ChainRule
  /// What the values of the code are called.
  package let names: StepNames
  /// The name of what is differentiated.
  package let objective: String
  /// The names that it is differentiated with respect to.
  package let independentNames: [String]
  /// Whether conditions chose what ran of the program.
  package private(set) var branches = false
  /// What was asked for: the name that is differentiated, and those that it is differentiated by.
  var request: (of: String?, wrt: [String]) = (nil, [])
  /// The spellings of the program that were replaced by stable ones.
  package internal(set) var rewritings: [Rewriting] = []
  private var numbers: [Value: Tensor] = [:]

  /// Runs the program once for `bindings`.
  ///
  /// - Parameters:
  ///   - module: a program that `compiler.plain` made.
  ///   - objective: what is differentiated, in the same program.
  package init(
    _ module: Module, _ objective: Objective, _ bindings: Bindings, _ compiler: Compiler,
    _ source: Source
  ) throws(ProgramFailure) {
    var path = try RunPath(module, objective, bindings, compiler, source)
    try path.straighten()
    try self.init(path, objective)
    branches = module.functions.contains(where: \.choosesItsWay)
  }

  /// Runs what stands on `path`, in which loops may be left.
  ///
  /// - Parameter use: where the names of its values stand.
  package init(
    _ path: RunPath, _ objective: Objective, namesFor use: StepNames.Use = .list
  ) throws(ProgramFailure) {
    self.path = path
    chain = chainRule(
      of: path.function, withRespectTo: Array(path.function.results.suffix(objective.names.count)))
    let marks = zip(path.function.results, objective.outputNames + objective.names)
    names = StepNames(
      path.function, marks.map { (value: $0, name: $1) }, for: use)
    self.objective = objective.name
    independentNames = objective.names
    try run()
  }

  private mutating func run() throws(ProgramFailure) {
    var stepwise = chain.gradient.function
    let steps = stepwise.allResults
    var seen: Set<Value> = []
    stepwise.results = (stepwise.results + stepwise.parameters + steps)
      .filter { seen.insert($0).inserted }
    let machine = path.compiler.machine(stepwise)
    try machine.run(path.bindings.values, path.source)
    for (index, value) in stepwise.results.enumerated() { numbers[value] = machine.tensor(index) }
  }

  /// The straight code.
  package var function: Function { path.function }

  /// The run without its derivatives.
  package var values: StraightValues { StraightValues(self) }

  /// What the objective is.
  package var value: Tensor { self[function.results[0]] }

  /// The derivatives by the independents.
  package var gradient: [Tensor] {
    chain.gradient.function.results[1...].map(number)
  }

  /// Returns what a value of the straight code is.
  package subscript(value: Value) -> Tensor {
    chain.primals[value.position].map(number) ?? function.tensor(constant: value)
  }

  /// Returns what a value of the code with the derivatives is.
  package func number(_ value: Value) -> Tensor {
    numbers[value] ?? chain.gradient.function.tensor(constant: value)
  }
}

extension RunPath {
  /// Starts with what an objective and what it is differentiated by need.
  package init(
    _ module: Module, _ objective: Objective, _ bindings: Bindings, _ compiler: Compiler,
    _ source: Source
  ) throws(ProgramFailure) {
    try self.init(
      module, results: objective.outputs + objective.independents, bindings, compiler, source)
  }
}

extension Function {
  /// Whether conditions choose what runs of it: arms, or when a loop ends.
  fileprivate var choosesItsWay: Bool {
    instructions.contains { $0.op == .conditional || ($0.op == .loop && !isCounted($0)) }
  }
}
