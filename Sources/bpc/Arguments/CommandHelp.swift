extension CommandDescription {
  /// Returns the help of the command in lines of `width` columns.
  func help(width: Int, showsHidden: Bool = false) -> String {
    let columns = max(width, HelpItem.labelWidth + 20)
    let sections = [
      ("ARGUMENTS", positionals.map(\.helpItem)),
      ("OPTIONS", allOptions.filter { showsHidden || !$0.isHidden }.map(\.helpItem)),
      ("SUBCOMMANDS", helpItemsOfSubcommands(showsHidden: showsHidden)),
    ]
    let body = sections.filter { !$0.1.isEmpty }.map { title, items in
      "\(title):\n" + items.map { $0.text(width: columns) }.joined()
    }
    return overview(width: columns) + "USAGE: \(usage)\n\n" + body.joined(separator: "\n")
      + "\n" + closing
  }

  /// Returns what the command does.
  private func overview(width: Int) -> String {
    let text = discussion.isEmpty ? abstract : "\(abstract)\n\n\(discussion)"
    return wrap("OVERVIEW: \(text)", width: width) + "\n\n"
  }

  /// Returns the items for the commands, if this is the tool itself.
  private func helpItemsOfSubcommands(showsHidden: Bool) -> [HelpItem] {
    guard name == CommandTable.toolName else { return [] }
    return CommandTable.commands.filter { showsHidden || !$0.isHidden }.map {
      HelpItem(label: $0.name, text: $0.abstract)
    }
  }

  /// Where there is more help, if there is.
  private var closing: String {
    guard name == CommandTable.toolName else { return "" }
    return "  See '\(name) help <subcommand>' for detailed help.\n"
  }
}

/// A label with its explanation.
private struct HelpItem {
  /// The columns that a label takes, with the margin.
  static let labelWidth = 26
  /// What is explained.
  let label: String
  /// The explanation.
  let text: String

  /// Returns the lines of the item: the explanation starts below a label that is too long.
  func text(width: Int) -> String {
    let margin = "  " + label
    let lines = wrap(text, width: width, indentation: HelpItem.labelWidth)
    guard margin.count < HelpItem.labelWidth else { return "\(margin)\n\(lines)\n" }
    return margin + lines.dropFirst(margin.count) + "\n"
  }
}

extension PositionalDescription {
  /// The argument in the help.
  fileprivate var helpItem: HelpItem { HelpItem(label: spelling, text: help) }
}

extension OptionDescription {
  /// The option in the help.
  fileprivate var helpItem: HelpItem {
    let label = [shortSpelling, usage].compactMap { $0 }.joined(separator: ", ")
    return HelpItem(label: label, text: valueSummary.map { "\(help) (\($0))" } ?? help)
  }

  /// What the value may be and is by default, if there is anything to say.
  private var valueSummary: String? {
    let words = completions.joined(separator: ", ")
    let parts = [
      words.isEmpty ? nil : "values: \(words)", value?.defaultText.map { "default: \($0)" },
    ]
    let summary = parts.compactMap { $0 }.joined(separator: "; ")
    return summary.isEmpty ? nil : summary
  }
}
