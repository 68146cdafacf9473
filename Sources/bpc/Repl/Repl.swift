import BPLexer
import BPParser

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// `bpc repl`: a dialogue that reads statements, expressions and commands line by line.
struct Repl {
  private let output: BufferedOutput
  private let isInteractive = isTerminal(STDIN_FILENO)

  init(_ arguments: ReplArguments, _ output: BufferedOutput) { self.output = output }

  func run() {
    var session = Repl.newSession
    say("bpc \(CommandTable.version)   :help for help, :quit to leave\n")
    if isInteractive, isTerminal(STDOUT_FILENO), environmentVariable("TERM") != "dumb" {
      return edit(&session)
    }
    var entry = ""
    while let line = prompt(entry.isEmpty ? "bpc> " : "...> ") {
      entry += entry.isEmpty ? line : "\n" + line
      if !line.isEmpty, Source(name: "<repl>", text: entry).goesOn { continue }
      guard handle(entry, &session) else { return }
      entry = ""
    }
    if !entry.isEmpty { _ = handle(entry, &session) }
    say("\n")
  }

  /// Reads entries with a cursor, a history and completion.
  private func edit(_ session: inout Session) {
    let file = HistoryFile()
    var history = file.history
    while true {
      let current = session
      var editor = LineEditor(
        history, goesOn: { Source(name: "<repl>", text: $0).goesOn },
        completions: { Repl.completions(of: $0, current.words) })
      switch editor.read() {
      case .entry(let entry, let isNew):
        history = editor.history
        if isNew { file.add(entry) }
        guard handle(entry, &session) else { return }
      case .end, .noTerminal: return
      }
    }
  }

  /// Returns the commands or `words` that start with `start`.
  static func completions(of start: String, _ words: [String]) -> [String] {
    let all = start.first == ":" ? ReplCommand.Name.allCases.map { ":\($0.rawValue)" } : words
    return start.isEmpty ? [] : all.filter { $0.hasPrefix(start) }.sorted()
  }

  /// A session in which Ctrl-C stops what runs.
  static var newSession: Session { Session(isInterrupted: { bpc.isInterrupted }) }

  /// Writes what only a person wants to read.
  private func say(_ text: String) {
    guard isInteractive else { return }
    output.write(text)
    output.flush()
  }

  private func prompt(_ text: String) -> String? {
    say(text)
    return readLine()
  }

  /// Answers an entry, in which lines that start with a colon are commands, and returns whether the dialogue
  /// goes on.
  private func handle(_ entry: String, _ session: inout Session) -> Bool {
    var statements: [Substring] = []
    for line in entry.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.drop(while: \.isWhitespace).first == ":" else {
        statements.append(line)
        continue
      }
      guard answer(statements.joined(separator: "\n"), &session), answer(String(line), &session)
      else { return false }
      statements = []
    }
    return answer(statements.joined(separator: "\n"), &session)
  }

  /// Answers statements or one command, and returns whether the dialogue goes on.
  private func answer(_ entry: String, _ session: inout Session) -> Bool {
    let trimmed = entry.trimmed
    var reply = Session.Reply()
    if trimmed.hasPrefix(":") {
      guard let command = ReplCommand(trimmed) else {
        writeToStandardError("unknown command; ':help' lists the commands\n")
        return true
      }
      if command.name == .quit { return false }
      if let line = command.toolLine(session) {
        interruptible { runTool(line, &session) }
        return true
      }
      reply = interruptible { command.run(&session) }
    } else if let hint = session.hint(trimmed) {
      reply.complaint = hint
    } else {
      reply = interruptible { session.enter(entry) }
    }
    output.write(reply.output)
    output.flush()
    if !reply.complaint.isEmpty { writeToStandardError(reply.complaint) }
    return true
  }

  /// Runs a command of the tool, and has the session keep what it trains.
  private func runTool(_ arguments: [String], _ session: inout Session) {
    let width = terminalWidth(of: STDOUT_FILENO)
    var trained: [NamedTensor] = []
    var reporter: Reporter?
    switch parseArguments(arguments, isTerminal: true, width: width) {
    case .print(let text): output.write(text)
    case .run(let invocation):
      reporter = invocation.reporter
      _ = bpc.run(invocation, output) { trained = $0 }
    case .usageError(let text): writeToStandardError(text)
    }
    output.flush()
    if let sentence = session.take(trained) { reporter?.note(sentence) }
  }
}

extension SyntaxTree {
  /// Whether a statement at top level gives a value.
  var hasValues: Bool {
    var index = 0
    while index < nodes.count {
      let node = nodes[index]
      if node.kind == .function {
        index = functions[Int(node.payload)].body.upperBound + 1
        continue
      }
      if [.define, .defineElement, .expression].contains(node.kind) { return true }
      index += 1
    }
    return false
  }
}
