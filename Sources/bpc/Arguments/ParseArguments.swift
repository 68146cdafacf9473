/// Returns what `arguments`, which do not include the tool's own name, ask for.
///
/// - Parameters:
///   - arguments: The arguments of the process.
///   - isTerminal: Whether standard input is a terminal.
///   - width: The number of columns that help may take.
func parseArguments(
  _ arguments: [String], isTerminal: Bool, width: Int = 80
) -> ParsedArguments {
  do throws(UsageError) {
    let (command, rest) = try chooseCommand(arguments, isTerminal: isTerminal)
    return parse(rest, of: command, width: width)
  } catch {
    return .usageError(error.text(for: CommandTable.root))
  }
}

/// Returns what `arguments`, which follow the name of `command`, ask for.
private func parse(
  _ arguments: ArraySlice<String>, of command: CommandDescription, width: Int
) -> ParsedArguments {
  var gatherer = ArgumentGatherer(arguments, of: command)
  gatherer.gather()
  do throws(UsageError) {
    if let text = try gatherer.requestedText(width: width) { return .print(text) }
    if let error = gatherer.firstError { throw error }
    if let error = command.brokenRule(in: gatherer.gathered) { throw error }
    return .run(try command.makeInvocation(gatherer.gathered))
  } catch {
    return .usageError(error.text(for: command))
  }
}

extension ArgumentGatherer {
  /// Returns the text that the arguments ask for in place of running the command, if they do.
  fileprivate func requestedText(width: Int) throws(UsageError) -> String? {
    switch request {
    case .help: command.help(width: width)
    case .hiddenHelp: command.help(width: width, showsHidden: true)
    case .version: "\(CommandTable.version)\n"
    case .dump: command.dump
    case .completionScript: try completionScript()
    case nil: topicHelp(width: width)
    }
  }

  /// Returns the completion script of the shell that was asked for.
  private func completionScript() throws(UsageError) -> String? {
    if let firstError { throw firstError }
    let shell: CompletionShell? = gathered.word("generate-completion-script")
    return shell?.completionScript
  }

  /// Returns the help of the command that `bpc help` is asked about, if it is a command.
  private func topicHelp(width: Int) -> String? {
    guard command.name == "help", firstError == nil else { return nil }
    guard let topic = gathered.value("topic") else { return CommandTable.root.help(width: width) }
    return CommandTable.command(named: topic)?.help(width: width)
  }
}
