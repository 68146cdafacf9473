import BPIR
import BPLexer
import BackpropCompiler

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How a command tells what is wrong with a program.
struct Reporter {
  let verbosity: Verbosity
  let color: ColorChoice

  /// Writes diagnostics about `source` to standard error.
  func report(_ diagnostics: [Diagnostic], in source: Source) {
    let shown = verbosity == .quiet ? diagnostics.filter { $0.severity == .error } : diagnostics
    guard !shown.isEmpty else { return }
    let isColored = color.usesColor(on: STDERR_FILENO)
    writeToStandardError(
      DiagnosticRendering(source: source, isColored: isColored).render(shown))
  }

  /// Writes a note, unless nothing but errors is to be said.
  func note(_ text: String) {
    if verbosity != .quiet { writeToStandardError("note: \(text)\n") }
  }

  /// Writes the spellings that were replaced, when much is to be said.
  func report(_ rewritings: [Rewriting], in source: Source) {
    if verbosity == .verbose { tell(rewritings, in: source) }
  }

  /// Writes the spellings that were replaced.
  func tell(_ rewritings: [Rewriting], in source: Source) {
    for rewriting in Set(rewritings).sorted(by: { $0.span.start < $1.span.start }) {
      let place = source.location(at: rewriting.span.start)
      writeToStandardError("\(place): note: reads \(rewriting.description)\n")
    }
  }
}

extension Invocation {
  /// How the command tells what is wrong.
  var reporter: Reporter {
    switch self {
    case .eval(let arguments): arguments.program.reporter
    case .grad(let arguments): arguments.program.reporter
    case .explain(let arguments): arguments.program.reporter
    case .plot(let arguments): arguments.program.reporter
    case .graph(let arguments): arguments.program.reporter
    case .train(let arguments): arguments.program.reporter
    case .check, .repl, .help: Reporter(verbosity: .normal, color: .auto)
    }
  }
}

extension SourceArgument {
  /// Returns the program's text.
  func read() throws(CommandFailure) -> Source {
    switch self {
    case .expression(let text): return Source(name: "<expression>", text: text)
    case .input(let file):
      do throws(InputFailure) {
        return Source(name: file.displayName, bytes: try file.bytes())
      } catch {
        throw CommandFailure(message: error.message + hint(error), exitCode: error.exitCode)
      }
    }
  }
}

extension SourceArgument {
  /// Says what to do where the file is missing and its name rather is an expression.
  private func hint(_ failure: InputFailure) -> String {
    guard case .missing(let name) = failure else { return "" }
    let isWord = !name.contains { $0 == "." || $0 == "/" }
    guard name.looksLikeExpression || isWord else { return "" }
    return "; an expression follows -e"
  }
}

extension InputFile {
  /// Returns the bytes of the file.
  func bytes() throws(InputFailure) -> [UInt8] {
    if self == .standardInput, isTerminal(STDIN_FILENO) {
      writeToStandardError("reading the program from the terminal; Ctrl-D ends it\n")
    }
    return try readAll(self)
  }
}

extension Compiler {
  /// Returns a compiled program; reports its mistakes, and throws where it has errors.
  func load(
    _ source: Source, _ reporter: Reporter
  ) throws(CommandFailure) -> (compilation: Compilation, module: Module) {
    let compilation = compile(source)
    reporter.report(compilation.diagnostics, in: source)
    reporter.report(compilation.rewritings, in: source)
    guard let module = compilation.module else { throw .reported }
    return (compilation, module)
  }
}
