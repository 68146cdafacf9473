/// Returns the script that makes fish complete `commands`.
func fishCompletionScript(for commands: [CommandDescription]) -> String {
  """
  function __bpc_command
      set -l words (commandline -opc)
      if test (count $words) -lt 2
          echo \(CommandTable.toolName)
      else if contains -- $words[2] \(commands.map(\.name).joined(separator: " "))
          echo $words[2]
      else
          echo \(CommandTable.eval.name)
      end
  end

  complete -c bpc -f
  \(commands.map(subcommandLine).lines())\
  \(lines(CommandTable.root).lines())\
  \(line(CommandTable.root, offering: .file(withExtension: "bp")).lines())\
  \(commands.flatMap(lines).lines())
  """
}

/// Returns the line that completes the name of `command`.
private func subcommandLine(_ command: CommandDescription) -> String {
  "\(start(CommandTable.root)) -a \(command.name) -d \(quoted(command.abstract))"
}

/// Returns the lines that complete the arguments of `command`.
private func lines(_ command: CommandDescription) -> [String] {
  command.completedOptions.map { line(command, $0) }
    + command.positionals.flatMap { line(command, offering: $0.kind) }
}

/// Returns the line that completes `option` of `command`.
private func line(_ command: CommandDescription, _ option: OptionDescription) -> String {
  let names = (option.short.map { "-s \($0) " } ?? "") + "-l \(option.name)"
  let value = option.value.map { " \(parameter($0.kind))" } ?? ""
  return "\(start(command)) \(names)\(value) -d \(quoted(option.help))"
}

/// Returns the line that offers positional arguments of `kind`, if they can be completed.
private func line(_ command: CommandDescription, offering kind: ValueKind) -> [String] {
  switch kind {
  case .file(let suffix?): ["\(start(command)) -k -a '(__fish_complete_suffix .\(suffix))'"]
  case .file: ["\(start(command)) -F"]
  default: kind.isCompleted ? ["\(start(command)) -a \(words(kind))"] : []
  }
}

/// Returns the parameters for an option's value of `kind`.
private func parameter(_ kind: ValueKind) -> String {
  if case .file = kind { return "-r -F" }
  return kind.isCompleted ? "-x -a \(words(kind))" : "-x"
}

/// Returns the start of a line that holds for `command` only.
private func start(_ command: CommandDescription) -> String {
  "complete -c bpc -n 'test (__bpc_command) = \(command.name)'"
}

/// Returns the words that are offered for `kind`.
private func words(_ kind: ValueKind) -> String {
  quoted(kind.completions.joined(separator: " "))
}

/// Returns `text` in single quotes for fish.
private func quoted(_ text: String) -> String {
  text.singleQuoted(quote: "\\'")
}
