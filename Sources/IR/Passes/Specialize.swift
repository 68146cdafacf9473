extension Function {
  /// Whether every size is a number, so that the function can be run.
  package var hasKnownSizes: Bool {
    (0..<valueCount).allSatisfy { type(of: Value($0)).shape.numbers != nil }
  }

  /// Returns the function for arrays of certain sizes: each symbol of the shapes is the number that
  /// `sizes` gives it.
  package func specialized(to sizes: [String: Int]) -> Function {
    guard !sizes.isEmpty else { return self }
    return rewritten(simplifying: true, sizes: sizes.mapValues(Dimension.init)) { _, _ in nil }
  }
}
