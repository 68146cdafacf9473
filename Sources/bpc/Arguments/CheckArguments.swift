/// What `bpc check` is asked to do.
struct CheckArguments: Equatable, Sendable {
  /// The programs.
  let files: [InputFile]
  /// How much is said.
  let verbosity: Verbosity
  /// When colors are used.
  let color: ColorChoice

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) {
    files = arguments.values("file").map(InputFile.init(argument:))
    verbosity = Verbosity(arguments)
    color = arguments.word("color") ?? .auto
  }
}

/// What `bpc repl` is asked to do.
struct ReplArguments: Equatable, Sendable {
  /// When colors are used.
  let color: ColorChoice

  /// Creates what `arguments` ask for.
  init(_ arguments: GatheredArguments) {
    color = arguments.word("color") ?? .auto
  }
}
