// How functions for users find the sizes that data gives, and check them.

extension SwiftPrinter {
  /// Writes what the sizes are, and the call that checks them; with `only`, those that are named and
  /// no check.
  func writeSizes(
    _ signature: SwiftSignature, only needed: [String]? = nil, _ writer: inout LineWriter
  ) {
    for symbol in sizes.neededSymbols(needed) {
      guard let text = sizeText(symbol, signature) else { continue }
      let name = signature.name(ofSize: symbol)
      ignoreRules([name], &writer)
      writer.line("let \(name): Int = \(text)")
    }
    guard needed == nil, hasChecks else { return }
    SwiftPrinter.writeCall("checkSizes", checkArguments(signature), to: &writer)
  }

  /// Returns how a size is computed of the count of an argument, or nil where it is an argument itself.
  private func sizeText(_ symbol: String, _ signature: SwiftSignature) -> String? {
    guard let origin = sizes.symbols.first(where: { $0.name == symbol })?.origin,
      case .count(let leaf, let rest, let factor) = origin,
      let index = model.leaves.firstIndex(where: { $0.name == leaf })
    else { return nil }
    var sum = SwiftSum()
    sum.add("\(signature.leafNames[index]).count")
    sum.add(Dimension(-1) * rest, signature.symbols)
    if factor == Dimension(1) { return sum.text }
    let text = sum.count == 1 ? sum.text : "(\(sum.text))"
    if let number = factor.number { return "\(text) / \(number)" }
    return "\(text) / max(1, \(factor.swift(signature.symbols)))"
  }

  private var hasChecks: Bool { !checkedLeaves.isEmpty || !checkedSizes.isEmpty }

  /// The leaves whose counts do not follow from what the sizes were read off.
  private var checkedLeaves: [Int] {
    model.leaves.indices.filter { index in
      let leaf = model.leaves[index]
      guard !leaf.type.isScalar else { return false }
      return !sizes.symbols.contains { symbol in
        guard case .count(leaf.name, _, let factor) = symbol.origin else { return false }
        return factor == Dimension(1)
      }
    }
  }

  /// The sizes that have to be checked because they may be negative.
  private var checkedSizes: [Dimension] {
    var found: [Dimension] = []
    for function in model.functions {
      for index in 0..<function.valueCount {
        for dimension in function.type(of: Value(index)).shape.dimensions
        where !dimension.isNeverNegative && !found.contains(dimension.primitive) {
          found.append(dimension.primitive)
        }
      }
    }
    return found
  }

  private func checkArguments(_ signature: SwiftSignature) -> [String] {
    checkedLeaves.map { signature.leafNames[$0] }
      + sizes.symbols.map { signature.name(ofSize: $0.name) }
  }

  private func checkParameters(_ signature: SwiftSignature) -> [String] {
    let leaves = checkedLeaves.map { index in
      "_ \(signature.leafNames[index]): \(SwiftBody.parameterType(model.leaves[index].type))"
    }
    return leaves + sizes.symbols.map { "_ \(signature.name(ofSize: $0.name)): Int" }
  }

  /// Returns the function that checks the sizes of arguments, or nil where any are right.
  func checkText(_ signature: SwiftSignature) -> String? {
    guard hasChecks else { return nil }
    var writer = LineWriter()
    writer.line(
      "/// Ends the program unless the arguments have the sizes that the source declares.")
    ignoreRules(signature.leafNames + sizes.symbols.map(\.name), &writer)
    SwiftPrinter.writeFunction(
      "private static func checkSizes", checkParameters(signature), to: &writer
    ) { writer in
      writeChecks(signature, &writer)
    }
    return String(writer.text.dropLast())
  }

  private func writeChecks(_ signature: SwiftSignature, _ writer: inout LineWriter) {
    for index in checkedLeaves {
      let leaf = model.leaves[index]
      require(signature.leafNames[index], leaf.name, leaf.type.shape, signature.symbols, &writer)
    }
    for size in checkedSizes {
      let text = size.swift(signature.symbols)
      writePrecondition("\(text) >= 0", ["the size \(size) is \\(\(text))"], &writer)
    }
  }
}
