/// When colors are used.
enum ColorChoice: String, CaseIterable, Sendable {
  /// When they go to a terminal that shows them, and the environment does not say otherwise.
  case auto
  /// Always.
  case always
  /// Never.
  case never

  /// Returns whether what goes to a stream is colored.
  ///
  /// This choice is stronger than `NO_COLOR`, that than `FORCE_COLOR` and `CLICOLOR_FORCE`, and
  /// these are stronger than what the stream is.
  ///
  /// - Parameters:
  ///   - isTerminal: Whether the stream is a terminal.
  ///   - environment: Returns the value of a variable of the environment.
  func usesColor(isTerminal: Bool, environment: (String) -> String?) -> Bool {
    /// Returns whether a variable is set to something other than nothing or `excluded`.
    func isSet(_ name: String, except excluded: String? = nil) -> Bool {
      environment(name).map { !$0.isEmpty && $0 != excluded } ?? false
    }
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if isSet("NO_COLOR") { return false }
      if isSet("FORCE_COLOR", except: "0") || isSet("CLICOLOR_FORCE", except: "0") { return true }
      return isTerminal && environment("TERM") != "dumb"
    }
  }

  /// Returns whether what goes to `descriptor` is colored.
  func usesColor(on descriptor: Int32) -> Bool {
    usesColor(isTerminal: bpc.isTerminal(descriptor), environment: environmentVariable)
  }
}
