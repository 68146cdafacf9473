import BPLexer
import BackpropCompiler

/// `bpc check`: the mistakes of programs, without running them.
struct Check {
  private let arguments: CheckArguments

  init(_ arguments: CheckArguments) { self.arguments = arguments }

  func run() throws(CommandFailure) {
    let reporter = Reporter(verbosity: arguments.verbosity, color: arguments.color)
    var hasErrors = false
    for file in arguments.files {
      let source = try SourceArgument.input(file).read()
      let compilation = Compiler().compile(source)
      reporter.report(compilation.diagnostics, in: source)
      hasErrors = hasErrors || compilation.diagnostics.haveErrors
    }
    if hasErrors { throw .reported }
  }
}
