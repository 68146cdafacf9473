import BPLexer
import BackpropCompiler

/// A graph as a page of its own: a figure to read, and with JavaScript one to move.
struct GraphPage {
  private let graph: Graph
  private let run: StraightRun
  private let source: Source
  private let digits: Int
  private let script: String?
  /// Why the page does not move; nil where it does.
  let reason: String?

  /// The most operations that a page computes.
  private static let mostOperations = 20_000

  /// Writes the page of `graph`, which is that of `run`, with so many digits in its boxes.
  init(_ graph: Graph, _ run: StraightRun, _ source: Source, digits: Int) {
    self.digits = min(digits, 17)
    self.graph = graph
    self.run = run
    self.source = source
    let program = JavaScriptProgram(run)
    reason = GraphPage.obstacle(program)
    script = reason == nil ? PageData(graph, run, program).script(digits: self.digits) : nil
  }

  private static func obstacle(_ program: JavaScriptProgram) -> String? {
    if !program.unknown.isEmpty {
      let names = program.unknown.map { "'\($0)'" }.joined(separator: ", ")
      return "the page does not move, since JavaScript has no \(names)"
    }
    guard program.statements.count > mostOperations else { return nil }
    return "the page does not move, since it has \(program.statements.count) operations, more than "
      + "\(mostOperations)"
  }

  /// The page as a file.
  var html: String {
    let title = source.name.xml
    let scripts = script.map { "<script>\($0)</script>\n" } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="\(policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>The graph of \(title)</title>
      <style>\(GraphPage.style)</style>
      </head>
      <body>
      <h1>The graph of <code>\(title)</code></h1>
      <p>Each box is a value: what it is called and computed of, its number (<span class="data">data</span>), and \
      the derivative of <code>\(graph.objective.xml)</code> by it (<span class="grad">grad</span>).</p>
      \(notes)\(script == nil ? "" : GraphPage.help)<figure>
      \(GraphSVG(graph, isLive: script != nil, digits: digits).figure(title: source.name))</figure>
      \(script == nil ? "" : GraphPage.controls)<details><summary>The program</summary>
      <pre>\(String(decoding: source.bytes, as: UTF8.self).xml)</pre></details>
      \(scripts)</body>
      </html>

      """
  }

  /// What the browser may do: run this script and use this style, and nothing else.
  private var policy: String {
    func hash(_ text: String) -> String { "'sha256-\(base64(sha256(Array(text.utf8))))'" }
    return "default-src 'none'; style-src \(hash(GraphPage.style)); script-src "
      + (script.map(hash) ?? "'none'") + "; base-uri 'none'; form-action 'none'"
  }

  private var notes: String {
    let branches =
      run.branches
      ? """
      <p id="branches" hidden="">The program has conditions that choose what is computed. This page keeps to the \
      way that the numbers took that it was made for.</p>

      """ : ""
    return branches + (reason.map { "<p>For your information: \($0.xml).</p>\n" } ?? "")
  }
}

// MARK: - Fixed parts

extension GraphPage {
  private static let style = """
    :root{color-scheme:light dark}
    body{font:16px/1.45 system-ui,sans-serif;margin:1.2rem;max-width:none}
    h1{font-size:1.3rem}
    code,pre,#rule{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}
    figure{margin:1rem 0;overflow:auto;max-height:75vh}
    .data{color:#116329}.grad{color:#c01c28}
    .live{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
    .live[hidden]{display:none}
    fieldset{border:1px solid #8884;border-radius:.4rem}
    label{display:inline-flex;gap:.4rem;margin:.15rem .6rem .15rem 0}
    input{width:8rem}
    .rule{flex:1 1 26rem;min-width:0}
    #rule{white-space:pre-wrap;overflow:auto;overflow-wrap:anywhere;margin:0;height:9.5em}
    #fields{max-height:14em;overflow:auto}
    .nudge{flex:0 1 24rem;min-height:6.5em}
    #curve{width:320px;height:100px;max-width:100%}
    g.node{cursor:pointer}
    g.movable{cursor:ew-resize;touch-action:none;user-select:none}
    g.node:focus{outline:none}
    g.node:focus-visible rect{stroke-width:3}
    g.selected rect{stroke-width:3;fill:#8882}
    @media (prefers-color-scheme:dark){.data{color:#56d364}.grad{color:#ff8a80}}
    @media print{.live,.help{display:none}figure{overflow:visible}svg.graph{max-width:100%;height:auto}}
    \(GraphSVG.style)
    """

  private static let help = """
    <p class="help live" hidden=""><span><span id="drag">Drag a dashed box, or move it with the arrow keys (with \
    Shift by smaller steps), and everything moves. </span>Click a box, or press Enter, for its chain rule.</span></p>

    """

  private static let controls = """
    <div class="live" hidden="">
    <p><button id="back" type="button">Step backward</button> <button id="reset" type="button">Reset</button></p>
    <fieldset class="rule"><legend>Chain rule</legend><pre id="rule" aria-live="polite">Choose a box.</pre></fieldset>
    <fieldset><legend>Inputs</legend><div id="fields"></div></fieldset>
    <fieldset class="nudge"><legend>Nudge</legend><label>add <input id="amount" type="number" step="any" value="0.01"/></label>\
    <label>to <select id="nudged"></select></label><br/>predicted change <output id="predicted"></output>\
    <br/>actual change <output id="actual"></output></fieldset>
    <fieldset><legend>Descent</legend><label>rate <input id="rate" type="number" step="any" value="0.01"/></label>\
    <button id="descend" type="button">One step</button> <button id="play" type="button">Run</button>\
    <br/><svg id="curve" viewBox="0 0 320 100" role="img" aria-label="The curve of the loss"><path d="M77 5V92H315" \
    fill="none" stroke="currentColor" stroke-opacity="0.5"/><text id="high" x="72" y="16" \
    text-anchor="end" font-size="12" fill="currentColor"></text><text id="low" x="72" y="92" text-anchor="end" \
    font-size="12" fill="currentColor"></text><path id="line" d="" fill="none" stroke="currentColor" \
    stroke-width="1.5" stroke-linecap="round"/></svg><br/><output id="steps"></output></fieldset>
    </div>

    """
}
