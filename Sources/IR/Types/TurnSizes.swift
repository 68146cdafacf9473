// Sizes that differ from turn to turn of a loop, such as that of `x[0..<i]`.
//
// They are polynomials in the number of the turn, under a name that no program can write. Before a run
// such a loop is taken apart into its turns, so that every size is a number.

extension Dimension {
  /// What is between the counter and the number of the loop in the name of a turn.
  package static let turnMark: Character = "#"

  /// Whether the number of a turn has a part in it.
  package var isTurnSized: Bool {
    terms.contains { term in
      term.factors.contains { factor in
        switch factor {
        case .symbol(let name): name.contains(Dimension.turnMark)
        case .quotient(let dimension, _): dimension.isTurnSized
        }
      }
    }
  }
}

extension ValueType {
  /// Whether the number of a turn has a part in the shape.
  package var isTurnSized: Bool { shape.dimensions.contains(where: \.isTurnSized) }
}

extension Attribute {
  /// Whether the number of a turn has a part in it.
  package var isTurnSized: Bool {
    switch self {
    case .dimension(let dimension): dimension.isTurnSized
    case .shape(let shape), .random(let shape, _): shape.dimensions.contains(where: \.isTurnSized)
    case .window(let extents):
      extents.contains { $0.count.isTurnSized || $0.step.isTurnSized }
    case .axis, .scan, .permutation, .transposes, .elements, .derivative: false
    }
  }
}

extension Function {
  /// Whether there is a size that differs from turn to turn.
  package var hasTurnSizes: Bool {
    regions.contains { $0.turnSymbol != nil }
      && ((0..<valueCount).contains { type(of: Value($0)).isTurnSized }
        || instructions.contains {
          $0.op.isArrayOperation && attribute(of: $0).isTurnSized
        })
  }
}
