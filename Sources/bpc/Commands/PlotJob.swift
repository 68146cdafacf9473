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

  /// Returns what `evaluation` asks for, over all points.
  func curves(_ evaluation: Evaluation) throws(CommandFailure) -> [Plot.Curve] {
    for (name, value) in zip(evaluation.names, evaluation.values) {
      guard module.main.type(of: value).isScalar else {
        throw .run("'\(name)' is an array, and curves are of numbers; choose some with --of")
      }
    }
    let values = try commanding { () throws(ProgramFailure) in try numbers(evaluation) }
    return zip(evaluation.names, values).enumerated().map { ink, curve in
      Plot.Curve(name: curve.0, values: curve.1, ink: ink)
    }
  }

  /// Returns the numbers of each value that `evaluation` asks for.
  private func numbers(_ evaluation: Evaluation) throws(ProgramFailure) -> [[Double]] {
    guard let rows = bindings.rows else { return [] }
    let machine = try evaluation.machine(bindings, compiler, source)
    var numbers = evaluation.names.map { _ in [Double]() }
    for row in 0..<rows.count {
      try machine.run(bindings.row(row).values, source)
      for place in numbers.indices {
        numbers[place].append(machine.tensor(place).values.first ?? .nan)
      }
    }
    return numbers
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
