extension UsageError {
  /// Returns an error for the option `spelling` of `argument`, which `command` does not have.
  static func unknownOption(
    _ spelling: String, of argument: String, for command: CommandDescription
  ) -> UsageError {
    // Without a command, the options of eval may be meant.
    let known = command.name == CommandTable.toolName ? CommandTable.eval : command
    if let long = known.option(named: argument.dropFirst().prefix { $0 != "=" }) {
      return UsageError(
        message: "Unknown option \(argument.quoted). Did you mean '\(long.spelling)'?")
    }
    if let option = known.option(meantBy: spelling) {
      return UsageError(
        message: "Unknown option \(spelling.quoted). Did you mean '\(option.spelling)'?")
    }
    let isLong = spelling.utf8.starts(with: "--".utf8)
    let names = isLong ? known.completedOptions.map(\.name) : []
    let suggestion = suggestion(for: String(spelling.dropFirst(2)), among: names, prefix: "--")
    return UsageError(message: "Unknown option \(spelling.quoted)" + suggestion)
  }

  /// Returns an error for a flag with a value.
  static func unexpectedValue(_ value: String, for spelling: String) -> UsageError {
    UsageError(
      message: "The option '\(spelling)' does not take any value, "
        + "but \(value.quoted) was specified.")
  }

  /// Returns an error for an option without its value, where `next` is what follows.
  static func missingValue(
    for option: OptionDescription, spelledAs spelling: String, next: String?
  ) -> UsageError {
    let usage = option.usage(spelledAs: spelling)
    var help = "\(usage)  \(option.help)"
    if let next, option.value?.kind.accepts(next) == true {
      help += "\n       A value that starts with '-' is written after '\(option.spelling)='."
    }
    return UsageError(message: "Missing value for '\(usage)'", help: help)
  }

  /// Returns an error for an option that cannot have the value `text`.
  static func invalid(
    _ text: String, for option: OptionDescription, spelledAs spelling: String
  ) -> UsageError {
    let usage = option.usage(spelledAs: spelling)
    let allowed = option.value?.kind.request ?? ""
    return UsageError(
      message: "The value \(text.quoted) is invalid for '\(usage)'"
        + suggestion(for: text, among: option.completions).sentence(before: allowed),
      help: "\(usage)  \(option.help)")
  }

  /// Returns an error for an option that was given before.
  static func repeatedOption(
    _ option: OptionDescription, spelledAs spelling: String
  ) -> UsageError {
    UsageError(
      message: "The option '\(option.usage(spelledAs: spelling))' was given more than once.")
  }

  /// Returns an error for a positional argument beside the option that replaces it.
  static func excluded(_ argument: String, by option: OptionDescription) -> UsageError {
    UsageError(
      message: "The argument \(argument.quoted) and the option '\(option.usage)' "
        + "exclude each other.")
  }

  /// Returns an error for two options that cannot stand together.
  static func excluded(_ option: OptionDescription, by other: OptionDescription) -> UsageError {
    UsageError(message: "The options '\(option.usage)' and '\(other.usage)' exclude each other.")
  }

  /// Returns an error for an option that means nothing without one of `companions`.
  static func missingCompanion(
    of option: OptionDescription, among companions: [OptionDescription]
  ) -> UsageError {
    let needed = companions.map { "'\($0.usage)'" }.joined(separator: " or ")
    return UsageError(message: "The option '\(option.usage)' needs \(needed).")
  }
}

extension String {
  /// The suggestion and the list of what is allowed, as far as there are any.
  fileprivate func sentence(before list: String) -> String {
    list.isEmpty ? self : isEmpty ? ". \(list)" : "\(self) \(list)"
  }
}

extension CommandDescription {
  /// Returns the option that other tools call `spelling`.
  fileprivate func option(meantBy spelling: String) -> OptionDescription? {
    guard spelling.utf8.starts(with: "--".utf8) else { return nil }
    return options.first { $0.synonyms.contains(String(spelling.dropFirst(2))) }
  }
}

extension ValueKind {
  /// The request for a value of this kind, or nothing where every text is one.
  fileprivate var request: String {
    switch self {
    case .text, .file, .binding: ""
    case .words(let words), .suggestions(let words): words.listed
    case .name: "Please provide a name."
    case .names: "Please provide names with commas between them, such as 'a,b'."
    case .count: "Please provide a whole number from 1 on, such as 100 or 1e4."
    case .whole: "Please provide a whole number from 0 on, such as 100 or 1e4."
    case .number: "Please provide a number, such as 0.01."
    case .byteCount: "Please provide a size, such as 64M or 2G."
    }
  }
}

extension [String] {
  /// The request for one of these words, or nothing if there are none.
  fileprivate var listed: String {
    let words = map { "'\($0)'" }
    guard let last = words.last else { return "" }
    switch count {
    case ...2: return "Please provide one of \(words.joined(separator: " and "))."
    case ...5:
      return "Please provide one of \(words.dropLast().joined(separator: ", ")) or \(last)."
    default: return "Please provide one of the following:" + map { "\n  - \($0)" }.joined()
    }
  }
}
