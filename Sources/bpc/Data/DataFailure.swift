/// A reason why a file of numbers was not taken.
enum DataFailure: Error, Equatable {
  /// The file cannot be read.
  case input(InputFailure)
  /// The file, perhaps at a place, is not what its format demands.
  case malformed(String, at: Place?, String)

  /// A place in a file.
  struct Place: Equatable {
    /// The number of the line, from 1.
    let line: Int
    /// The number of the character in the line, from 1, or nil if the whole line is meant.
    var column: Int?
  }

  /// What to tell the user.
  var message: String {
    switch self {
    case .input(let failure): failure.message
    case .malformed(let file, let place, let problem):
      [file, place?.line.description, place?.column?.description].compactMap { $0 }
        .joined(separator: ":") + ": " + problem
    }
  }

  /// The code to exit with.
  var exitCode: ExitCode {
    switch self {
    case .input(let failure): failure.exitCode
    case .malformed: .failure
    }
  }
}

extension CommandFailure {
  /// Creates the failure of a command whose data were not taken.
  init(_ failure: DataFailure) {
    self.init(message: failure.message, exitCode: failure.exitCode)
  }
}

extension String {
  /// The beginning of the text in quotes, as far as a message has room for it.
  var excerptInQuotes: String {
    let limit = 40
    return count > limit ? String(prefix(limit) + "…").quoted : quoted
  }
}
