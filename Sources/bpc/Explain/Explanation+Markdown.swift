import BackpropCompiler

extension Explanation {
  /// Returns the page in Markdown: a list for each part.
  func markdown(title: String) -> String {
    let pages = sections.map { section in
      "## \(section.title)\n\n"
        + section.groups.map { group in
          item(group.head, indentation: "")
            + group.lines.map { item($0, indentation: "  ") }.joined()
        }.joined()
    }
    return "# The chain rule of \(code(title))\n\n" + pages.joined(separator: "\n")
  }

  private func item(_ equation: Equation, indentation: String) -> String {
    "\(indentation)- \(code(equation.description))\n"
  }

  /// Returns `text` as code, fenced by more backticks than are in it.
  private func code(_ text: String) -> String {
    let runs = text.split(whereSeparator: { $0 != "`" }).map(\.count)
    let fence = String(repeating: "`", count: (runs.max() ?? 0) + 1)
    return runs.isEmpty ? "`\(text)`" : "\(fence) \(text) \(fence)"
  }
}
