import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// `bpc train`: parameters where the result is small.
struct Train {
  let arguments: TrainArguments
  let output: BufferedOutput
  let reporter: Reporter

  init(_ arguments: TrainArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
    reporter = arguments.program.reporter
  }

  /// Runs the command.
  ///
  /// - Parameter take: Is given the parameters that the training results in, also where it then fails.
  func run(_ take: ([NamedTensor]) -> Void = { _ in }) throws(CommandFailure) {
    let source = try arguments.source.read()
    try checkDestinations()
    var saved: TrainingState?
    if let path = arguments.files.resumed { saved = try TrainingState(path: path) }
    let settings = try arguments.choices.settings(over: saved?.training.settings)
    let problem = try problem(source, settings, from: saved)
    let objective = try commanding { () throws(ProgramFailure) in
      try ProgramObjective(problem, settings)
    }
    guard objective.rowCount > 0 else { throw .run("the data has no rows") }
    try checkBatches(problem)
    let program = TrainedProgram(problem)
    let training = try training(settings, program, problem, from: saved)
    report(training, objective)
    try interruptible(handlesTermination: true) { () throws(CommandFailure) in
      let outcome = run(training, program, objective)
      if let result = outcome.result { take(problem.layout.tensors(result.parameters)) }
      try finish(outcome, of: program.of, objective)
    }
  }

  /// Checks that there are rows where a step is to see so many of them.
  private func checkBatches(_ problem: TrainingProblem) throws(CommandFailure) {
    guard arguments.choices.counts["batch-size"] != nil, problem.bindings.rows == nil else {
      return
    }
    throw .run("--batch-size: no column of the data is bound to a number, so there are no rows")
  }

  /// Checks that results can be written, before hours of work and not after.
  private func checkDestinations() throws(CommandFailure) {
    for destination in arguments.destinations {
      try destination.check(sparing: arguments.inputs)
    }
  }

  /// Returns what is differentiated, with respect to the names that are trained, and what all names are.
  private func problem(
    _ source: Source, _ settings: TrainingSettings, from saved: TrainingState?
  ) throws(CommandFailure) -> TrainingProblem {
    var compiler = compiler(settings)
    let (compilation, module) = try compiler.load(source, reporter)
    let values = try TrainedValues(arguments, module, from: saved)
    let names = try values.trainedNames()
    let objective = try commanding { () throws(ProgramFailure) in
      try Objective(module, of: arguments.of, wrt: names)
    }
    let bindings = try values.bindings(source, compiler, moving: names)
    let layout = ParameterLayout(objective.names, module.leaves, bindings)
    guard layout.count > 0 else {
      throw .run("there is nothing to train: the parameters are empty")
    }
    try reserve(TrainingMemory(settings, parameterCount: layout.count), in: &compiler)
    let differentiation = Differentiation(
      compilation, module, objective, compiler, order: .gradient)
    return TrainingProblem(differentiation: differentiation, bindings: bindings, layout: layout)
  }

  /// Takes what the training holds off what the program may hold.
  private func reserve(
    _ memory: TrainingMemory, in compiler: inout Compiler
  ) throws(CommandFailure) {
    try memory.check(compiler.limits)
    compiler.limits.heldBeside = memory.byteCount
    compiler.bound = compiler.bound.map { max(0, $0 - memory.byteCount) }
  }

  /// The compiler of the program that is trained.
  func compiler(_ settings: TrainingSettings) -> Compiler {
    var compiler = arguments.program.compiler
    compiler.options.marked = Set(arguments.wrt)
    compiler.precision = settings.precision
    compiler.limits.isInterrupted = { isInterrupted }
    compiler.bound = arguments.limits.memory
    return compiler
  }

  /// Returns the training of `program` at its beginning, or as `saved` has it.
  private func training(
    _ settings: TrainingSettings, _ program: TrainedProgram, _ problem: TrainingProblem,
    from saved: TrainingState?
  ) throws(CommandFailure) -> Training {
    guard var training = saved?.training, let saved else {
      return Training(settings, from: problem.layout.numbers(problem.bindings))
    }
    if let difference = program.difference(from: saved.program) {
      let path = arguments.files.resumed ?? ""
      throw .run("\(path): the training cannot go on here: \(difference)")
    }
    training.settings = settings
    return training
  }

  /// Runs the training.
  private func run(
    _ training: Training, _ program: TrainedProgram, _ objective: borrowing ProgramObjective
  ) -> TrainingOutcome {
    let saver = StateSaver(files: arguments.files, program: program, arguments.inputs)
    var run = TrainingRun(training, saver, isQuiet: arguments.verbosity == .quiet)
    return run.run(objective)
  }
}

extension TrainArguments {
  /// Where something is written to in the end.
  var destinations: [OutputDestination] {
    let paths = [files.state, files.parameters, files.curve].compactMap { $0 }
    return [output] + paths.map(OutputDestination.init(argument:))
  }

  /// The files that nothing is written to.
  var inputs: [String] {
    var files = data.parameters + data.data
    if case .input(.file(let path)) = source { files.append(path) }
    return files
  }
}
