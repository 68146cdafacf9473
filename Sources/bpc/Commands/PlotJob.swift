import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

/// The runs of a program that a plot needs.
struct PlotJob {
  let compilation: Compiler.Compilation
  let module: Module
  let compiler: Compiler
  let source: Source
  let bindings: Bindings

  /// Returns the values of what `names` says, or of the results.
  func curves(_ names: [String]) throws(CommandFailure) -> [Plot.Curve] {
    let evaluation = Evaluation(module, all: !names.isEmpty)
    let wanted = names.isEmpty ? module.resultNames : names
    var places: [Int] = []
    for name in wanted {
      guard let place = evaluation.names.firstIndex(of: name) else {
        throw CommandFailure(.unknown(name, among: evaluation.names, option: "--of"))
      }
      places.append(place)
    }
    guard let rows = bindings.rows else { return [] }
    let values = try commanding { () throws(ProgramFailure) in
      try evaluation.rows(bindings, rows, compiler, source)
    }
    for place in places where values.first?[place].tensor.isScalar == false {
      throw .run(
        "'\(evaluation.names[place])' is an array, and curves are of numbers; choose some with --of"
      )
    }
    return places.enumerated().map { ink, place in
      let numbers = values.map { $0[place].tensor.values.first ?? .nan }
      return Plot.Curve(name: evaluation.names[place], values: numbers, ink: ink)
    }
  }

  /// Returns `curves`, each followed by its derivatives.
  func withDerivatives(
    _ curves: [Plot.Curve], _ ranges: PlotRanges
  ) throws(CommandFailure) -> [Plot.Curve] {
    guard ranges.variables.count == 1, let rows = bindings.rows else {
      throw .run("--with-gradient is for plots over one variable")
    }
    let variable = ranges.variables[0].name
    return try commanding { () throws(ProgramFailure) in
      var all: [Plot.Curve] = []
      for curve in curves {
        let objective = try Objective(module, of: curve.name, wrt: [variable])
        let differentiation = Differentiation(
          compilation, module, objective, compiler, order: .gradient)
        let run = try DerivativeRun(differentiation, bindings)
        var slopes: [Double] = []
        for row in 0..<rows.count {
          slopes.append(try run.derivatives(bindings.row(row)).gradient.first?.values.first ?? .nan)
        }
        let name = derivativeName(of: curve.name, by: variable)
        all += [curve, Plot.Curve(name: name, values: slopes, ink: curve.ink, isDerivative: true)]
      }
      return all
    }
  }
}
