import BackpropCompiler

extension Explanation {
  /// Returns the page as a document of LaTeX.
  func latex(title: String) -> String {
    let head = """
      \\documentclass{article}
      \\usepackage[utf8]{inputenc}
      \\usepackage{amsmath}
      \\allowdisplaybreaks
      \\begin{document}


      """
    let pages = sections.map { section in
      let lines = section.groups.flatMap { [$0.head] + $0.lines }.map(row)
      return "\\section*{\(section.title.latexText)}\n\\begin{align*}\n"
        + lines.joined(separator: " \\\\\n") + "\n\\end{align*}\n"
    }
    return head + pages.joined(separator: "\n") + "\n\\end{document}\n"
  }

  /// Returns an equation as a row of aligned ones.
  private func row(_ equation: Equation) -> String {
    guard let first = equation.parts.first?.latex else { return "" }
    return "  " + first + equation.parts.dropFirst().map { " &= \($0.latex)" }.prefix(1).joined()
      + equation.parts.dropFirst(2).map { " = \($0.latex)" }.joined()
  }
}
