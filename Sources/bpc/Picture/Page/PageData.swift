import BPAD
import BPIR
import BackpropCompiler

/// What the script of a page works on: the program, the nodes, and the ways of adjoints to them.
struct PageData {
  private let graph: Graph
  private let run: StraightRun
  private var program: JavaScriptProgram
  private let adjoints: [Value: Value]
  /// The ways to each value.
  private var paths: [Value: [String]] = [:]

  init(_ graph: Graph, _ run: StraightRun, _ program: JavaScriptProgram) {
    self.graph = graph
    self.run = run
    self.program = program
    adjoints = run.adjoints
    addPaths()
  }

  /// Returns the script with all that it works on, which writes numbers with so many digits in boxes.
  func script(digits: Int) -> String {
    var data = self
    let nodes = data.nodes
    let inputs = data.inputs
    let objective = data.place(run.function.results[0])
    let text = """
      const program = {
      inputs: [\(inputs)],
      objective: \(objective), branches: \(run.branches),
      start(v) {
      \(data.program.start.joined(separator: "\n"))
      },
      run(v) {
      \(data.program.statements.joined(separator: "\n"))
      }};
      const nodes = [
      \(nodes)];
      const objective = \(graph.objective.scriptString), digits = \(digits), room = \(GraphSVG.longestNumber);
      """
    let body = text + "\n" + PageScript.text
    return "\"use strict\";\n" + JavaScript.prelude(for: text) + "\n" + body + "\n"
  }

  /// Returns the place of what stands for a value of the straight code.
  private mutating func place(_ value: Value) -> String {
    run.chain.primals[value.position].map { "\(program.place($0))" } ?? "null"
  }

  private var inputs: String {
    mutating get {
      let gradients = zip(run.function.results, run.chain.gradient.function.results).dropFirst()
      var slopes: [Value: Value] = [:]
      for (value, slope) in gradients {
        if let primal = run.chain.primals[value.position] { slopes[primal] = slope }
      }
      return program.inputs.map { input in
        let slope = slopes[input.value].map { "\(program.place($0))" } ?? "null"
        return
          "{name: \(input.name.scriptString), at: \(program.begin(with: input.value)), shape: \(input.shape), "
          + "gradient: \(slope)}"
      }.joined(separator: ",\n")
    }
  }

  private var nodes: String {
    mutating get {
      let forms = run.forms
      let operations = graph.nodes.indices.filter { graph.nodes[$0].kind != .leaf }
      let leaves = graph.nodes.indices.filter { graph.nodes[$0].kind == .leaf }
      var turns: [Int: Int] = [:]
      for node in operations.reversed() + leaves where graph.nodes[node].gradient != nil {
        turns[node] = turns.count
      }
      return graph.nodes.enumerated().map { index, node in
        let name = run.derivative(by: run.names[node.source]).description
        let ways = ([node.source] + node.marks).flatMap { paths[$0] ?? [] }
        let shape = run[forms[node.source] ?? node.source].shape
        return
          "{name: \(node.name.scriptString), title: \(node.title.scriptString), value: \(place(node.source)), "
          + "gradient: \(gradient(node)), derivative: \(name.scriptString), shape: \(shape), turn: \(turns[index] ?? -1), "
          + "paths: [\(ways.joined(separator: ", "))]}"
      }.joined(separator: ",\n")
    }
  }

  /// Returns the place of a node's derivative.
  private mutating func gradient(_ node: Graph.Node) -> String {
    if let adjoint = adjoints[node.source] { return "\(program.place(adjoint))" }
    return node.gradient == nil ? "null" : "\(program.one())"
  }

  // MARK: - Paths

  private mutating func addPaths() {
    var taken: Set<[Int]> = []
    var sums: [Value: Value] = [:]
    for (crossing, equations) in zip(run.chain.crossings, run.crossingEquations) {
      let operands = Array(run.function.operands(of: crossing.instruction))
      let before = sums.updateValue(crossing.sum, forKey: crossing.operand)
      let result = crossing.instruction.firstResult.position
      let position = operands.indices.first {
        operands[$0] == crossing.operand && taken.insert([result, $0]).inserted
      }
      guard let last = equations.last, crossing.instruction.op != .mark else { continue }
      let partial = equations.count > 1 ? partial(crossing, equations[0], position ?? 0) : nil
      let through = last.parts.prefix(2).map(\.description).joined(separator: " = ")
      paths[crossing.operand, default: []].append(
        "{through: \(through.scriptString), adjoint: \(program.place(crossing.adjoint)), "
          + "before: \(before.map { "\(program.place($0))" } ?? "null"), "
          + "sum: \(program.place(crossing.sum))\(partial ?? "")}"
      )
    }
  }

  /// Returns the local partial derivative, as the row of the operation has it.
  private mutating func partial(
    _ crossing: Crossing, _ equation: Explanation.Equation, _ position: Int
  ) -> String? {
    let instruction = crossing.instruction
    let operands = run.function.operands(of: instruction).map(text)
    let result = text(instruction.result)
    guard let partial = LocalPartial(instruction.op, operand: position, of: operands.count),
      let formula = JavaScript.expression(partial.formula, operands, result: result)
    else { return nil }
    let name = equation.parts.first?.description ?? ""
    let rule = equation.parts.dropFirst().first?.description ?? ""
    return ", name: \(name.scriptString), rule: \(rule.scriptString), partial: v => \(formula)"
  }

  private func text(_ value: Value) -> String {
    if let number = run.function.constant(value) { return JavaScript.literal(number) }
    return run.chain.primals[value.position].map(program.text) ?? "NaN"
  }
}

extension String {
  /// The text as a string of a script in a page.
  fileprivate var scriptString: String {
    json.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "<": text += "\\u003c"
      case "\u{2028}": text += "\\u2028"
      case "\u{2029}": text += "\\u2029"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
