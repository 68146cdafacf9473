/// A shell that bpc writes completion scripts for.
enum CompletionShell: String, CaseIterable, Sendable {
  /// The Bourne again shell, from version 3.2 on.
  case bash
  /// The Z shell.
  case zsh
  /// The friendly interactive shell.
  case fish

  /// The script that makes the shell complete the commands of the table.
  var completionScript: String {
    let commands = CommandTable.commands.filter { !$0.isHidden }
    return switch self {
    case .bash: bashCompletionScript(for: commands)
    case .zsh: zshCompletionScript(for: commands)
    case .fish: fishCompletionScript(for: commands)
    }
  }
}

extension CommandDescription {
  /// The options that completion offers.
  var completedOptions: [OptionDescription] { allOptions.filter { !$0.isHidden } }

  /// The positional argument that completion can offer something for, if there is one.
  var completedPositional: PositionalDescription? {
    positionals.first { $0.kind.isCompleted }
  }
}

extension ValueKind {
  /// Whether completion has something to offer.
  var isCompleted: Bool {
    if case .file = self { return true }
    return !completions.isEmpty
  }
}

extension OptionDescription {
  /// The names as they are typed, the long one first.
  var spellings: [String] { [spelling, shortSpelling].compactMap { $0 } }
}

extension [String] {
  /// The lines, each ended, after `margin` blanks.
  func lines(margin: Int = 0) -> String {
    let blanks = String(repeating: " ", count: margin)
    return map { "\(blanks)\($0)\n" }.joined()
  }
}

extension String {
  /// The text in single quotes for a shell where `replacement` stands for a quote within them.
  func singleQuoted(quote replacement: String = "'\\''") -> String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: replacement)
      + "'"
  }
}
