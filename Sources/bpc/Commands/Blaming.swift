import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// How commands tell where NaN, infinities and kinks come from: the program runs once more, step by step.
struct Blaming {
  let source: Source
  let compiler: Compiler
  let reporter: Reporter
  /// Whether a word is said about what is not finite.
  let blames: Bool
  /// Whether kinks are listed.
  let traces: Bool

  /// Tells why results are not finite, if some are.
  ///
  /// - Parameter row: the number of the row of data, where there are several.
  func blame(_ values: some Sequence<ShownValue>, _ bindings: Bindings, row: Int? = nil) {
    guard blames, values.contains(where: { $0.tensor.firstNotFinite != nil }) else { return }
    quietly { () throws(ProgramFailure) in
      guard let module = compiler.plain.compile(source).module else { return [] }
      let results = zip(module.resultNames, module.main.results).map { (name: $0, value: $1) }
      let straight = try StraightValues(module, results, bindings, compiler, source)
      return results.indices.compactMap {
        Blame(straight).warning(result: $0, results[$0].name + place(row))
      }
    }
  }

  /// Tells why a value or its derivatives are not finite, if they are not, and where kinks were hit.
  func blame(
    _ derivatives: Derivatives, of: String?, wrt: [String], _ bindings: Bindings, row: Int? = nil
  ) {
    let tensors = [derivatives.value] + derivatives.gradient
    let isBad = tensors.contains { $0.firstNotFinite != nil }
    guard (blames && isBad) || traces else { return }
    blame(of: of, wrt: wrt, bindings, row: row)
  }

  /// Tells why a value or its derivatives, of which some are not finite, are so, and where kinks were hit.
  func blame(of: String?, wrt: [String], _ bindings: Bindings, row: Int?) {
    quietly { () throws(ProgramFailure) in
      guard let module = compiler.plain.compile(source).module else { return [] }
      let objective = try Objective(module, of: of, wrt: wrt, isArray: true)
      let run = try StraightRun(module, objective, bindings, compiler, source)
      return run.findings(objective.name + place(row), blames: blames, traces: traces)
    }
  }

  private func place(_ row: Int?) -> String { row.map { " in row \($0 + 1)" } ?? "" }

  /// Reports what `body` finds; a run that is too long to be shown step by step is left alone.
  private func quietly(_ body: () throws(ProgramFailure) -> [Diagnostic]) {
    do throws(ProgramFailure) {
      reporter.report(try body(), in: source)
    } catch {
      return
    }
  }
}
