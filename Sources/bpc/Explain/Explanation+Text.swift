import BackpropCompiler

extension Explanation {
  /// Returns the page in `format`.
  func page(_ format: ExplainArguments.PageFormat, title: String) -> String {
    switch format {
    case .text: text
    case .markdown: markdown(title: title)
    case .latex: latex(title: title)
    }
  }

  /// The page for a terminal.
  private var text: String {
    sections.map { section in
      section.title + "\n"
        + section.groups.map { group in
          "  \(group.head)\n" + group.lines.map { "    \($0)\n" }.joined()
        }.joined()
    }.joined(separator: "\n")
  }
}

extension Explanation.Equation: CustomStringConvertible {
  /// The equation in the language of programs.
  public var description: String { parts.map(\.description).joined(separator: " = ") }
}
