/// A command of the REPL, which starts with a colon.
struct ReplCommand {
  /// The commands; the start of a name that no other shares is enough.
  enum Name: String, CaseIterable {
    case gradient = "grad"
    case explain, graph, plot, check, train, help, quit, reset, type, vars, load, save, time

    /// What follows the name, and what `:help` says.
    var usage: (argument: String, sentence: String) {
      switch self {
      case .gradient: ("[EXPRESSION]", "the value and its derivatives")
      case .explain: ("[EXPRESSION] …", "the chain rule step by step; with --rate 0.1 a step")
      case .check: ("[EXPRESSION]", "the derivatives against differences")
      case .graph: ("[EXPRESSION] …", "what is computed of what; -o F.html is a page")
      case .plot: ("[EXPRESSION] x=0..1", "the curve of it; with -o F.svg a picture")
      case .train: ("[EXPRESSION] …", "where it is least: --rate 0.1 --epochs 100, and so on")
      case .help: ("", "this list")
      case .quit: ("", "leaves; so does Ctrl-D")
      case .reset: ("", "forgets everything")
      case .type: ("EXPRESSION", "what kind of value it is")
      case .vars: ("", "the names and their values")
      case .load: ("FILE", "enters the statements of a file")
      case .save: ("FILE", "writes what was entered to a file")
      case .time: ("[EXPRESSION]", "how long the value and its derivatives take")
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
    case .save: return save(session)
    case .time: return session.time(of: argument)
    case .explain, .graph, .plot, .check, .train: return Session.Reply()
    }
  }

  /// Returns the command of the tool that does what is asked; nil where the session itself does it.
  func toolLine(_ session: Session) -> [String]? {
    switch name {
    case .explain: session.toolLine(["explain"], argument)
    case .graph: session.toolLine(["graph"], argument)
    case .plot: session.toolLine(["plot"], argument)
    case .check: session.toolLine(["grad", "--check"], argument)
    case .train: session.toolLine(["train"], argument)
    default: nil
    }
  }

  private func save(_ session: Session) -> Session.Reply {
    guard !argument.isEmpty else { return Session.Reply(complaint: "':save' needs a file\n") }
    do throws(OutputFailure) {
      try writeFile(Array(session.saved.utf8), to: argument)
      return Session.Reply()
    } catch {
      return Session.Reply(complaint: (error.message ?? "") + "\n")
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
