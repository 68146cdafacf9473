import BPIR
import BPLexer

/// A mistake in the arguments.
struct UsageError: Error, Equatable {
  /// What is wrong.
  let message: String
  /// The argument that is concerned, with what it is for, or nothing.
  var help = ""
}

extension UsageError {
  /// Returns an error for a word that is neither a command nor a file.
  static func unknownCommand(_ word: String) -> UsageError {
    let names = CommandTable.commands.lazy.filter { !$0.isHidden }.map(\.name)
    let suggestion = suggestion(for: word, among: names)
    let isExpression = suggestion.isEmpty && word.looksLikeExpression
    return UsageError(
      message: "Unknown subcommand \(word.quoted)" + suggestion,
      help: isExpression ? "An expression follows -e: bpc -e \(word.quoted)" : "")
  }

  /// Returns an error for something that cannot be explained.
  static func unknownTopic(_ word: String) -> UsageError {
    let topics = CommandTable.command(named: "help")?.positionals.first
    return UsageError(
      message: "Unknown topic \(word.quoted)"
        + (FunctionPage.foreign(word).map { ". Did you mean '\($0)'?" }
          ?? suggestion(for: word, among: topics?.kind.completions ?? [])),
      help: topics.map { "\($0.spelling)  \($0.help)" } ?? "")
  }

  /// Returns an error for a positional argument that is not there.
  static func missingArgument(_ positional: PositionalDescription) -> UsageError {
    let synopsis = positional.isRepeatable ? "\(positional.spelling) ..." : positional.spelling
    return UsageError(
      message: "Missing expected argument '\(synopsis)'",
      help: "\(positional.spelling)  \(positional.help)\(positional.substituteHint)")
  }

  /// Returns an error for a positional argument that cannot be `text`.
  static func invalid(_ text: String, for positional: PositionalDescription) -> UsageError {
    UsageError(
      message: "The value \(text.quoted) is invalid for '\(positional.spelling)'",
      help: "\(positional.spelling)  \(positional.help)")
  }

  /// Returns an error for a second value of a name.
  static func repeatedBinding(_ binding: Binding) -> UsageError {
    UsageError(message: "The value of \(binding.name.quoted) was given more than once.")
  }

  /// Returns the question whether the nearest of `candidates`, typed after `prefix`, was meant.
  static func suggestion(
    for word: String, among candidates: some Sequence<String>, prefix: String = ""
  ) -> String {
    nearest(to: word, among: candidates).map { ". Did you mean '\(prefix)\($0)'?" } ?? ""
  }

  /// Returns the whole text for a mistake in the arguments of `command`.
  func text(for command: CommandDescription) -> String {
    let helpLine = help.isEmpty ? "" : "Help:  \(help)\n"
    return "Error: \(message)\n" + helpLine + "Usage: \(command.usage)\n"
      + "  See '\(command.path) --help' for more information.\n"
  }
}

extension PositionalDescription {
  /// What else may be given, if something may.
  fileprivate var substituteHint: String {
    substitute == nil ? "" : "\n       An expression in its place follows -e."
  }
}

extension String {
  /// Whether the text, which is to name a file, rather is an expression.
  var looksLikeExpression: Bool {
    !hasSuffix(".bp") && unicodeScalars.contains { "=()[]{}+*^<>; ".unicodeScalars.contains($0) }
      && unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// The text in quotes, with control characters made visible.
  var quoted: String {
    var text = "'"
    for scalar in unicodeScalars {
      if scalar.properties.generalCategory == .control {
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}
