extension CommandDescription {
  /// The command as JSON, in the form of swift-argument-parser, which generators of documentation
  /// read.
  var dump: String {
    DumpedValue.object([
      "command": dumped(), "serializationVersion": .number(0),
    ]).text() + "\n"
  }

  /// Returns the command, and the commands below it if this is the tool itself.
  private func dumped() -> DumpedValue {
    let isRoot = name == CommandTable.toolName
    return .object([
      "abstract": .string(abstract),
      "arguments": .array(positionals.map(\.dumped) + allOptions.map(\.dumped)),
      "commandName": .string(name),
      "discussion": discussion.isEmpty ? nil : .string(discussion),
      "shouldDisplay": .boolean(!isHidden),
      "subcommands": isRoot ? .array(CommandTable.commands.map { $0.dumped() }) : nil,
      "superCommands": isRoot ? nil : .array([.string(CommandTable.toolName)]),
    ])
  }
}

extension PositionalDescription {
  /// The argument.
  fileprivate var dumped: DumpedValue {
    .object([
      "abstract": .string(help),
      "completionKind": kind.dumped,
      "isOptional": .boolean(isOptionalInUsage),
      "isRepeating": .boolean(isRepeatable),
      "kind": .string("positional"),
      "parsingStrategy": .string("default"),
      "shouldDisplay": .boolean(true),
      "valueName": .string(name),
    ])
  }
}

extension OptionDescription {
  /// The option.
  fileprivate var dumped: DumpedValue {
    .object([
      "abstract": .string(help),
      "allValues": value.flatMap(\.kind.dumpedWords),
      "completionKind": value.flatMap(\.kind.dumped),
      "defaultValue": value?.defaultText.map(DumpedValue.string),
      "isOptional": .boolean(true),
      "isRepeating": .boolean(isRepeatable),
      "kind": .string(value == nil ? "flag" : "option"),
      "names": .array([longName] + (short.map { [.name("short", String($0))] } ?? [])),
      "parsingStrategy": .string("default"),
      "preferredName": longName,
      "shouldDisplay": .boolean(!isHidden),
      "valueName": .string(value?.name ?? name),
    ])
  }

  /// The long name.
  private var longName: DumpedValue { .name("long", name) }
}

extension ValueKind {
  /// How the value is completed, if it is.
  fileprivate var dumped: DumpedValue? {
    if case .file(let suffix) = self {
      let extensions = [suffix].compactMap { $0.map(DumpedValue.string) }
      return .object(["file": .object(["extensions": .array(extensions)])])
    }
    return dumpedWords.map { .object(["list": .object(["values": $0])]) }
  }

  /// The words that are offered, if there are any.
  fileprivate var dumpedWords: DumpedValue? {
    completions.isEmpty ? nil : .array(completions.map(DumpedValue.string))
  }
}

extension DumpedValue {
  /// Returns a name of an option.
  fileprivate static func name(_ kind: String, _ name: String) -> DumpedValue {
    .object(["kind": .string(kind), "name": .string(name)])
  }
}
