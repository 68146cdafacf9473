import Foundation
import Testing

@testable import bpc

/// The line editor: keys, editing, history, what is drawn, and all of it through a real terminal.
struct LineEditorTests {
  @Test(arguments: [
    ("a", [Key.character("a")]), ("é日", [.character("é"), .character("日")]),
    ("\u{1B}[A\u{1B}OB", [.up, .down]), ("\u{1B}[1;5C\u{1B}[1;3D", [.wordRight, .wordLeft]),
    ("\u{1B}[3~\u{1B}[H\u{1B}[F", [.delete, .home, .end]),
    ("\u{1B}b\u{1B}d", [.wordLeft, .killWordAfter]),
    ("\u{1}\u{5}\u{17}\u{19}\r", [.home, .end, .killWordBefore, .yank, .enter]),
    ("\u{1B}[200~x = 1\ny = 2\u{1B}[201~!", [.paste("x = 1\ny = 2"), .character("!")]),
    ("\u{1B}", [.escape]), ("\u{1B}[", [.unknown]), ("\u{1B}[99999999999999999999999~", [.unknown]),
    ("\u{1B}[200~never ended", [.paste("never ended")]),
  ])
  func keys(_ text: String, _ expected: [Key]) {
    var bytes = Array(text.utf8)[...]
    var rest: [UInt8] = []
    let decoder = KeyDecoder(
      nextByte: {
        guard let byte = bytes.popFirst() else { return nil }
        rest.append(byte)
        return byte
      }, isByteWaiting: { !bytes.isEmpty })
    var keys: [Key] = []
    while let key = decoder.next() { keys.append(key) }
    #expect(keys == expected)
  }

