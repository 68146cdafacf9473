extension CommandDescription {
  /// The synopsis of the command, which is short when there are too many options to read.
  var usage: String {
    if name == CommandTable.toolName { return "\(path) <subcommand>" }
    let visible = options.filter { !$0.isHidden }
    let arguments = positionals.map(\.synopsis)
    guard arguments.count + visible.count > 12 else {
      return ([path] + arguments + visible.map(\.synopsis)).joined(separator: " ")
    }
    return ([path, "[<options>]"] + arguments).joined(separator: " ")
  }
}

extension PositionalDescription {
  /// The argument as usage shows it.
  fileprivate var synopsis: String {
    let text = isRepeatable ? "\(spelling) ..." : spelling
    return isOptionalInUsage ? "[\(text)]" : text
  }
}

extension OptionDescription {
  /// The option as usage shows it.
  fileprivate var synopsis: String {
    isRepeatable ? "[\(usage) ...]" : "[\(usage)]"
  }
}
