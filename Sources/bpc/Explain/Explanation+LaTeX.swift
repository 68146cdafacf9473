import BackpropCompiler

extension Explanation {
  /// Returns the page as a document of LaTeX.
  func latex(title: String) -> String {
    let head = """
      \\documentclass[a4paper]{article}
      \\usepackage[utf8]{inputenc}
      \\usepackage[margin=2cm]{geometry}
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

  /// How many characters of an equation fit into a line, about.
  private static let width = 100

  /// Returns an equation as a row of aligned ones, or as several where it is long.
  private func row(_ equation: Equation) -> String {
    let parts = equation.parts.map(\.latex)
    guard let first = parts.first else { return "" }
    let isLong = equation.description.count > Explanation.width
    let separator = isLong ? " \\\\\n    &= " : " = "
    let rest = parts.dropFirst().joined(separator: separator)
    return "  " + first + (rest.isEmpty ? "" : " &= \(rest)")
  }
}
