/// An entry as a terminal shows it: its lines behind prompts, a part of a long line, and the cursor.
struct EntryView {
  let buffer: EntryBuffer
  let prompt: String
  let continuation: String
  let width: Int
  let height: Int

  /// The lines that are shown, and where the cursor stands among them.
  var screen: (lines: [String], row: Int, column: Int) {
    let (row, column) = buffer.position
    let all = buffer.text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let first = max(0, min(row - height + 2, all.count - height + 1))
    let last = min(all.count, first + max(1, height - 1))
    var lines: [String] = []
    var place = 0
    for number in first..<max(last, first + 1) {
      let line = number < all.count ? all[number] : []
      let head = number == 0 ? prompt : continuation
      let (text, before) = part(of: line, cursor: number == row ? column : 0, head.count)
      if number == row { place = head.count + before }
      lines.append(head + text)
    }
    return (lines, row - first, place)
  }

  /// Returns the part of a line that fits and shows the cursor, with the columns before the cursor.
  private func part(
    of line: [Character], cursor: Int, _ headWidth: Int
  ) -> (text: String, before: Int) {
    let room = max(4, width - headWidth - 1)
    let widths = line.map(\.columns)
    var start = 0
    while widths[start..<min(cursor, widths.count)].reduce(0, +) >= room { start += 1 }
    var end = start
    var used = 0
    while end < line.count, used + widths[end] <= room {
      used += widths[end]
      end += 1
    }
    return (String(line[start..<end]), widths[start..<min(cursor, widths.count)].reduce(0, +))
  }

  /// Returns what draws the entry, for a cursor on row `former` of what was drawn before.
  func drawing(from former: Int) -> String {
    let (lines, row, column) = screen
    let up = former > 0 ? "\u{1B}[\(former)A" : ""
    let back = lines.count - 1 - row > 0 ? "\u{1B}[\(lines.count - 1 - row)A" : ""
    let right = column > 0 ? "\u{1B}[\(column)C" : ""
    return "\r\(up)\u{1B}[J" + lines.joined(separator: "\r\n") + back + "\r" + right
  }
}
