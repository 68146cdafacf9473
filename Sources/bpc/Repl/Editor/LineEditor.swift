#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reads entries from a terminal, with a cursor, a history and completion.
struct LineEditor {
  /// Whether an entry goes on in a further line.
  let goesOn: (String) -> Bool
  /// Returns the words that start with a text.
  let completions: (String) -> [String]
  private(set) var history: EntryHistory
  private var buffer = EntryBuffer()
  /// On which row of what was drawn the cursor stands.
  private var row = 0

  private static let prompt = "bpc> "
  private static let continuation = "...> "

  init(
    _ history: EntryHistory, goesOn: @escaping (String) -> Bool,
    completions: @escaping (String) -> [String]
  ) {
    self.history = history
    self.goesOn = goesOn
    self.completions = completions
  }

  /// What reading an entry came to.
  enum Outcome: Equatable {
    /// An entry, and whether it is new in the history.
    case entry(String, isNew: Bool)
    /// The end of the dialogue.
    case end
    /// The terminal gives no keys.
    case noTerminal
  }

  /// Reads an entry.
  mutating func read() -> Outcome {
    guard let terminal = RawTerminal() else { return .noTerminal }
    let decoder = KeyDecoder(
      nextByte: { terminal.nextByte() }, isByteWaiting: { terminal.isByteWaiting() })
    buffer = EntryBuffer()
    row = 0
    draw()
    while let key = decoder.next() {
      if let outcome = handle(key, decoder, terminal) { return outcome }
      draw()
    }
    return .end
  }

  // MARK: - Keys

  /// Does what `key` says; returns what reading came to, if it is over.
  private mutating func handle(
    _ key: Key, _ decoder: KeyDecoder, _ terminal: borrowing RawTerminal
  ) -> Outcome? {
    switch key {
    case .enter: return accept()
    case .endOfInput:
      guard buffer.characters.isEmpty else {
        _ = buffer.edit(.delete)
        return nil
      }
      leaveEntry()
      return .end
    case .interrupt: startAgain()
    case .suspend:
      terminal.suspend()
      row = 0
    case .tab: complete()
    case .search: search(decoder)
    case .clearScreen:
      writeToTerminal("\u{1B}[H\u{1B}[2J")
      row = 0
    case .up where buffer.isOnFirstLine:
      if let entry = history.previous(buffer.text) { buffer.replace(with: entry) }
    case .down where buffer.isOnLastLine:
      if let entry = history.next() { buffer.replace(with: entry) }
    default: _ = buffer.edit(key)
    }
    return nil
  }

  private mutating func accept() -> Outcome? {
    let text = buffer.text
    // A blank line ends what would go on.
    let isEnded =
      text.split(separator: "\n", omittingEmptySubsequences: false).last?.isEmpty == true
    if goesOn(text), !isEnded {
      _ = buffer.edit(.end)
      buffer.insert("\n")
      return nil
    }
    leaveEntry()
    return .entry(text, isNew: history.add(text))
  }

  /// Leaves an entry that Ctrl-C broke off, and starts another.
  private mutating func startAgain() {
    writeToTerminal("^C")
    leaveEntry()
    buffer = EntryBuffer()
    row = 0
  }

  /// Moves the cursor behind the entry.
  private mutating func leaveEntry() {
    let (lines, row, _) = view.screen
    let down = lines.count - 1 - row
    writeToTerminal((down > 0 ? "\u{1B}[\(down)B" : "") + "\r\n")
  }

  private mutating func complete() {
    let word = buffer.wordBeforeCursor
    let words = completions(word)
    guard let first = words.first else { return }
    let common = words.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    if common.count > word.count { return buffer.complete(with: common) }
    guard words.count > 1 else { return }
    leaveEntry()
    writeToTerminal(words.joined(separator: "  ") + "\r\n")
    row = 0
  }

  /// Searches the history backward while text is typed; Enter or a cursor key takes what was found.
  private mutating func search(_ decoder: KeyDecoder) {
    let former = buffer
    var (text, end) = ("", history.entries.count)
    while true {
      let head = "\r\u{1B}[J(search '\(text)') "
      writeToTerminal(head + buffer.text.split(separator: "\n").joined(separator: " ⏎ "))
      guard let key = decoder.next() else { return }
      switch key {
      case .character(let character): (text, end) = (text + String(character), end + 1)
      case .backspace: (text, end) = (String(text.dropLast()), history.entries.count)
      case .search: break
      case .interrupt, .escape:
        buffer = former
        return
      default:
        row = 0
        writeToTerminal("\r\u{1B}[J")
        return
      }
      guard let found = history.search(text, before: end) else { continue }
      end = found.number
      buffer.replace(with: found.entry)
    }
  }

  // MARK: - Drawing

  private var view: EntryView {
    EntryView(
      buffer: buffer, prompt: LineEditor.prompt, continuation: LineEditor.continuation,
      width: terminalWidth(of: STDOUT_FILENO), height: terminalHeight(of: STDOUT_FILENO))
  }

  private mutating func draw() {
    let view = view
    writeToTerminal(view.drawing(from: row))
    row = view.screen.row
  }
}

extension String {
  /// Returns what both texts start with.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
