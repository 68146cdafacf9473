// What parameters of emitted functions are unless they are given.

extension SwiftModel {
  /// The most elements of a default that the program says.
  static let mostDefaultElements = 200
  /// The most elements of a default that somebody asked for: more would take compilers too long.
  package static let mostChosenElements = 20_000
}

extension Leaf {
  /// Returns the leaf with `numbers` as its default: as a number, or as elements beside it.
  package func withDefault(_ numbers: [Double]) -> Leaf {
    var leaf = self
    leaf.defaultValue = type.isScalar ? numbers.first : nil
    leaf.defaultArray = nil
    return leaf
  }
}
