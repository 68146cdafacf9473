/// A command with the arguments that follow its name.
typealias CommandChoice = (command: CommandDescription, arguments: ArraySlice<String>)

/// Returns the command that `arguments` are for, with those of them that it is to read.
func chooseCommand(_ arguments: [String], isTerminal: Bool) throws(UsageError) -> CommandChoice {
  guard let first = arguments.first else { return choiceWithoutArguments(isTerminal: isTerminal) }
  if first.asksRoot { return choiceAfterRootOptions(arguments) }
  if let command = CommandTable.command(named: first) { return (command, arguments.dropFirst()) }
  if first.isOption, !first.isOptionOfEval { return (CommandTable.root, arguments[...]) }
  guard first.isOption || first.namesProgram else { throw .unknownCommand(first) }
  return (CommandTable.eval, arguments[...])
}

/// Returns the choice of `bpc` alone: a session on a terminal, a script on a pipe.
private func choiceWithoutArguments(isTerminal: Bool) -> CommandChoice {
  let repl = isTerminal ? CommandTable.command(named: "repl") : nil
  return repl.map { ($0, []) } ?? (CommandTable.eval, ["-"])
}

/// Returns the choice when options of the tool itself come first: `bpc --help eval` is about `eval`.
private func choiceAfterRootOptions(_ arguments: [String]) -> CommandChoice {
  let options = arguments.prefix(while: \.asksRoot)
  let rest = arguments[options.endIndex...]
  let command = rest.first.flatMap(CommandTable.command(named:))
  return command.map { ($0, options + rest.dropFirst()) } ?? (CommandTable.root, arguments[...])
}

extension String {
  /// Whether the argument is an option of the tool itself.
  fileprivate var asksRoot: Bool {
    OptionDescription.universal.contains { $0.spelling == optionName || $0.shortSpelling == self }
  }

  /// Whether the argument is an option that may stand before a program without a command, or ends
  /// the options.
  fileprivate var isOptionOfEval: Bool {
    self == "--"
      || CommandTable.eval.allOptions.contains {
        $0.spelling == optionName || $0.shortSpelling == String(prefix(2))
      }
  }

  /// The argument without a value after `=`.
  private var optionName: String { String(unicodeScalars.prefix { $0 != "=" }) }

  /// Whether the argument cannot be a command, and so belongs to a program.
  fileprivate var namesProgram: Bool {
    self == "-" || unicodeScalars.contains { $0 == "." || $0 == "/" } || Binding(self) != nil
  }
}
