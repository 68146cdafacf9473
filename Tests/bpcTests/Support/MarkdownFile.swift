import Foundation

/// A Markdown file of the package.
struct MarkdownFile: CustomStringConvertible, Sendable {
  /// The file.
  let url: URL
  /// Its path in the package.
  let description: String

  /// The Markdown files of the package.
  static let all: [MarkdownFile] = {
    let root = Tool.package
    let files = FileManager.default.enumerator(
      at: root, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    let prefix = root.path(percentEncoded: false).count
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "md" }
      .map { url in
        let path = url.standardized.path(percentEncoded: false).dropFirst(prefix)
        return MarkdownFile(url: url, description: String(path.drop { $0 == "/" }))
      }
      .sorted { $0.description < $1.description }
  }()

  /// Returns the file whose path in the package is `path`.
  static func named(_ path: String) -> MarkdownFile {
    MarkdownFile(url: Tool.package.appending(path: path), description: path)
  }

  /// Returns the text.
  func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// Returns the lines of the text.
  func lines() throws -> [String] { try text().components(separatedBy: "\n") }

  /// A block of code between two lines of three backticks.
  struct Block {
    /// The word after the first backticks.
    let language: String
    /// The lines between the backticks, as places in the file.
    let range: Range<Int>
  }

  /// Returns the blocks of code among `lines`.
  static func blocks(_ lines: [String]) -> [Block] {
    let fences = lines.indices.filter { lines[$0].hasPrefix("```") }
    return stride(from: 0, to: fences.count - 1, by: 2).map { index in
      let (first, last) = (fences[index], fences[index + 1])
      return Block(language: String(lines[first].dropFirst(3)), range: first + 1..<last)
    }
  }

  /// Returns what each match of `pattern` captures outside the blocks of code.
  func captures(_ pattern: Regex<(Substring, Substring)>) throws -> [String] {
    var lines = try lines()
    for block in MarkdownFile.blocks(lines).reversed() { lines.removeSubrange(block.range) }
    return lines.joined(separator: "\n").matches(of: pattern).map { String($0.output.1) }
  }
}
