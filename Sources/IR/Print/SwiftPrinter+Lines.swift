// Long lines, and how they are broken.

extension SwiftPrinter {
  /// The columns of a line in a type's function.
  static let width = 98

  /// Writes a function, with its head on as many lines as that needs.
  ///
  /// - Parameter depth: how many types inside the outer one it belongs to.
  static func writeFunction(
    _ name: String, _ parameters: [String], _ result: String? = nil, depth: Int = 0,
    to writer: inout LineWriter, _ body: (inout LineWriter) -> Void
  ) {
    let lines = head(name, parameters, result, depth: depth)
    for line in lines.dropLast() { writer.line(line) }
    writer.block(lines[lines.count - 1], "}", body)
  }

  /// Returns the head of a function on one line, or with its parameters on lines of their own.
  static func head(
    _ name: String, _ parameters: [String], _ result: String?, depth: Int = 0
  ) -> [String] {
    let end = ")\(result.map { " -> \($0)" } ?? "") {"
    let line = "\(name)(\(parameters.joined(separator: ", "))\(end)"
    guard line.count > width - 2 * depth, !parameters.isEmpty else { return [line] }
    return ["\(name)("] + filled(parameters, depth: depth + 1) + [end]
  }

  /// Returns `items` with commas, on as many lines as they need, one level deeper.
  ///
  /// - Parameter tail: what is put behind the last one.
  static func filled(_ items: [String], depth: Int = 1, tail: String = "") -> [String] {
    var lines: [String] = []
    var line = ""
    for (index, item) in items.enumerated() {
      let piece = index + 1 < items.count ? item + "," : item
      // The formatter leaves room for a comma at the end of an array.
      let endsInArray = item.hasSuffix("]") && item.contains("= [")
      let end = max(tail.count, endsInArray ? 1 : 0)
      let length = line.count + 1 + piece.count + (index + 1 < items.count ? 0 : end)
      if !line.isEmpty, length > width - 2 * depth {
        lines.append(line)
        line = piece
      } else {
        line += line.isEmpty ? piece : " " + piece
      }
    }
    lines.append(line)
    return lines.map { "  " + $0 }
  }

  /// Writes a call on one line, or with its arguments on lines of their own.
  ///
  /// - Parameter depth: how deep the call stands in the type.
  static func writeCall(
    _ name: String, _ arguments: [String], _ tail: String = ")", depth: Int = 1,
    to writer: inout LineWriter
  ) {
    let line = "\(name)(\(arguments.joined(separator: ", "))\(tail)"
    guard line.count > width - 2 * depth, !arguments.isEmpty else { return writer.line(line) }
    // A call that something follows ends on a line of its own.
    let closes = tail.count > 1
    let lines = filled(arguments, depth: depth + 1, tail: closes ? "" : tail)
    writer.line("\(name)(")
    for (index, text) in lines.enumerated() {
      writer.line(index + 1 == lines.count && !closes ? text + tail : text)
    }
    if closes { writer.line(tail) }
  }
}
