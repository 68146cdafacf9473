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

  /// Answers an entry, and returns whether the dialogue goes on.
  private func handle(_ entry: String, _ session: inout Session) -> Bool {
    let trimmed = entry.trimmed
    var reply = Session.Reply()
    if trimmed.hasPrefix(":") {
      guard let command = ReplCommand(trimmed) else {
        writeToStandardError("unknown command; ':help' lists the commands\n")
        return true
      }
      if command.name == .quit { return false }
      reply = interruptible { command.run(&session) }
    } else {
      reply = interruptible { session.enter(entry) }
    }
    output.write(reply.output)
    output.flush()
    if !reply.complaint.isEmpty { writeToStandardError(reply.complaint) }
    return true
  }
}

/// A command of the REPL, which starts with a colon.
struct ReplCommand {
  /// The commands; the start of a name that no other shares is enough.
  enum Name: String, CaseIterable {
    case gradient = "grad"
    case help, quit, reset, type, vars, load

    /// What follows the name, and what `:help` says.
    var usage: (argument: String, sentence: String) {
      switch self {
      case .gradient: ("[EXPRESSION]", "the value and its derivatives")
      case .help: ("", "this list")
      case .quit: ("", "leaves; so does Ctrl-D")
      case .reset: ("", "forgets everything")
      case .type: ("EXPRESSION", "what kind of value it is")
      case .vars: ("", "the names and their values")
      case .load: ("FILE", "enters the statements of a file")
      }
    }
  }

  let name: Name
  let argument: String

  /// Creates the command that `text` spells, or nil when there is none.
  init?(_ text: String) {
    let body = text.dropFirst()
    let word = body.prefix { !$0.isWhitespace }
    argument = String(body.dropFirst(word.count)).trimmed
    let matches = Name.allCases.filter { $0.rawValue.hasPrefix(word) }
    if let exact = matches.first(where: { $0.rawValue == word }) {
      name = exact
    } else if matches.count == 1, !word.isEmpty {
      name = matches[0]
    } else {
      return nil
    }
  }

  /// Carries the command out.
  func run(_ session: inout Session) -> Session.Reply {
    switch name {
    case .gradient: return session.gradient(of: argument)
    case .help: return Session.Reply(output: ReplCommand.help)
    case .quit: return Session.Reply()
    case .reset:
      session = Repl.newSession
      return Session.Reply()
    case .type: return session.type(of: argument)
    case .vars: return session.variables()
    case .load: return load(&session)
    }
  }

  private func load(_ session: inout Session) -> Session.Reply {
    do throws(InputFailure) {
      let bytes = try readAll(InputFile(argument: argument))
      return session.enter(String(decoding: bytes, as: UTF8.self))
    } catch {
      return Session.Reply(complaint: error.message + "\n")
    }
  }

  private static let help =
    """
    Enter definitions (f = sigmoid(c*(a+b))) and expressions. A name that is used and not defined
    waits for its value: a = 1.

    """
    + Name.allCases.map { name in
      let head = "  :\(name.rawValue) \(name.usage.argument)"
      return head + String(repeating: " ", count: max(2, 24 - head.count)) + name.usage.sentence
        + "\n"
    }.joined()
}

extension String {
  /// The text without white space at both ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension Source {
  /// Whether the text ends inside brackets or after something that asks for more.
  fileprivate var goesOn: Bool {
    let tokens = tokenize(self).tokens.tokens
    var depth = 0
    for token in tokens {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      default: break
      }
    }
    guard let last = tokens.dropLast().last else { return false }
    switch last.kind {
    case .plus, .minus, .star, .slash, .percent, .at, .power, .equal, .equalEqual, .notEqual, .less,
      .lessEqual, .greater, .greaterEqual, .comma, .colon, .and, .or, .not:
      return true
    default: return depth > 0
    }
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
