/// A command of the tool, as data.
///
/// Parsing, help, usage, suggestions, completions and the JSON dump all read it.
struct CommandDescription: Sendable {
  /// The word that names the command.
  let name: String
  /// What the command does, in one sentence.
  let abstract: String
  /// What more there is to say, or nothing.
  var discussion = ""
  /// The arguments that stand without an option's name, in order.
  var positionals: [PositionalDescription] = []
  /// The options that only this command and its relatives have.
  var options: [OptionDescription] = []
  /// Whether help and completions leave the command out.
  var isHidden = false
  /// Makes what is to be run from the arguments that were given.
  let makeInvocation: @Sendable (GatheredArguments) throws(UsageError) -> Invocation

  /// All options, those that every command understands last.
  var allOptions: [OptionDescription] { options + OptionDescription.universal }

  /// The command as it is typed: `bpc eval`, or `bpc` for the tool itself.
  var path: String {
    name == CommandTable.toolName ? name : "\(CommandTable.toolName) \(name)"
  }

  /// Returns the option with the long name `name`.
  func option(named name: some StringProtocol) -> OptionDescription? {
    allOptions.first { $0.name == name }
  }

  /// Returns the option with the short name `short`.
  func option(short: Character) -> OptionDescription? {
    allOptions.first { $0.short == short }
  }
}

/// An argument that stands without an option's name, as data.
struct PositionalDescription: Sendable {
  /// The name in angle brackets.
  let name: String
  /// What it is, in one sentence.
  let help: String
  /// What it may hold.
  let kind: ValueKind
  /// Whether it may be left out.
  var isOptional = false
  /// Whether it may be given any number of times.
  var isRepeatable = false
  /// The long name of the option that may be given in its place, and only in its place.
  var substitute: String?

  /// The argument as errors show it: `<file>`.
  var spelling: String { "<\(name)>" }

  /// Whether usage shows it in square brackets.
  var isOptionalInUsage: Bool { isOptional || substitute != nil }
}

/// What a value may hold, and so how it is checked and completed.
enum ValueKind: Equatable, Sendable {
  /// Any text.
  case text
  /// The path of a file, or `-`; completed with files of the extension, if there is one.
  case file(withExtension: String?)
  /// One of some words.
  case words([String])
  /// Any text, completed with some words.
  case suggestions([String])
  /// A name.
  case name
  /// Names with commas between them.
  case names
  /// A name, `=` and a value.
  case binding
  /// A whole number above 0.
  case count
  /// A whole number from 0 on.
  case whole
  /// A real number.
  case number
  /// A number of bytes, such as `64M`.
  case byteCount

  /// The words that completion offers.
  var completions: [String] {
    switch self {
    case .words(let words), .suggestions(let words): words
    default: []
    }
  }
}
