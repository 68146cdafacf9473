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

  /// Writes a remark that is about no place of a program.
  func note(_ text: String) {
    if verbosity != .quiet { writeToStandardError("note: \(text)\n") }
  }

  /// Writes the spellings that were replaced, when much is to be said.
  func report(_ rewritings: [Rewriting], in source: Source) {
    guard verbosity == .verbose else { return }
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
        throw CommandFailure(message: error.message, exitCode: error.exitCode)
      }
    }
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

  /// Returns one run of a program step by step; reports the program's mistakes, and throws where it has errors.
  ///
  /// - Parameters:
  ///   - of: the name that is differentiated, or nil for the program's result.
  ///   - wrt: the names that it is differentiated with respect to, or none for all.
  ///   - row: the number of the row of the data, from 1, or nil for the first.
  func straightRun(
    _ source: Source, of: String?, wrt: [String], row: Int?, _ arguments: ProgramArguments
  ) throws(CommandFailure) -> StraightRun {
    var compiler = plain
    compiler.options.marked = Set(wrt)
    let module = try compiler.load(source, arguments.reporter).module
    let data = try arguments.data.source(module)
    let given = Set(arguments.bindings.map(\.name) + data.names)
    let objective = try commanding { () throws(ProgramFailure) in
      try Objective(module, of: of, wrt: wrt).withoutUnbound(given, module, of: of, wrt: wrt)
    }
    let bindings = try Bindings(
      arguments.bindings, data, module, source, compiler, for: objective.needed(wrt)
    ).only(row: row, arguments.reporter)
    return try commanding { () throws(ProgramFailure) in
      try StraightRun(module, objective, bindings, compiler, source)
    }
  }
}

extension Objective {
  /// Returns the values whose leaves are bound: what is differentiated, and what `wrt` names.
  func needed(_ wrt: [String]) -> [Value] { outputs + (wrt.isEmpty ? [] : independents) }

  /// Returns the objective, differentiated only with respect to what has a value where nobody says by what:
  /// what has none has no part in it, or the run fails.
  fileprivate func withoutUnbound(
    _ given: Set<String>, _ module: Module, of: String?, wrt: [String]
  ) throws(ProgramFailure) -> Objective {
    let bound = module.leaves.filter {
      $0.isDifferentiated && ($0.hasDefault || given.contains($0.name))
    }
    guard wrt.isEmpty, !bound.isEmpty, bound.count < names.count else { return self }
    return try Objective(module, of: of, wrt: bound.map(\.name))
  }
}

extension Bindings {
  /// Returns the bindings of one row where the data has rows: of row number `row`, or of the first.
  fileprivate func only(row: Int?, _ reporter: Reporter) throws(CommandFailure) -> Bindings {
    guard let rows else {
      guard let row else { return self }
      throw .run(
        "--row \(row): no column of the data is bound to a scalar leaf, so there are no rows")
    }
    if row == nil, rows.count > 1 {
      reporter.note("this is row 1 of \(rows.count); --row chooses another")
    }
    let number = row ?? 1
    guard number <= rows.count else {
      throw .run("--row \(number): the data has \(rows.count) \(rows.count == 1 ? "row" : "rows")")
    }
    return self.row(number - 1)
  }
}
