/// The entries so far, the way through them, and what was typed before that way began.
struct EntryHistory {
  private(set) var entries: [String]
  /// The entry that is shown; the draft is behind the last.
  private var place: Int
  private var draft = ""

  /// The most entries that are kept.
  private static let largestCount = 2000

  init(_ entries: [String] = []) {
    self.entries = entries.suffix(EntryHistory.largestCount)
    place = self.entries.count
  }

  /// Adds an entry, unless it is blank, the last one again, or starts with a blank to be left out.
  ///
  /// - Returns: whether it was added.
  mutating func add(_ entry: String) -> Bool {
    defer { (place, draft) = (entries.count, "") }
    guard entry.contains(where: { !$0.isWhitespace }), entry.first != " ", entry != entries.last
    else {
      return false
    }
    entries.append(entry)
    return true
  }

  /// Returns the entry before the one that is shown, which is `current`; nil at the first.
  mutating func previous(_ current: String) -> String? {
    guard place > 0 else { return nil }
    if place == entries.count { draft = current }
    place -= 1
    return entries[place]
  }

  /// Returns the entry after the one that is shown, at last what was typed before; nil there.
  mutating func next() -> String? {
    guard place < entries.count else { return nil }
    place += 1
    return place == entries.count ? draft : entries[place]
  }

  /// Returns the last entry before number `end` that has `text` in it, with its number.
  func search(_ text: String, before end: Int) -> (number: Int, entry: String)? {
    guard !text.isEmpty else { return nil }
    let number = entries[..<min(end, entries.count)].lastIndex { $0.firstRange(of: text) != nil }
    return number.map { ($0, entries[$0]) }
  }
}

extension EntryHistory {
  /// Reads entries from the text of a file, a line each; line ends in them are written as `\n`.
  init(fileText: String) {
    self.init(fileText.split(separator: "\n").map { EntryHistory.unescaped(String($0)) })
  }

  /// Returns an entry as a line of the file.
  static func line(_ entry: String) -> String {
    entry.reduce(into: "") { line, character in
      switch character {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.append(character)
      }
    } + "\n"
  }

  private static func unescaped(_ line: String) -> String {
    var entry = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        entry.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        entry.append(character)
      }
    }
    return entry
  }
}

extension String {
  /// Returns where `other` stands first.
  fileprivate func firstRange(of other: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) {
        return start..<(index(start, offsetBy: other.count, limitedBy: endIndex) ?? endIndex)
      }
      start = index(after: start)
    }
    return nil
  }
}
