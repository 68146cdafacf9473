import BPLexer

// What emitted files quote from the source.

extension SwiftPrinter {
  /// The statements of the program, as many as a reader wants to see above a type.
  var summary: [String] {
    var outer: [Span] = []
    for span in model.statements where span.start >= outer.last?.end ?? 0 { outer.append(span) }
    let texts = outer.prefix(13).map { comment($0) }
    return texts.count > 12 ? texts.prefix(12) + ["…"] : texts.map { $0 }
  }

  /// Returns the text at `span` on one line that fits.
  func comment(_ span: Span) -> String {
    let text = model.source.text(span).split { $0.isWhitespace }.joined(separator: " ")
    return text.count <= 80 ? text : text.prefix(79) + "…"
  }

  /// Returns the index of the innermost statement that `span` lies in.
  func statement(around span: Span) -> Int? {
    var low = 0
    var high = model.statements.count
    while low < high {
      let middle = (low + high) / 2
      if model.statements[middle].start <= span.start { low = middle + 1 } else { high = middle }
    }
    // Statements inside a statement start later, so the last that starts before is the innermost one
    // or one that has ended already.
    var index = low - 1
    while index >= 0, index > low - 4 {
      if model.statements[index].contains(span) { return index }
      index -= 1
    }
    return nil
  }
}
