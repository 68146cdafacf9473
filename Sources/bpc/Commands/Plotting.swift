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
    let ranges = try PlotRanges(arguments.bindings, module, pointCount, compiler)
    let bindings = try Bindings(
      ranges.bindings, try arguments.data.source(module), module, source, compiler)
    guard bindings.rows == nil else {
      throw .run("the columns of the data have a value a row, and a plot needs one; use name=value")
    }
    let job = PlotJob(
      compilation: compilation, module: module, compiler: compiler, source: source,
      bindings: ranges.rows(bindings))
    var curves = try job.curves(arguments.of)
    guard ranges.variables.count == 1 || curves.count == 1 else {
      throw .run("the levels of one value are drawn over two variables; choose it with --of")
    }
    if arguments.hasGradient { curves = try job.withDerivatives(curves, ranges) }
    for curve in curves where !curve.values.contains(where: \.isFinite) {
      arguments.program.reporter.note("'\(curve.name)' has no finite value here")
    }
    let plot = Plot(ranges.variables, curves, range: try shown(compiler))
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

  /// How many points an axis has, by the number of axes.
  private func pointCount(_ axes: Int) -> Int { arguments.pointCount ?? (axes > 1 ? 128 : 400) }

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
