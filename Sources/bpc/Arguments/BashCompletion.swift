/// Returns the script that makes bash complete `commands`.
func bashCompletionScript(for commands: [CommandDescription]) -> String {
  """
  #!/bin/bash

  _bpc_offer() {
      local entry
      while IFS='' read -r entry; do
          COMPREPLY+=("$entry")
      done < <(compgen "$@" -- "$current")
  }

  _bpc() {
      local current="${COMP_WORDS[COMP_CWORD]}" previous="" command="\(CommandTable.eval.name)"
      COMPREPLY=()
      if ((COMP_CWORD > 0)); then
          previous="${COMP_WORDS[COMP_CWORD - 1]}"
      fi
      # Bash takes '--format=json' for three words.
      if [[ "$current" == "=" ]]; then
          current=""
      elif [[ "$previous" == "=" ]] && ((COMP_CWORD > 1)); then
          previous="${COMP_WORDS[COMP_CWORD - 2]}"
      fi
      if ((COMP_CWORD == 1)); then
          _bpc_offer -W '\(firstWords(commands))'
  \(offers(.file(withExtension: "bp")).lines(margin: 8))\
          return
      fi
      case "${COMP_WORDS[1]}" in
      \(commands.map(\.name).joined(separator: " | ")))
          command="${COMP_WORDS[1]}"
          ;;
      esac
      case "$command $previous" in
  \(commands.flatMap(valueCases).lines(margin: 4))\
      esac
      case "$command $current" in
  \(commands.flatMap(optionCase).lines(margin: 4))\
  \(commands.flatMap(positionalCase).lines(margin: 4))\
      esac
  }

  complete -o filenames -F _bpc bpc

  """
}

/// Returns the words that can follow the name of the tool, files aside.
private func firstWords(_ commands: [CommandDescription]) -> String {
  let options = CommandTable.root.completedOptions.flatMap(\.spellings)
  return (commands.map(\.name) + options).joined(separator: " ")
}

/// Returns the cases that complete the values of the command's options.
private func valueCases(_ command: CommandDescription) -> [String] {
  command.completedOptions.flatMap { option -> [String] in
    guard let value = option.value else { return [] }
    let patterns = option.spellings.map { "'\(command.name) \($0)'" }
    let body = (offers(value.kind) + ["return"]).map { "    \($0)" }
    return [patterns.joined(separator: " | ") + ")"] + body + ["    ;;"]
  }
}

/// Returns the case that completes the names of the command's options.
private func optionCase(_ command: CommandDescription) -> [String] {
  let words = command.completedOptions.flatMap(\.spellings).joined(separator: " ")
  return ["'\(command.name) -'*)", "    _bpc_offer -W '\(words)'", "    ;;"]
}

/// Returns the case that completes the command's positional argument, if it can be completed.
private func positionalCase(_ command: CommandDescription) -> [String] {
  guard let positional = command.completedPositional else { return [] }
  return ["'\(command.name) '*)"] + offers(positional.kind).map { "    \($0)" } + ["    ;;"]
}

/// Returns the statements that offer the values of `kind`.
private func offers(_ kind: ValueKind) -> [String] {
  switch kind {
  case .file(let suffix?): ["_bpc_offer -f -X '!*.\(suffix)'", "_bpc_offer -d"]
  case .file: ["_bpc_offer -f"]
  case _ where kind.isCompleted: ["_bpc_offer -W '\(kind.completions.joined(separator: " "))'"]
  default: []
  }
}
