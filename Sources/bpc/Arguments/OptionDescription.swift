/// An option or a flag, as data.
struct OptionDescription: Sendable {
  /// The long name, without dashes.
  let name: String
  /// The short name, without its dash.
  var short: Character?
  /// What it does, in one sentence.
  let help: String
  /// The value that follows, or nil for a flag.
  var value: Value?
  /// Whether it may be given more than once.
  var isRepeatable = false
  /// Whether help and completions leave it out.
  var isHidden = false
  /// The long names of options that cannot stand beside it.
  var excludes: [String] = []
  /// The long names of options of which one must stand beside it, if there are any.
  var needs: [String] = []
  /// What other tools call such an option, for suggestions.
  var synonyms: [String] = []
  /// What is printed in place of running the command, if the option asks for that.
  var request: Request?

  /// The value of an option.
  struct Value: Sendable {
    /// The name in angle brackets.
    let name: String
    /// What it may hold.
    let kind: ValueKind
    /// The value when the option is not given, as help shows it.
    var defaultText: String?
  }

  /// A text that an option asks for.
  enum Request: Sendable {
    /// How the command is used.
    case help
    /// The same, with what is hidden otherwise.
    case hiddenHelp
    /// The version of the tool.
    case version
    /// The command as JSON.
    case dump
    /// The completion script of a shell.
    case completionScript
  }
}

extension OptionDescription {
  /// The words that completion offers for the value.
  var completions: [String] { value?.kind.completions ?? [] }

  /// The option as it is preferably typed: `--format`.
  var spelling: String { "--\(name)" }

  /// The short name as it is typed, if there is one.
  var shortSpelling: String? { short.map { "-\($0)" } }

  /// The option with its value: `--format <format>`.
  var usage: String { usage(spelledAs: spelling) }

  /// Returns the option with its value when it is typed as `spelling`.
  func usage(spelledAs spelling: String) -> String {
    value.map { "\(spelling) <\($0.name)>" } ?? spelling
  }
}
