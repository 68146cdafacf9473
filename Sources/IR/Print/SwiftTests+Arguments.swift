// What the tests pass to the functions that they call.

extension SwiftTests {
  /// Returns where the elements of leaf number `leaf` begin in a point.
  func start(_ leaf: Int) -> Int { counts[..<leaf].reduce(0, +) }

  /// The arguments of the functions that are tested.
  var arguments: [String] { leafArguments + sizeArguments }

  /// The leaves at a point.
  var leafArguments: [String] {
    model.leaves.indices.map { argument(model.leaves[$0], "point", start($0), counts[$0]) }
  }

  /// The parts of a direction.
  var directionArguments: [String] {
    var place = 0
    return model.independents.compactMap { name in
      guard let leaf = model.leaves.firstIndex(where: { $0.name == name }) else { return nil }
      defer { place += counts[leaf] }
      let part = directional.leaves.first { $0.name == "\(name)Direction" }
      return argument(part ?? model.leaves[leaf], "direction", place, counts[leaf])
    }
  }

  /// The sizes that are parameters of their own.
  var sizeArguments: [String] {
    SwiftSizes(model.leaves).parameters.map { "\($0): \(sizes[$0] ?? 0)" }
  }

  private func argument(_ leaf: Leaf, _ array: String, _ start: Int, _ count: Int) -> String {
    let isInteger = leaf.type.element == .integer
    guard !leaf.type.isScalar else {
      let text = "\(array)[\(start)]"
      return "\(SwiftPrinter.label(leaf.name)): \(isInteger ? "Int(\(text))" : text)"
    }
    let text = "Array(\(array)[\(start)..<\(start + count)])"
    return "\(SwiftPrinter.label(leaf.name)): \(isInteger ? "\(text).map { Int($0) }" : text)"
  }
}
