/// An entry that is being typed: its characters, on one line or several, and the cursor.
struct EntryBuffer: Equatable {
  private(set) var characters: [Character] = []
  /// Before which character the cursor stands.
  private(set) var cursor = 0
  /// What was taken out last.
  private(set) var killed = ""

  /// The entry.
  var text: String { String(characters) }

  /// The character before the cursor.
  private var lineStart: Int {
    (characters[..<cursor].lastIndex(of: "\n") ?? -1) + 1
  }

  private var lineEnd: Int { characters[cursor...].firstIndex(of: "\n") ?? characters.count }

  /// The line and the column of the cursor, from 0 on.
  var position: (line: Int, column: Int) {
    (characters[..<cursor].count { $0 == "\n" }, cursor - lineStart)
  }

  /// Whether the cursor stands on the first line, and on the last.
  var isOnFirstLine: Bool { lineStart == 0 }
  var isOnLastLine: Bool { lineEnd == characters.count }

  /// Replaces the entry; the cursor stands at its end.
  mutating func replace(with text: String) {
    characters = Array(text)
    cursor = characters.count
  }

  /// Puts in `text` at the cursor.
  mutating func insert(_ text: String) {
    // A combining mark joins the character before it.
    let before = String(characters[..<cursor]) + text
    characters = Array(before + String(characters[cursor...]))
    cursor = min(Array(before).count, characters.count)
  }

  /// Does what a key that edits says, and returns whether it was one.
  mutating func edit(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(EntryBuffer.withoutPrompts(text))
    case .backspace: remove(max(0, cursor - 1)..<cursor)
    case .delete: remove(cursor..<min(characters.count, cursor + 1))
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home: cursor = lineStart
    case .end: cursor = lineEnd
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .up where !isOnFirstLine: moveLine(by: -1)
    case .down where !isOnLastLine: moveLine(by: 1)
    case .killToEnd:
      kill(cursor..<(cursor == lineEnd ? min(cursor + 1, characters.count) : lineEnd))
    case .killToStart: kill(lineStart..<cursor)
    case .killWordBefore: kill(wordStart..<cursor)
    case .killWordAfter: kill(cursor..<wordEnd)
    case .yank: insert(killed)
    case .transpose: transpose()
    default: return false
    }
    return true
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  private mutating func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    killed = String(characters[range])
    remove(range)
  }

  private mutating func transpose() {
    let second = min(cursor, characters.count - 1)
    guard second > 0, cursor > 0 else { return }
    characters.swapAt(second - 1, second)
    cursor = second + 1
  }

  private var wordStart: Int {
    var place = cursor
    while place > 0, !characters[place - 1].isWordPart { place -= 1 }
    while place > 0, characters[place - 1].isWordPart { place -= 1 }
    return place
  }

  private var wordEnd: Int {
    var place = cursor
    while place < characters.count, !characters[place].isWordPart { place += 1 }
    while place < characters.count, characters[place].isWordPart { place += 1 }
    return place
  }

  private mutating func moveLine(by step: Int) {
    let column = cursor - lineStart
    cursor = step < 0 ? lineStart - 1 : lineEnd + 1
    cursor = min(lineStart + column, lineEnd)
  }

  /// Returns pasted lines without the prompts that were copied with them.
  static func withoutPrompts(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r" || $0 == "\r\n"
    }
    let hasPrompts = lines.contains { $0.hasPrefix("bpc> ") }
    let kept = lines.map { line in
      hasPrompts && (line.hasPrefix("bpc> ") || line.hasPrefix("...> ")) ? line.dropFirst(5) : line
    }
    // What came back between prompts is no entry.
    let entries = hasPrompts ? zip(lines, kept).filter { $0.0 != $0.1 }.map(\.1) : kept
    let joined = entries.joined(separator: "\n")
    return String(joined.reversed().drop { $0 == "\n" }.reversed())
  }

  /// The part of a name, or the command, before the cursor.
  var wordBeforeCursor: String {
    var start = cursor
    while start > 0, characters[start - 1].isWordPart { start -= 1 }
    if start > 0, characters[start - 1] == ":", characters[..<start].allSatisfy({ $0 == ":" }) {
      start -= 1
    }
    return String(characters[start..<cursor])
  }

  /// Puts `word` in place of the part of a name before the cursor.
  mutating func complete(with word: String) {
    let count = wordBeforeCursor.count
    remove(cursor - count..<cursor)
    insert(word)
  }
}

extension Character {
  /// Whether the character may be in a name.
  fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
