#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A call of the system that failed.
struct SystemFailure: Error, Equatable {
  /// The `errno` that it left.
  let code: Int32

  /// Creates the failure that the last call left.
  static var last: SystemFailure { SystemFailure(code: errno) }

  /// What the system says about it.
  var reason: String { String(cString: strerror(code)) }
}

/// Returns what `call` returns once it is not interrupted by a signal any more.
func uninterrupted<Result: SignedInteger>(
  _ call: () -> Result
) throws(SystemFailure) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    let failure = SystemFailure.last
    if failure.code != EINTR { throw failure }
  }
}

/// Whether `descriptor` is a terminal.
func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

/// Returns the value of the variable `name` of the process's environment.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
