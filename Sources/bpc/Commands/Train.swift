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

  func run() throws(CommandFailure) {
    let source = try arguments.source.read()
    var saved: TrainingState?
    if let path = arguments.files.resumed { saved = try TrainingState(path: path) }
    let settings = try arguments.choices.settings(over: saved?.training.settings)
    let (differentiation, bindings) = try problem(source, settings)
    let objective = try commanding { () throws(ProgramFailure) in
      try ProgramObjective(
        differentiation, bindings, maximizes: settings.maximizes,
        hasBatches: settings.batchSize != nil)
    }
    guard objective.rowCount > 0 else { throw .run("the data has no rows") }
    let program = TrainedProgram(differentiation, bindings, objective.layout)
    var training = Training(settings, from: objective.layout.numbers(bindings))
    if let saved { training = try resumed(saved, program, settings) }
    report(training, objective)
    let outcome = run(training, program, objective)
    try finish(outcome, of: program.of, objective)
  }

  /// Returns what is differentiated, with respect to the names that are trained, and what all names are.
  private func problem(
    _ source: Source, _ settings: TrainingSettings
  ) throws(CommandFailure) -> (Differentiation, Bindings) {
    let compiler = compiler(settings)
    let (compilation, module) = try compiler.load(source, reporter)
    let values = try TrainedValues(arguments, module)
    let names = try values.trainedNames()
    let objective = try commanding { () throws(ProgramFailure) in
      try Objective(module, of: arguments.of, wrt: names)
    }
    let bindings = try values.bindings(source, compiler)
    try values.checkMovable(names, bindings)
    let differentiation = Differentiation(
      compilation, module, objective, compiler, order: .gradient)
    return (differentiation, bindings)
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

  /// Returns the training in `saved`, which has to be of `program`, with `settings`.
  private func resumed(
    _ saved: TrainingState, _ program: TrainedProgram, _ settings: TrainingSettings
  ) throws(CommandFailure) -> Training {
    if let difference = program.difference(from: saved.program) {
      let path = arguments.files.resumed ?? ""
      throw .run("\(path): the training cannot go on here: \(difference)")
    }
    var training = saved.training
    training.settings = settings
    return training
  }

  /// Runs the training, which Ctrl-C stops.
  private func run(
    _ training: Training, _ program: TrainedProgram, _ objective: borrowing ProgramObjective
  ) -> TrainingOutcome {
    let saver = StateSaver(
      files: arguments.files, program: program, layout: objective.layout, arguments.inputs)
    var run = TrainingRun(training, saver, isQuiet: arguments.verbosity == .quiet)
    return interruptible { run.run(objective) }
  }
}

extension TrainArguments {
  /// The files that nothing is written to.
  var inputs: [String] {
    var files = data.parameters + data.data
    if case .input(.file(let path)) = source { files.append(path) }
    return files
  }
}