  /// Any bytes end, and give no more keys than bytes.
  @Test func anyBytes() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }[...]
      let decoder = KeyDecoder(nextByte: { bytes.popFirst() }, isByteWaiting: { !bytes.isEmpty })
      var buffer = EntryBuffer()
      var count = 0
      while let key = decoder.next() {
        count += 1
        _ = buffer.edit(key)
        #expect((0...buffer.characters.count).contains(buffer.cursor))
        let view = EntryView(
          buffer: buffer, prompt: "> ", continuation: ". ", width: 20, height: 5)
        #expect(view.screen.column < 20 && view.screen.lines.count < 5)
      }
      #expect(count <= 40)
    }
  }

  @Test(arguments: [
    ([Key.character("a"), .character("c"), .left, .character("b")], "abc", 2),
    ([.paste("one two"), .killWordBefore], "one ", 4),
    ([.paste("one two"), .home, .killWordAfter, .end, .yank], " twoone", 7),
    ([.paste("ab\ncdef"), .up, .character("X")], "abX\ncdef", 3),
    ([.paste("ab\ncdef"), .home, .killToEnd, .backspace], "ab", 2),
    ([.paste("ab"), .transpose], "ba", 2),
    ([.left, .backspace, .delete, .transpose, .yank], "", 0),
    ([.paste("e"), .paste("\u{301}")], "e\u{301}", 1),
    ([.paste("x+y"), .wordLeft, .wordLeft, .killToStart], "x+y", 0),
    ([.paste("bpc> a = 1\na = 1\nbpc> f(\n...> a)\n3\n")], "a = 1\nf(\na)", 11),
  ])
  func editing(_ keys: [Key], _ text: String, _ cursor: Int) {
    var buffer = EntryBuffer()
    for key in keys { _ = buffer.edit(key) }
    #expect(buffer.text == text)
    #expect(buffer.cursor == cursor)
  }

  @Test func historyKeepsTheDraft() {
    var history = EntryHistory(["a", "b"])
    #expect(history.previous("draft") == "b")
    #expect(history.previous("b") == "a")
    #expect(history.previous("a") == nil)
    #expect(history.next() == "b")
    #expect(history.next() == "draft")
    #expect(history.next() == nil)
    let isNew = ["b", " hidden", "  ", "f(\n1)"].map { history.add($0) }
    #expect(isNew == [false, false, false, true])
    #expect(history.search("f(", before: 9)?.entry == "f(\n1)")
    #expect(history.search("zz", before: 9) == nil)
    let file = history.entries.map(EntryHistory.line).joined()
    #expect(EntryHistory(fileText: file + "c\\\\n\n").entries == ["a", "b", "f(\n1)", "c\\n"])
  }

  @Test func aLongLineMovesWithItsCursor() {
    var buffer = EntryBuffer()
    buffer.insert(String(repeating: "日", count: 30) + "end")
    let view = EntryView(buffer: buffer, prompt: "> ", continuation: ". ", width: 20, height: 5)
    #expect(view.screen.lines[0].hasSuffix("end"))
    #expect(view.screen.column < 20)
    #expect(view.drawing(from: 2).hasPrefix("\r\u{1B}[2A\u{1B}[J"))
  }

  @Test func completion() {
    #expect(Repl.completions(of: ":exp", []) == [":explain"])
    #expect(Repl.completions(of: "si", ["sin", "sigmoid", "cos"]) == ["sigmoid", "sin"])
    #expect(Repl.completions(of: "", ["sin"]).isEmpty)
    var buffer = EntryBuffer()
    buffer.insert("f = sig")
    buffer.complete(with: "sigmoid")
    #expect(buffer.text == "f = sigmoid")
  }

  /// A dialogue through a terminal that `script` makes; where there is no such program it is skipped.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func throughATerminal() throws {
    try inScratchFolder { folder in
      let history = folder.appending(path: "state/history").path
      let command = "stty cols 120; BPC_HISTORY='\(history)' TERM=xterm '\(Tool.path.path)'"
      // What follows each key shows that the tool has the terminal, and the keys, in its hands.
      let steps = [
        ("f = sigm\t(a)", "sigmoid(a)"), ("\r", "f waits for a"), ("a = 0\r", "f = 0.5"),
        ("\u{1B}[A\u{1B}[D\u{1B}[3~2\r", "f = 0.88079707797"), ("x = (1 +\r2)\r", "x = 3"),
        (":expl\t f\r", "Gradient"), ("oops\u{3}", "^C"),
        ("\u{1B}[200~y = 3\ny*2\u{1B}[201~\r", "y*2 = 6"), ("\u{4}", ""),
      ]
      let output = try dialogue(command, steps, in: folder)
      for (_, shown) in steps where !shown.isEmpty { #expect(output.contains(shown), "\(shown)") }
      let kept = try String(contentsOfFile: history, encoding: .utf8)
      #expect(kept == "f = sigmoid(a)\na = 0\na = 2\nx = (1 +\\n2)\n:explain f\ny = 3\\ny*2\n")
      let permissions = try FileManager.default.attributesOfItem(atPath: history)
      #expect(permissions[.posixPermissions] as? Int == 0o600)
    }
  }

  /// Sends keys to a command in a terminal, each after the answer to the one before, and returns all
  /// that the terminal shows.
  private func dialogue(
    _ command: String, _ steps: [(keys: String, answer: String)], in folder: URL
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/script")
    process.arguments = ["-qec", command, "/dev/null"]
    process.currentDirectoryURL = folder
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    // A dialogue that does not go on must not hold up the tests.
    DispatchQueue.global().asyncAfter(deadline: .now() + 30) { [process] in process.terminate() }
    var shown = try read(output, until: "\u{1B}[?2004h", "")
    for (keys, answer) in steps {
      let start = shown.count
      try input.fileHandleForWriting.write(contentsOf: Data(keys.utf8))
      shown = try read(output, until: answer, shown)
      // The prompt is drawn again, and raw mode is on, before the next keys come.
      if answer != "", keys.hasSuffix("\r") {
        shown = try read(output, until: "\u{1B}[?2004h", shown, from: start)
      }
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    return shown
  }

  /// Reads what is shown until `text` is in it, behind the first `start` characters.
  private func read(
    _ pipe: Pipe, until text: String, _ shown: String, from start: Int? = nil
  ) throws -> String {
    var all = shown
    let start = start ?? shown.count
    while !text.isEmpty, !all.dropFirst(start).contains(text) {
      let data = pipe.fileHandleForReading.availableData
      guard !data.isEmpty else { return all }
      all += String(decoding: data, as: UTF8.self)
    }
    return all
  }
}
