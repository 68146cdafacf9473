import BPAD
import BPIR
import BPInterp
import BPLexer
import BackpropCompiler

extension Graph {
  /// Creates the graph of a run of the program that is the text of `source`.
  ///
  /// - Parameter digits: how many digits boxes have room for.
  init(_ run: StraightRun, _ source: Source, digits: Int) {
    var survey = GraphSurvey(run: run, source: source, digits: digits)
    survey.addLeaves()
    for id in run.function[.body].instructions { survey.add(run.function[id]) }
    survey.addPartials()
    survey.markResult()
    self = survey.graph
  }
}

/// A walk over the straight code that draws up its graph.
private struct GraphSurvey {
  let run: StraightRun
  let source: Source
  let digits: Int
  var graph = Graph()
  /// The nodes of values.
  private var places: [Value: Int] = [:]
  /// The edges by their ends.
  private var edges: [Ends: Int] = [:]
  /// The adjoints of values.
  private let adjoints: [Value: Value]
  private let forms: [Value: Value]

  private struct Ends: Hashable {
    let from: Int
    let to: Int
  }

  init(run: StraightRun, source: Source, digits: Int) {
    self.run = run
    self.source = source
    self.digits = digits
    adjoints = run.adjoints
    forms = run.forms
    graph.objective = run.objective
  }

  /// Adds what is given and used.
  mutating func addLeaves() {
    let function = run.function
    let used = Set(function.results + function.instructions.flatMap { function.operands(of: $0) })
    for leaf in function.parameters where used.contains(leaf) {
      add(node(leaf, kind: .leaf, named: run.names[leaf]))
    }
  }

  /// Adds what `instruction` computes, unless it is only another form of its operand.
  mutating func add(_ instruction: Instruction) {
    let operands = run.function.operands(of: instruction)
    let sources = operands.compactMap { places[$0] }
    if run.isSilent(instruction) || instruction.op == .mark, let place = sources.first {
      places[instruction.result] = place
      rename(place, instruction)
      return
    }
    let isGiven = sources.isEmpty
    // Indices that follow from nothing are as good as literals.
    if isGiven, !run.function.type(of: instruction.result).isReal { return }
    var node = node(
      instruction.result, kind: isGiven ? .leaf : .operation, named: run.names[instruction.result])
    if !isGiven {
      let expression = run.names.expression(of: instruction).description
      node.expression = expression == node.name ? "" : expression
      node.line = source.line(at: instruction.span.start)
    }
    add(node)
    for from in sources { connect(from, to: graph.nodes.count - 1) }
  }

  /// Calls a node by the name that a mark of its value has.
  private mutating func rename(_ place: Int, _ mark: Instruction) {
    guard mark.op == .mark else { return }
    graph.nodes[place].marks.append(mark.result)
    guard case .name(let name) = run.names[mark.result] else { return }
    if graph.nodes[place].expression.isEmpty, graph.nodes[place].kind != .leaf {
      graph.nodes[place].expression = graph.nodes[place].name
    }
    if graph.nodes[place].kind != .leaf { graph.nodes[place].name = name }
  }

  private mutating func add(_ node: Graph.Node) {
    places[node.source] = graph.nodes.count
    graph.nodes.append(node)
  }

  private func node(_ value: Value, kind: Graph.Kind, named name: Expression) -> Graph.Node {
    let form = forms[value] ?? value
    let gradient = adjoints[value].map { adjoint in
      quantity(run.shown(run.number(adjoint).shaped(as: run[form])))
    }
    return Graph.Node(
      name: name.description, value: quantity(run.shown(form)), gradient: gradient, kind: kind,
      source: value)
  }

  private func quantity(_ shown: Expression) -> Graph.Quantity {
    Graph.Quantity(text: shown.description, rounded: shown.rounded(to: digits).description)
  }

  private mutating func connect(_ from: Int, to: Int) {
    let ends = Ends(from: from, to: to)
    guard edges[ends] == nil else { return }
    edges[ends] = graph.edges.count
    graph.edges.append(Graph.Edge(from: from, to: to))
  }

  /// Adds the local partial derivatives to the edges.
  mutating func addPartials() {
    for (crossing, equations) in zip(run.chain.crossings, run.crossingEquations) {
      guard let from = places[crossing.operand], let to = places[crossing.instruction.result],
        let edge = edges[Ends(from: from, to: to)], equations.count > 1
      else { continue }
      graph.edges[edge].partials.append(equations[0].description)
    }
  }

  /// Says which node it is that is differentiated.
  mutating func markResult() {
    guard let result = run.function.results.first, let place = places[result] else { return }
    graph.nodes[place].kind = .result
    // Where nothing leads back from it, its derivative by itself is still 1.
    if graph.nodes[place].gradient == nil { graph.nodes[place].gradient = quantity(.number(1)) }
  }
}

extension StraightRun {
  /// The adjoints of the values of the straight code, in the code with the derivatives.
  var adjoints: [Value: Value] {
    var adjoints: [Value: Value] = [:]
    for crossing in chain.crossings {
      adjoints[crossing.instruction.result] = crossing.adjoint
      adjoints[crossing.operand] = crossing.sum
    }
    return adjoints
  }
}

extension Tensor {
  /// Returns the elements in the shape of `other`, where that has as many.
  fileprivate func shaped(as other: Tensor) -> Tensor {
    count == other.count ? Tensor(shape: other.shape, values: values) : self
  }
}
