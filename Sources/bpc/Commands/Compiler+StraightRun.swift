import BPIR
import BPLexer
import BackpropCompiler

extension Compiler {
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
    let objective = try commanding { () throws(ProgramFailure) in
      try Objective(module, of: of, wrt: wrt)
    }
    let data = try arguments.data.source(module)
    let bindings = try Bindings(
      arguments.bindings, data, module, source, compiler, for: objective.needed(wrt)
    ).only(row: row, arguments.reporter)
    let given = Set(arguments.bindings.map(\.name) + data.names)
    let run = try commanding { () throws(ProgramFailure) in
      try compiler.steps(
        source, of: of, wrt: wrt.isEmpty ? module.bound(given, among: objective) : wrt, bindings)
    }
    if arguments.verbosity == .normal { arguments.reporter.tell(run.rewritings, in: source) }
    return run
  }
}

extension Objective {
  /// Returns the values whose leaves are bound: what is differentiated, and what `wrt` names.
  func needed(_ wrt: [String]) -> [Value] { outputs + (wrt.isEmpty ? [] : independents) }
}

extension Module {
  /// Returns what is differentiated with respect to where some leaves have no value, which need none: the
  /// others; nothing where all have one.
  fileprivate func bound(_ given: Set<String>, among objective: Objective) -> [String] {
    let bound = leaves.filter { $0.isDifferentiated && ($0.hasDefault || given.contains($0.name)) }
    return bound.count < objective.names.count ? bound.map(\.name) : []
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
