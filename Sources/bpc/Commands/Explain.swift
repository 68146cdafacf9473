import BPIR
import BPLexer
import BackpropCompiler

/// `bpc explain`: the chain rule step by step, with numbers.
struct Explain {
  private let arguments: ExplainArguments
  private let output: BufferedOutput

  init(_ arguments: ExplainArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
  }

  func run() throws(CommandFailure) {
    let source = try arguments.source.read()
    let run = try straightRun(source)
    let update = arguments.rate.map {
      Explanation.Update(rate: $0, maximizes: arguments.maximizes)
    }
    let explanation = try commanding { () throws(ProgramFailure) in
      try Explanation(run, update, elements: arguments.elements)
    }
    let page = explanation.page(arguments.format, title: source.name)
    try arguments.output.write(Array(page.utf8), output, sparing: arguments.source)
    arguments.program.reporter.report(
      run.findings(run.objective, blames: arguments.blames, traces: arguments.traces), in: source)
  }

  private func straightRun(_ source: Source) throws(CommandFailure) -> StraightRun {
    var compiler = arguments.program.compiler
    compiler.precision = arguments.precision
    return try compiler.straightRun(
      source, of: arguments.of, wrt: arguments.wrt, row: arguments.row, arguments.program)
  }
}
