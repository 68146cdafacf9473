/// The way diagnostics are written for people: a line that editors can jump from, and a window on
/// the source with the place marked.
package struct DiagnosticRendering {
  /// The source that the spans refer to.
  package let source: Source
  /// Whether to write in colour, by ANSI escapes.
  package var isColored = false
  /// The columns that a window may take.
  package var width = 100
  /// The diagnostics that are written in full; the rest are counted.
  package var limit = 100

  /// Creates the rendering of diagnostics about `source`.
  package init(source: Source, isColored: Bool = false, width: Int = 100) {
    self.source = source
    self.isColored = isColored
    self.width = max(width, 40)
  }

  /// Returns the text of `diagnostics`, in the order of the source.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    let ordered = diagnostics.inTextOrder()
    var text = ordered.prefix(limit).map(render).joined()
    if ordered.count > limit { text += "… and \(ordered.count - limit) more\n" }
    return text
  }

  /// Returns the text of one diagnostic.
  package func render(_ diagnostic: Diagnostic) -> String {
    var text = headline(diagnostic)
    text += window(diagnostic.span, label: diagnostic.label, mark: "^")
    for note in diagnostic.notes {
      text += "\(source.location(at: note.span.start)): note: \(note.message)\n"
      text += window(note.span, label: "", mark: "-", lead: 0)
    }
    if !diagnostic.help.isEmpty {
      text += "\(margin(nil, of: diagnostic.span))= help: \(diagnostic.help)\n"
    }
    return text
  }

  private func headline(_ diagnostic: Diagnostic) -> String {
    let place = source.location(at: diagnostic.span.start)
    let severity = painted("\(diagnostic.severity.rawValue):", diagnostic.severity.color)
    return "\(place): \(severity) \(diagnostic.message) [\(diagnostic.code)]\n"
  }

  /// Returns the line of `span` with `lead` lines before it, and the marks under the span.
  private func window(_ span: Span, label: String, mark: Character, lead: Int = 1) -> String {
    guard !source.bytes.isEmpty else { return "" }
    let line = source.line(at: span.start)
    var text = ""
    for number in max(1, line - lead)..<line {
      let excerpt = Excerpt(source, line: number, around: nil, width: width)
      if !excerpt.text.isEmpty { text += margin(number, of: span) + "| \(excerpt.text)\n" }
    }
    let excerpt = Excerpt(source, line: line, around: span, width: width)
    text += margin(line, of: span) + "| \(excerpt.text)\n"
    let marks =
      String(mark) + String(repeating: mark == "^" ? "~" : mark, count: excerpt.length - 1)
    let words = label.isEmpty ? "" : " " + label
    let gap = String(repeating: " ", count: excerpt.indent)
    return text + margin(nil, of: span) + "| " + gap + painted(marks + words, "1;32") + "\n"
  }

  private func margin(_ number: Int?, of span: Span) -> String {
    let widest = String(source.line(at: span.start)).count
    let text = number.map(String.init) ?? ""
    return String(repeating: " ", count: widest - text.count + 1) + text + " "
  }

  private func painted(_ text: String, _ color: String) -> String {
    isColored ? "\u{1B}[\(color)m\(text)\u{1B}[0m" : text
  }
}

extension Diagnostic.Severity {
  fileprivate var color: String {
    switch self {
    case .error: "1;31"
    case .warning: "1;35"
    case .note: "1;36"
    }
  }
}
