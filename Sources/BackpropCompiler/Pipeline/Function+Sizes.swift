import BPIR
import BPLexer

extension Function {
  /// What is wrong with the first array that cannot exist for the sizes of the data; nil when all can.
  package var impossibleShape: Diagnostic? {
    for instruction in instructions {
      if let diagnostic = lengthThatOnlyRunsTell(instruction) { return diagnostic }
      if let diagnostic = mismatchedReshape(instruction) { return diagnostic }
      for result in instruction.results {
        let shape = type(of: result).shape
        for dimension in shape.dimensions + [shape.count] {
          guard let size = dimension.number, size < 0 || size > Shape.largestCount else { continue }
          return Diagnostic(
            .wrongShape,
            size < 0
              ? "for this data the shape would be \(shape)"
              : "for this data the shape is \(shape), which is too large", at: instruction.span)
        }
      }
    }
    return nil
  }

  private func lengthThatOnlyRunsTell(_ instruction: Instruction) -> Diagnostic? {
    guard instruction.results.contains(where: { type(of: $0).isTurnSized }) else { return nil }
    return Diagnostic(
      .wrongIndex,
      "this size differs from turn to turn, and only the run tells how many turns there are",
      at: instruction.span, help: "let literals, sizes or bound inputs say how many turns there are"
    )
  }

  private func mismatchedReshape(_ instruction: Instruction) -> Diagnostic? {
    guard instruction.op == .reshape else { return nil }
    let source = type(of: operand(0, of: instruction)).shape
    let target = type(of: instruction.result).shape
    guard source.count != target.count else { return nil }
    return Diagnostic(
      .shapeMismatch,
      "for this data shape \(source) has \(source.count) elements, and \(target) has "
        + "\(target.count)", at: instruction.span)
  }

  /// Whether there are arrays in it.
  package var hasArrayValues: Bool {
    (0..<valueCount).contains { type(of: Value($0)).isArray }
  }

  /// Whether a reshape fits only for some sizes of the data.
  package var hasOpenReshape: Bool {
    instructions.contains { instruction in
      guard instruction.op == .reshape else { return false }
      let source = type(of: operand(0, of: instruction)).shape
      return source.count != type(of: instruction.result).shape.count
    }
  }
}
