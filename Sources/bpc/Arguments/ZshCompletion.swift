/// Returns the script that makes zsh complete `commands`.
func zshCompletionScript(for commands: [CommandDescription]) -> String {
  """
  #compdef bpc

  _bpc() {
      local context state state_descr line
      typeset -A opt_args
      local -a commands
      commands=(
  \(commands.map { describedWord($0.name, $0.abstract) }.lines(margin: 8))\
      )
      _arguments -C \\
  \(specifications(CommandTable.root, margin: 8))\
          '1: :->command' \\
          '*:: :->arguments'
      case "$state" in
      command)
          _describe -t commands subcommand commands
          _files -g '*.bp'
          ;;
      arguments)
          case "$words[1]" in
          \(commands.map(\.name).joined(separator: " | ")))
              "_bpc_$words[1]"
              ;;
          *)
              _bpc_\(CommandTable.eval.name)
              ;;
          esac
          ;;
      esac
  }

  \(commands.map(function).joined(separator: "\n"))
  if [[ "$funcstack[1]" == _bpc ]]; then
      _bpc "$@"
  else
      compdef _bpc bpc
  fi

  """
}

/// Returns the function that completes the arguments of `command`.
private func function(_ command: CommandDescription) -> String {
  """
  _bpc_\(command.name)() {
      _arguments -S \\
  \(specifications(command, margin: 8))\
  \(command.positionals.map { specification($0) + " \\" }.lines(margin: 8))\
          && return 0
  }

  """
}

/// Returns the lines that describe the options of `command`.
private func specifications(_ command: CommandDescription, margin: Int) -> String {
  command.completedOptions.map { specification($0) + " \\" }.lines(margin: margin)
}

/// Returns the description of `option`, which its other spelling excludes unless it is repeatable.
private func specification(_ option: OptionDescription) -> String {
  let hasValue = option.value != nil
  let long = option.spelling + (hasValue ? "=" : "")
  let value = option.value.map { ":\($0.name):\(action($0.kind))" } ?? ""
  let text = "[\(escaped(option.help))]" + value
  let start = option.isRepeatable ? "*" : "(\(option.spellings.joined(separator: " ")))"
  guard let short = option.shortSpelling else { return (start + long + text).singleQuoted() }
  let names = "{\(short)\(hasValue ? "+" : ""),\(long)}"
  return start.singleQuoted() + names + text.singleQuoted()
}

/// Returns the description of `positional`.
private func specification(_ positional: PositionalDescription) -> String {
  let place = positional.isRepeatable ? "*" : "1"
  return "\(place):\(escaped(positional.name)):\(action(positional.kind))".singleQuoted()
}

/// Returns what zsh does to complete a value of `kind`.
private func action(_ kind: ValueKind) -> String {
  switch kind {
  case .file(let suffix?): "_files -g \"*.\(suffix)\""
  case .file: "_files"
  default: kind.isCompleted ? "(\(kind.completions.joined(separator: " ")))" : " "
  }
}

/// Returns a word with its description, as `_describe` reads them.
private func describedWord(_ word: String, _ description: String) -> String {
  "\(word):\(description)".singleQuoted()
}

/// Returns `text` with what ends a description made harmless.
private func escaped(_ text: String) -> String {
  text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
}
