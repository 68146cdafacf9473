import BPIR
import BPLexer
import BackpropCompiler

/// `bpc graph`: what is computed of what, as a picture.
struct Graphing {
  private let arguments: GraphArguments
  private let output: BufferedOutput

  init(_ arguments: GraphArguments, _ output: BufferedOutput) {
    self.arguments = arguments
    self.output = output
  }

  func run() throws(CommandFailure) {
    let source = try arguments.source.read()
    let run = try arguments.program.compiler.straightRun(
      source, of: arguments.of, wrt: arguments.wrt, row: arguments.row, arguments.program)
    let graph = collapsed(Graph(run, source, digits: arguments.digits), source)
    let text = picture(graph, run, source)
    try arguments.output.write(Array(text.utf8), output, sparing: arguments.source)
    arguments.program.reporter.report(
      run.findings(run.objective, blames: arguments.blames, traces: false), in: source)
  }

  /// Returns the graph with the operations of each line together, if it is to be so or too large.
  private func collapsed(_ graph: Graph, _ source: Source) -> Graph {
    switch arguments.collapse {
    case .never: return graph
    case .line: return graph.collapsed(source)
    case .auto:
      guard graph.nodes.count > arguments.maxNodes else { return graph }
      note(
        "the graph has \(graph.nodes.count) nodes: a line of the program is one node; "
          + "--collapse never draws them all")
      return graph.collapsed(source)
    }
  }

  private func picture(_ graph: Graph, _ run: StraightRun, _ source: Source) -> String {
    switch arguments.format {
    case .text: return graph.text
    case .svg: return GraphSVG(graph).file(title: source.name)
    case .dot: return graph.dot(title: source.name)
    case .html:
      let page = GraphPage(graph, run, source, digits: arguments.digits)
      if let reason = page.reason { note(reason) }
      return page.html
    case .mermaid:
      let text = graph.mermaid
      if graph.edges.count > Graph.mermaidEdges || text.utf8.count > Graph.mermaidCharacters {
        note(
          "Mermaid draws at most \(Graph.mermaidEdges) edges and \(Graph.mermaidCharacters) characters "
            + "unless its host says otherwise; this graph has \(graph.edges.count) and \(text.utf8.count)"
        )
      }
      return text
    }
  }

  private func note(_ text: String) {
    if arguments.verbosity != .quiet { writeToStandardError("note: \(text)\n") }
  }
}
