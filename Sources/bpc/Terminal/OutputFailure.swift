/// A reason why results did not reach their place.
enum OutputFailure: Error, Equatable {
  /// The reader of standard output went away.
  case brokenPipe
  /// Writing to the file, or to standard output if it is nil, failed.
  case writing(to: String?, SystemFailure)
  /// The file cannot be made.
  case creating(String, SystemFailure)
  /// The file is an input.
  case isInput(String)
  /// The file is a directory.
  case isDirectory(String)

  /// What to tell the user, or nil if nobody needs to be told.
  var message: String? {
    switch self {
    case .brokenPipe: nil
    case .writing(nil, let failure): "cannot write to standard output: \(failure.reason)"
    case .writing(let path?, let failure): "cannot write to \(path.quoted): \(failure.reason)"
    case .creating(let path, let failure): "cannot create \(path.quoted): \(failure.reason)"
    case .isInput(let path): "cannot write to \(path.quoted): it is an input"
    case .isDirectory(let path): "cannot write to \(path.quoted): it is a directory"
    }
  }

  /// The code to exit with.
  var exitCode: ExitCode {
    switch self {
    case .brokenPipe: .brokenPipe
    case .writing: .inputOutput
    case .creating, .isInput, .isDirectory: .cannotCreate
    }
  }
}
