import BPLexer

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Runs the tool with `arguments`, which do not include its own name, and returns its exit code.
func runCommandLine(_ arguments: [String]) -> Int32 {
  let output = BufferedOutput()
  let width = terminalWidth(of: STDOUT_FILENO)
  var code = ExitCode.success
  switch parseArguments(arguments, isTerminal: isTerminal(STDIN_FILENO), width: width) {
  case .print(let text): output.write(text)
  case .run(let invocation): code = run(invocation, output)
  case .usageError(let text):
    writeToStandardError(text)
    code = .usage
  }
  do throws(OutputFailure) {
    try output.finish()
  } catch {
    if let message = error.message { writeToStandardError("Error: \(message)\n") }
    code = error.exitCode
  }
  return code.rawValue
}

/// Runs a command and returns its exit code.
///
/// - Parameter take: Is given the parameters that a training results in.
func run(
  _ invocation: Invocation, _ output: BufferedOutput,
  taking take: ([NamedTensor]) -> Void = { _ in }
) -> ExitCode {
  do throws(CommandFailure) {
    switch invocation {
    case .eval(let arguments): try Eval(arguments, output).run()
    case .grad(let arguments): try Grad(arguments, output).run()
    case .explain(let arguments): try Explain(arguments, output).run()
    case .graph(let arguments): try Graphing(arguments, output).run()
    case .plot(let arguments): try Plotting(arguments, output).run()
    case .train(let arguments): try Train(arguments, output).run(take)
    case .check(let arguments): try Check(arguments).run()
    case .repl(let arguments): Repl(arguments, output).run()
    case .help(let topic):
      guard topic.exists else { throw .unknownTopic(topic) }
      output.write(topic.text)
    }
    return .success
  } catch {
    if let (diagnostics, source) = error.diagnostics {
      invocation.reporter.report(diagnostics, in: source)
    }
    if !error.message.isEmpty { writeToStandardError("Error: \(error.message)\n") }
    return error.exitCode
  }
}

/// The reason why a command did not do what it was asked to.
struct CommandFailure: Error {
  /// What to tell the user, unless it was told already.
  let message: String
  /// The code to exit with.
  let exitCode: ExitCode
  /// What happened to the run of a program, and the program.
  var diagnostics: (diagnostics: [Diagnostic], source: Source)?

  /// The program has mistakes, which were reported.
  static let reported = CommandFailure(message: "", exitCode: .failure)

  /// Returns the failure for a code that no message has.
  static func unknownTopic(_ topic: HelpTopic) -> CommandFailure {
    guard case .code(let text) = topic else { return .reported }
    let last = DiagnosticCode.allCases.last.map(\.description) ?? ""
    return CommandFailure(
      message: "no message has the code \(text); the codes run from BP0001 to \(last)",
      exitCode: .usage)
  }

  /// Returns the failure of a run, with a sentence that says why.
  static func run(_ message: String) -> CommandFailure {
    CommandFailure(message: message, exitCode: .failure)
  }
}
