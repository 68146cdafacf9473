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
}
