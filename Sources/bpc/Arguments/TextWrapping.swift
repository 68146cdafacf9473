/// Returns `text` in lines of at most `width` columns after `indentation` blanks each.
///
/// A word that is longer than a line stands alone and sticks out.
func wrap(_ text: String, width: Int, indentation: Int = 0) -> String {
  let margin = String(repeating: " ", count: indentation)
  let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
  let lines = paragraphs.flatMap { wrapParagraph($0, width: max(1, width - indentation)) }
  return lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
}

/// Returns the lines of a paragraph of at most `width` columns.
private func wrapParagraph(_ paragraph: Substring, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in paragraph.split(separator: " ") {
    if !line.isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " \(word)"
  }
  return lines + [line]
}
