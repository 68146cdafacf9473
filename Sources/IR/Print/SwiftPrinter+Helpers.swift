// The functions that emitted files bring along.

extension SwiftPrinter {
  /// Writes the text of a helper, of which no other file knows.
  func writeHelper(_ text: String, to writer: inout LineWriter) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isHead = line.hasPrefix("func ") || line.hasPrefix("struct ")
      // A module may isolate to an actor what does not say otherwise.
      let parts = isHead ? broken("private nonisolated " + line) : [String(line)]
      for part in parts { writer.line(part) }
    }
  }

  /// Returns the head of a function on one line or, where that is too long, on three.
  private func broken(_ line: String) -> [String] {
    guard line.count > SwiftPrinter.width + 2, let open = line.firstIndex(of: "("),
      let close = line.lastIndex(of: ")")
    else { return [line] }
    let parameters = line[line.index(after: open)..<close]
    return [String(line[...open]), "  " + parameters, String(line[close...])]
  }
}
