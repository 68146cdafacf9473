import Testing

@testable import bpc

/// What holds for every entry of the table, those to come included.
struct CommandTableTests {
  /// Every option of every command.
  static let entries = CommandTable.commands.flatMap { command in
    command.allOptions.map { TableEntry(command: command, option: $0) }
  }

  /// The names of a command's arguments are distinct and can be typed.
  @Test(arguments: CommandTable.commands.map(\.name))
  func names(_ name: String) throws {
    let command = try #require(CommandTable.command(named: name))
    let names = command.allOptions.map(\.name) + command.positionals.map(\.name)
    #expect(Set(names).count == names.count)
    let shorts = command.allOptions.compactMap(\.short)
    #expect(Set(shorts).count == shorts.count)
    #expect(shorts.allSatisfy { $0.isASCII && $0.isLetter })
    let words = command.allOptions.flatMap { [$0.name] + $0.completions } + [name]
    #expect(words.allSatisfy { $0.isPlainWord })
  }

  /// Commands are distinct, and say what they do in a sentence.
  @Test func commands() {
    let names = CommandTable.commands.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(!names.contains(CommandTable.toolName))
    for command in CommandTable.commands + [CommandTable.root] {
      #expect(command.abstract.isSentence)
      #expect(command.positionals.allSatisfy { $0.help.isSentence })
    }
  }

  /// A command runs with nothing but what it needs, and its help shows every argument.
  @Test(arguments: CommandTable.commands.map(\.name))
  func leastArguments(_ name: String) throws {
    let command = try #require(CommandTable.command(named: name))
    let arguments = command.requiredArguments
    if name == "help" {
      #expect(printed(name) == printed("--help"))
    } else if case .run = parse("\(name) \(arguments)") {
      #expect(printed("--help").contains("\n  \(name)  ") == !command.isHidden)
    } else {
      Issue.record("\(name) \(arguments) does not run")
    }
    for positional in command.positionals {
      #expect(printed("\(name) --help").contains("\n  \(positional.spelling)  "))
    }
  }

  /// An option says what it does, and names only options that are there.
  @Test(arguments: entries)
  func references(_ entry: TableEntry) {
    #expect(entry.option.help.isSentence)
    let others = entry.option.excludes + entry.option.needs
    #expect(others.allSatisfy { $0 != entry.option.name })
    let known = Set(entry.command.allOptions.map(\.name))
    #expect(Set(entry.option.needs).isSubset(of: known))
    // What a shared option excludes need not be an option of every command that shares it.
    let all = Set(CommandTable.commands.flatMap(\.allOptions).map(\.name))
    #expect(Set(entry.option.excludes).isSubset(of: all))
  }

  /// Help shows an option unless it is hidden, and so do the completion scripts.
  @Test(arguments: entries)
  func visibility(_ entry: TableEntry) {
    let isVisible = !entry.option.isHidden
    let label = entry.option.shortSpelling.map { "\($0), " } ?? ""
    let line = "\n  \(label)\(entry.option.usage)"
    #expect(printed("\(entry.command.name) --help").lines(startWith: line) == isVisible)
    #expect(printed("\(entry.command.name) --help-hidden").lines(startWith: line))
    #expect(printed("\(entry.command.name) --dump-help").contains("\"\(entry.option.name)\""))
    #expect(CompletionShell.bash.completionScript.offersInBash(entry) == isVisible)
    let zsh = CompletionShell.zsh.completionScript
    #expect(zsh.functionOfZsh(entry.command).contains(entry.option.zshName) == isVisible)
    let fish = CompletionShell.fish.completionScript
    #expect(fish.contains("= \(entry.command.name)' \(entry.option.fishNames) ") == isVisible)
  }

  /// Each way to write an option is understood, and each word that it offers.
  @Test(arguments: entries)
  func spellings(_ entry: TableEntry) {
    for value in entry.option.sampleValues {
      let long = entry.option.value == nil ? "" : "=\(value)"
      let lines = ["\(entry.option.spelling)\(long)", "\(entry.option.spelling) \(value)"]
      let short = entry.option.shortSpelling.map { ["\($0) \(value)", "\($0)\(value)"] } ?? []
      let all = (lines + short).map { parse("\(entry.line(with: entry.option)) \($0)") }
      #expect(Set(all.map { "\($0)" }).count == 1)
      if case .usageError(let text)? = all.first { Issue.record("\(text)") }
    }
  }

  /// An option with a default means the same when the default is written.
  @Test(arguments: entries.filter { $0.option.value?.defaultText != nil })
  func defaults(_ entry: TableEntry) {
    let value = entry.option.value?.defaultText ?? ""
    #expect(parse("\(entry.line) \(entry.option.spelling) \(value)") == parse(entry.line))
  }

  /// A letter too few is understood as a slip.
  @Test(arguments: entries.filter { $0.option.name.count > 4 && !$0.option.isHidden })
  func slips(_ entry: TableEntry) {
    let slip = entry.option.name.prefix(2) + entry.option.name.dropFirst(3)
    let message = "Error: Unknown option '--\(slip)'. Did you mean '\(entry.option.spelling)'?"
    #expect(usageError("\(entry.line) --\(slip)") == message)
  }
}
