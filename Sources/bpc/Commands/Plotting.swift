import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// `bpc plot`: curves of values over a variable, or the levels of one over two.
struct Plotting {
  private let arguments: PlotArguments
  private let output: BufferedOutput

  init(_ arguments: PlotArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
  }

  func run() throws(CommandFailure) {
    let source = try arguments.source.read()
    let compiler = arguments.program.compiler
    let (compilation, module) = try compiler.load(source, arguments.program.reporter)
    let evaluation = try commanding { () throws(ProgramFailure) in
      try Evaluation(module, of: arguments.of)
    }
    let ranges = try PlotRanges(arguments.bindings, module, points(evaluation), compiler)
    let bindings = try Bindings(
      ranges.bindings, try arguments.data.source(module), module, source, compiler,
      for: evaluation.values)
    guard bindings.rows == nil else {
      throw .run("the columns of the data have a value a row, and a plot needs one; use name=value")
    }
    let job = PlotJob(
      compilation: compilation, module: module, compiler: compiler, source: source,
      bindings: ranges.rows(bindings))
    var curves = try job.curves(evaluation)
    guard ranges.variables.count == 1 || curves.count == 1 else {
      throw .run("the levels of one value are drawn over two variables; choose it with --of")
    }
    if arguments.hasGradient { curves = try job.withDerivatives(curves, ranges) }
    let plot = Plot(ranges.variables, curves, range: try shown(compiler))
    note(plot)
    try arguments.output.write(Array(text(plot).utf8), output, sparing: arguments.source)
    if arguments.program.blames { blame(curves, ranges, job) }
  }

  /// Tells why the first point of a curve is not finite, if one is not.
  private func blame(_ curves: [Plot.Curve], _ ranges: PlotRanges, _ job: PlotJob) {
    var objective: String?
    for curve in curves {
      if !curve.isDerivative { objective = curve.name }
      guard let row = curve.values.firstIndex(where: { !$0.isFinite }) else { continue }
      let bindings = job.bindings.row(row)
      let blaming = Blaming(
        source: job.source, compiler: job.compiler, reporter: arguments.program.reporter,
        blames: true, traces: false)
      return blaming.blame(
        of: objective, wrt: ranges.variables.map(\.name), bindings, ranges.place(ofRow: row))
    }
  }

  /// In how many points the program is run for what `evaluation` asks for.
  private func points(_ evaluation: Evaluation) -> PlotPoints {
    let curveCount = evaluation.names.count * (arguments.hasGradient ? 2 : 1)
    return PlotPoints(wanted: arguments.pointCount, curveCount: curveCount)
  }

  /// Says of which curves nothing is seen.
  private func note(_ plot: Plot) {
    for curve in plot.curves {
      let numbers = curve.values.filter(\.isFinite)
      guard let low = numbers.min(), let high = numbers.max() else {
        arguments.program.reporter.note("'\(curve.name)' has no finite value here")
        continue
      }
      guard high < plot.shown.lowerBound || low > plot.shown.upperBound else { continue }
      let range = [low, high].map { Scalar(number: $0, type: .real).text }
      arguments.program.reporter.note(
        "'\(curve.name)' is outside of --range \(arguments.range ?? ""): its values are from "
          + "\(range[0]) to \(range[1])")
    }
  }

  private func shown(_ compiler: Compiler) throws(CommandFailure) -> ClosedRange<Double>? {
    guard let text = arguments.range else { return nil }
    guard let range = try PlotRanges.range(text, compiler), range.low < range.high else {
      throw .run("--range \(text): this is no range such as -2..2")
    }
    return range.low...range.high
  }

  private func text(_ plot: Plot) -> String {
    switch arguments.format {
    case .svg: return PlotSVG(plot).text
    case .text:
      let isColored =
        arguments.output == .standardOutput && arguments.color.usesColor(on: STDOUT_FILENO)
      return TerminalPlot(plot, width: terminalWidth(of: STDOUT_FILENO), isColored: isColored).text
    }
  }
}
