// The tests of functions for users, and what these say when a test fails.

extension SwiftPrinter {
  /// Writes the tests that the arrays of the gradient that a caller gives have their sizes.
  func requireGradient(_ signature: SwiftSignature, _ writer: inout LineWriter) {
    for (name, type) in zip(model.independents, gradientTypes) where !type.isScalar {
      let field = "gradient.\(SwiftNames.escaped(name))"
      require(field, field, type.shape, signature.symbols, &writer)
    }
  }

  /// Writes the test that an array has the elements of `shape`.
  func require(
    _ variable: String, _ name: String, _ shape: Shape, _ symbols: [String: String],
    _ writer: inout LineWriter
  ) {
    let count = shape.count.swift(symbols)
    let needed = shape.count.number == nil ? "\\(\(count))" : count
    writePrecondition(
      "\(variable).count == \(count)",
      ["'\(name)' has \\(\(variable).count) elements", ", and \(shape) has \(needed)"], &writer)
  }

  /// Writes a test with its message, on as many lines as it needs.
  ///
  /// - Parameter parts: the message, which may be broken between its parts.
  func writePrecondition(
    _ condition: String, _ parts: [String], _ writer: inout LineWriter
  ) {
    let message = "\"\(parts.joined())\""
    let line = "precondition(\(condition), \(message))"
    if 2 * writer.depth + line.count <= SwiftPrinter.width { return writer.line(line) }
    writer.line("precondition(")
    if condition.count + message.count + 5 + 2 * writer.depth <= SwiftPrinter.width {
      return writer.line("  \(condition), \(message))")
    }
    writer.line("  \(condition),")
    guard message.count + 3 + 2 * writer.depth > SwiftPrinter.width else {
      return writer.line("  \(message))")
    }
    writer.line("  \"\(parts[0])\"")
    for (index, part) in parts.enumerated().dropFirst() {
      writer.line("    + \"\(part)\"\(index + 1 < parts.count ? "" : ")")")
    }
  }
}
