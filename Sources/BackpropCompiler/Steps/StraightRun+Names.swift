import BPIR
import BPInterp
import BPLexer

extension Compiler {
  /// Returns one run of a program step by step, in which what stands under a name has all that is made of it.
  ///
  /// A spelling that is replaced by a stable one may pass a name by: with `e = exp(x)`, `e - 1` is `expm1(x)`.
  /// Where the name is left without uses it is not shown; where others are left, its derivative would miss a
  /// part, and the spelling stays.
  ///
  /// - Parameters:
  ///   - of: the name that is differentiated, or nil for the program's result.
  ///   - wrt: the names that it is differentiated with respect to, or none for all.
  ///   - bindings: what the leaves of the program are.
  package func steps(
    _ source: Source, of: String?, wrt: [String], _ bindings: Bindings
  ) throws(ProgramFailure) -> StraightRun {
    var compiler = plain
    compiler.options.marked = Set(wrt)
    while true {
      let compilation = compiler.compile(source)
      guard let module = compilation.module else {
        throw .diagnostics(compilation.diagnostics, in: source)
      }
      let objective = try Objective(module, of: of, wrt: wrt)
      var run = try StraightRun(module, objective, bindings, compiler, source)
      run.request = (of, wrt)
      let shown = Set(run.function.names.map(\.name))
      if compilation.rewritings.isEmpty || shown.isSubset(of: compiler.options.kept) {
        run.rewritings = compilation.rewritings
        return run
      }
      compiler.options.kept.formUnion(shown)
    }
  }
}
