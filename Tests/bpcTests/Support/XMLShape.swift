/// Whether a text has the form of XML: tags that nest, attributes in quotes that stand once, references.
enum XMLShape {
  /// Returns the first mistake of `text`, or nil.
  static func mistake(_ text: String) -> String? {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      if let mistake = mistake(inText: rest[..<start]) { return mistake }
      guard let end = end(ofTag: rest[start...]) else { return "a tag without end" }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let name = tag.prefix { !" \n/".contains($0) }
      if tag.first == "/" {
        guard open.popLast() == tag.dropFirst() else {
          return "</\(tag.dropFirst())> closes nothing"
        }
        continue
      }
      if let mistake = mistake(inAttributes: tag.dropFirst(name.count)) {
        return "\(name): \(mistake)"
      }
      if tag.last != "/" { open.append(name) }
    }
    return open.last.map { "<\($0)> is not closed" } ?? mistake(inText: rest)
  }

  private static func end(ofTag text: Substring) -> Substring.Index? {
    var isQuoted = false
    return text.indices.first { index in
      if text[index] == "\"" { isQuoted.toggle() }
      return text[index] == ">" && !isQuoted
    }
  }

  private static func mistake(inText text: Substring) -> String? {
    if text.contains(">") { return "a bare > in \(text.prefix(80))" }
    let references = text.matches(of: /&(amp|lt|gt|quot|#[0-9]+);/).count
    return references == text.count { $0 == "&" } ? nil : "a bare & in \(text.prefix(80))"
  }

  private static func mistake(inAttributes text: Substring) -> String? {
    let matches = text.matches(of: /\s+([A-Za-z:-]+)="([^"<]*)"/)
    let length = matches.reduce(0) { $0 + text[$1.range].count }
    let names = matches.map(\.output.1)
    guard Set(names).count == names.count else { return "an attribute stands twice" }
    let others = text.count - length
    return others == 0 || (others == 1 && text.last == "/") ? nil : "attributes \(text)"
  }
}
