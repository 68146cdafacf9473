import BPLexer

/// The reason why a program does not give what was asked of it.
package struct ProgramFailure: Error {
  /// What is wrong; empty where the diagnostics say it.
  package let message: String
  /// What somebody who typed a command can do about it, or nothing.
  package let advice: String
  /// What is wrong with the program, or happened to its run.
  package let diagnostics: [Diagnostic]
  /// The program that they are about.
  package let source: Source?

  /// Returns the failure that `message` tells.
  static func run(_ message: String, advice: String = "") -> ProgramFailure {
    ProgramFailure(message: message, advice: advice, diagnostics: [], source: nil)
  }

  /// Returns the failure that `diagnostics` about `source` tell.
  static func diagnostics(_ diagnostics: [Diagnostic], in source: Source) -> ProgramFailure {
    ProgramFailure(message: "", advice: "", diagnostics: diagnostics, source: source)
  }
}
