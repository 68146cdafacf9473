import BPAD
import BPIR
import BPInterp
import BPLexer
import BPParser
import BackpropCompiler

/// Returns the quotient of two counts, as text where sizes are not known.
private func ratio(_ a: Dimension, _ b: Dimension) -> String {
  guard let a = a.number, let b = b.number else { return "(\(a)) / (\(b))" }
  return "\(b == 0 ? 1 : (Double(a) / Double(b) * 100).rounded() / 100)"
}

extension Differentiation {
  /// Returns the text of a stage of the compilation.
  ///
  /// - Parameter arguments: What the leaves are bound to, where they are.
  func text(of stage: Stage, _ style: SwiftStyle, _ arguments: [Tensor]?) -> String {
    switch stage {
    case .tokens: tokenText(compilation.source)
    case .syntax: compilation.tree.description
    case .ir: module.text
    case .optimized: value.text()
    case .gradient: gradient.function.withoutDeadCode().text()
    case .bytecode: compiler.program(gradient.function).description
    case .swift: swift(style).text
    case .cost: cost(arguments)
    }
  }

  /// What the value takes, what it takes with its derivatives, and what is kept between.
  private func cost(_ arguments: [Tensor]?) -> String {
    let gradient = gradient
    let alone = value.finished().operationCount
    let both = gradient.function.finished().operationCount
    let ratio = ratio(both, alone)
    return """
      operations of the value: \(alone)
      operations of the value and its derivatives: \(both)
      ratio: \(ratio)
      values stored for the reverse sweep: \(gradient.storedCount)
      \(gradient.loops.map(text).joined())\(bounds(gradient, arguments))\(isScalar ? "" : memory(gradient))
      """
  }

  /// What the turns of a loop keep, on one line.
  private func text(_ loop: LoopResiduals) -> String {
    let place = compilation.source.location(at: loop.span.start)
    let turns = loop.turns.map { "\($0) turns" } ?? "as many turns as it takes"
    return "numbers that a turn keeps at \(place): \(loop.wordsPerTurn), in \(turns)\n"
  }

  /// What is kept of loops to stay within `--memory`.
  private func bounds(_ gradient: Gradient, _ arguments: [Tensor]?) -> String {
    guard compiler.bound != nil, gradient.function.hasKnownSizes else { return "" }
    let bounded = compiler.bounded(gradient.function)
    return zip(bounded.loops, bounded.turns(arguments)).map(text).joined()
  }

  /// What is kept of a loop that takes `turns` turns.
  private func text(_ loop: Checkpoints, _ turns: Int?) -> String {
    let place = compilation.source.location(at: loop.span.start)
    let kept = min(loop.snapshots, turns.map { max(0, $0 - 1) } ?? .max)
    let text = """
      snapshots at \(place): \(kept)
      bytes of a snapshot: \(loop.bytesPerSnapshot)
      bytes of all, and of the start of the last turn: \((kept + 1) * loop.bytesPerSnapshot)

      """
    guard let turns else {
      return text + "turns taken again: only the run tells, since it counts the turns\n"
    }
    let (count, repeats) = turnsForward(turns: turns, snapshots: loop.snapshots)
    let (product, overflow) = turns.multipliedReportingOverflow(by: repeats)
    guard !overflow else { return text + "turns taken again: more than can be counted\n" }
    return text + """
      turns taken forward, all but the last: \(repeats)*\(turns) - \(product - count) = \(count)
      turns taken again: \(max(0, count - turns + 1))

      """
  }

  /// What a run holds in memory, and what the gradient cannot do without: the inputs, the parameters,
  /// and what the reverse sweep reads of the forward sweep.
  private func memory(_ gradient: Gradient) -> String {
    let function = gradient.function
    let leaves = function.parameters.map { function.type(of: $0).shape.count }
    let needed = leaves.reduce(gradient.storedSize, +)
    guard problem.function.hasKnownSizes, let count = needed.number else {
      return "numbers in inputs, parameters and stored values: \(needed)\n"
    }
    let held = compiler.program(function).memoryCount
    let ratio = (Double(held) / Double(max(1, count)) * 100).rounded() / 100
    return """
      bytes of inputs, parameters and stored values: \(8 * count)
      bytes of memory: \(8 * held)
      ratio: \(ratio)

      """
  }
}

/// Returns the tokens of `source`, one a line, each with its place.
func tokenText(_ source: Source) -> String {
  tokenize(source).tokens.tokens.map { token in
    let (line, column) = source.position(at: token.span.start)
    let text = source.text(token.span)
    return "\(line):\(column) \(token.kind)" + (text.isEmpty ? "" : " '\(text)'") + "\n"
  }.joined()
}
