import BackpropCompiler

/// What each command that runs a program is told about the program and the run.
struct ProgramArguments: Equatable, Sendable {
  /// The program.
  let source: SourceArgument
  /// The values of its free names.
  let bindings: [Binding]
  /// The files that values come from.
  let data: DataArguments
  /// What a run may take.
  let limits: LimitArguments
  /// Whether unstable spellings are replaced.
  let rewrites: Bool
  /// Whether a word is said about what is not finite.
  let blames: Bool
  /// How much is said.
  let verbosity: Verbosity
  /// When colors are used.
  let color: ColorChoice

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    source = try SourceArgument(arguments)
    bindings = arguments.bindings
    data = DataArguments(arguments)
    limits = LimitArguments(arguments)
    rewrites = !arguments.has("no-rewrite")
    blames = !arguments.has("no-blame")
    verbosity = Verbosity(arguments)
    color = arguments.word("color") ?? .auto
  }

  /// The compiler of the program.
  var compiler: Compiler {
    var compiler = Compiler()
    compiler.options.rewrites = rewrites
    compiler.limits = limits.limits
    return compiler
  }

  /// How the command tells what is wrong.
  var reporter: Reporter { Reporter(verbosity: verbosity, color: color) }
}

/// The arguments of a command that runs a program.
protocol RunsProgram {
  /// What the command is told about the program and the run.
  var program: ProgramArguments { get }
}

extension RunsProgram {
  /// The program.
  var source: SourceArgument { program.source }
  /// The values of its free names.
  var bindings: [Binding] { program.bindings }
  /// The files that values come from.
  var data: DataArguments { program.data }
  /// What a run may take.
  var limits: LimitArguments { program.limits }
  /// Whether unstable spellings are replaced.
  var rewrites: Bool { program.rewrites }
  /// Whether a word is said about what is not finite.
  var blames: Bool { program.blames }
  /// How much is said.
  var verbosity: Verbosity { program.verbosity }
  /// When colors are used.
  var color: ColorChoice { program.color }
}
