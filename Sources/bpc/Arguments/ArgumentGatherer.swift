/// Sorts the arguments of a command by its description, from left to right.
///
/// A mistake does not end the reading: a request for help later on is still honored.
struct ArgumentGatherer {
  /// The command.
  let command: CommandDescription
  /// The arguments that are not read yet.
  var remaining: ArraySlice<String>
  /// What was gathered.
  var gathered = GatheredArguments()
  /// The text that the user asks for in place of running the command.
  var request: OptionDescription.Request?
  /// The first mistake.
  private(set) var firstError: UsageError?
  /// The arguments that have no place.
  private var unexpected: [String] = []

  /// Creates a gatherer of `arguments`, which follow the name of `command`.
  init(_ arguments: ArraySlice<String>, of command: CommandDescription) {
    self.command = command
    remaining = arguments
  }

  /// Reads all arguments.
  mutating func gather() {
    var optionsMayFollow = true
    while let argument = remaining.popFirst() {
      if optionsMayFollow, argument == "--" {
        optionsMayFollow = false
      } else if optionsMayFollow, argument.isOption {
        gatherOption(argument)
      } else {
        gatherPositional(argument)
      }
    }
    if !unexpected.isEmpty { report(.unexpected(unexpected, in: gathered, of: command)) }
  }

  /// Remembers `error` if it is the first.
  mutating func report(_ error: UsageError) {
    if firstError == nil { firstError = error }
  }

  /// Gives `argument` to the first positional argument that takes it.
  private mutating func gatherPositional(_ argument: String) {
    if let binding = Binding(argument), command.takesBindings {
      if !gathered.record(binding) { report(.repeatedBinding(binding)) }
    } else if let positional = freePositional() {
      if !positional.kind.accepts(argument) { report(.invalid(argument, for: positional)) }
      gathered.record(argument, for: positional.name)
    } else {
      unexpected.append(argument)
    }
  }

  /// Returns the first positional argument that has room, bindings aside.
  private func freePositional() -> PositionalDescription? {
    command.positionals.first {
      $0.kind != .binding && ($0.isRepeatable || !gathered.has($0.name))
    }
  }
}

extension CommandDescription {
  /// Whether arguments like `x=1` are values of names.
  fileprivate var takesBindings: Bool { positionals.contains { $0.kind == .binding } }
}

extension String {
  /// Whether the argument is an option: it starts with `-`, and is neither `-` nor a number.
  var isOption: Bool {
    utf8.first == UInt8(ascii: "-") && utf8.count > 1 && Double(self) == nil
  }
}

extension ValueKind {
  /// Whether `text` is a value of this kind.
  func accepts(_ text: String) -> Bool {
    switch self {
    case .text, .suggestions, .binding: true
    case .file: !text.isEmpty
    case .words(let words): words.contains(text)
    case .name: text.isProgramName
    case .count: wholeNumber(text) != nil
    case .whole: wholeNumber(text, from: 0) != nil
    case .number: Double(text)?.isFinite == true
    case .byteCount: bpc.byteCount(text) != nil
    case .names: text.separatedNames.allSatisfy(\.isProgramName)
    }
  }
}
