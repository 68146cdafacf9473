#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A reason why an input could not be read.
enum InputFailure: Error, Equatable {
  /// There is no such file.
  case missing(String)
  /// The path is that of a directory.
  case isDirectory(String)
  /// The file may not be opened.
  case unreadable(String, SystemFailure)
  /// The file has more bytes than the limit.
  case tooLarge(String, limit: Int)
  /// Reading failed halfway.
  case reading(String, SystemFailure)

  /// What to tell the user.
  var message: String {
    switch self {
    case .missing(let name): "cannot read \(name.quoted): there is no such file"
    case .isDirectory(let name): "cannot read \(name.quoted): it is a directory"
    case .tooLarge(let name, let limit): "cannot read \(name.quoted): more than \(limit) bytes"
    case .unreadable(let name, let failure), .reading(let name, let failure):
      "cannot read \(name.quoted): \(failure.reason)"
    }
  }

  /// The code to exit with.
  var exitCode: ExitCode {
    if case .reading = self { return .inputOutput }
    return .noInput
  }

  /// Creates the failure to open the file `name`.
  init(opening name: String, _ failure: SystemFailure) {
    switch failure.code {
    case ENOENT, ENOTDIR: self = .missing(name)
    case EISDIR: self = .isDirectory(name)
    default: self = .unreadable(name, failure)
    }
  }

  /// Creates the failure to read the open file `name`.
  init(reading name: String, _ failure: SystemFailure) {
    self = failure.code == EISDIR ? .isDirectory(name) : .reading(name, failure)
  }
}
