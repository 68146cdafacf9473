/// The program that a command works on.
enum SourceArgument: Equatable, Sendable {
  /// A program to be read.
  case input(InputFile)
  /// The program's text.
  case expression(String)

  /// Creates the source that `arguments` name, which must name one.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    if let text = arguments.value("expression") {
      self = .expression(text)
    } else if let file = arguments.value("file") {
      self = .input(InputFile(argument: file))
    } else {
      throw .missingArgument(.program)
    }
  }
}

/// A place to read a program from.
enum InputFile: Equatable, Sendable {
  /// Standard input, which is written `-`.
  case standardInput
  /// The file at a path.
  case file(String)

  /// Creates the place that `argument` names.
  init(argument: String) {
    self = argument == "-" ? .standardInput : .file(argument)
  }

  /// The name in diagnostics.
  var displayName: String {
    switch self {
    case .standardInput: "<stdin>"
    case .file(let path): path
    }
  }
}

/// A place to write results to.
enum OutputDestination: Equatable, Sendable {
  /// Standard output, which is written `-`.
  case standardOutput
  /// The file at a path.
  case file(String)

  /// Creates the place that `argument` names, standard output if there is none.
  init(argument: String?) {
    self = argument.map { $0 == "-" ? .standardOutput : .file($0) } ?? .standardOutput
  }
}
