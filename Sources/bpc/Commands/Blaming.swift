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
  /// - Parameter place: what tells the run from others, as the end of a name.
  func blame(_ values: some Sequence<ShownValue>, _ bindings: Bindings, _ place: String = "") {
    guard blames, values.contains(where: { $0.tensor.firstNotFinite != nil }) else { return }
    quietly { () throws(ProgramFailure) in
      guard let module = compiler.plain.compile(source).module else { return [] }
      var path = try RunPath(
        module, results: module.main.results, bindings, compiler, source)
      let blame = try path.blame(module.resultNames)
      return module.resultNames.enumerated().compactMap {
        blame.warning(result: $0, $1 + place)
      }
    }
  }

  /// Tells why a value or its derivatives are not finite, if they are not, and where kinks were hit.
  func blame(
    _ derivatives: Derivatives, of: String?, wrt: [String], _ bindings: Bindings,
    _ place: String = ""
  ) {
    let tensors = [derivatives.value] + derivatives.gradient
    let isBad = tensors.contains { $0.firstNotFinite != nil }
    if (blames && isBad) || traces { return blame(of: of, wrt: wrt, bindings, place) }
    let hessian = derivatives.hessian ?? []
    let badRow = hessian.firstIndex { $0.contains { $0.firstNotFinite != nil } }
    guard blames, let badRow else { return }
    blame(of: of, wrt: wrt, bindings, place, derivative: badRow)
  }

  /// Tells why a value or its derivatives, of which some are not finite, are so, and where kinks were hit.
  ///
  /// - Parameter derivative: the number of the derivative that is the value, where it is one.
  func blame(
    of: String?, wrt: [String], _ bindings: Bindings, _ place: String, derivative: Int? = nil
  ) {
    quietly { () throws(ProgramFailure) in
      guard let module = compiler.plain.compile(source).module else { return [] }
      var objective = try Objective(module, of: of, wrt: wrt, isArray: true)
      var path = try RunPath(module, objective, bindings, compiler, source)
      if let derivative { path.differentiate(&objective, by: derivative) }
      let run = try path.run(objective, blames: blames)
      if traces, run.function.contains(.loop) {
        reporter.note("kinks were not looked for in loops of so many turns")
      }
      return run.findings(objective.name + place, blames: blames, traces: traces)
    }
  }

  /// Returns what tells the run of a row of data from the others.
  static func place(row: Int) -> String { " in row \(row + 1)" }

  /// Reports what `body` finds, or why it finds nothing.
  private func quietly(_ body: () throws(ProgramFailure) -> [Diagnostic]) {
    do throws(ProgramFailure) {
      reporter.report(try body(), in: source)
    } catch {
      guard !error.message.isEmpty else { return }
      reporter.note("where numbers cease to be finite was not searched: \(error.message)")
    }
  }
}
