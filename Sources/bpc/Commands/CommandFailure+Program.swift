import BPLexer
import BackpropCompiler

extension CommandFailure {
  /// Creates the failure of a command whose program failed.
  init(_ failure: ProgramFailure) {
    let advice = failure.advice.isEmpty ? "" : "; \(failure.advice)"
    self.init(message: failure.message + advice, exitCode: .failure)
    diagnostics = failure.source.map { (failure.diagnostics, $0) }
  }
}

/// Returns what `body` gives; what fails in a program fails the command.
func commanding<Result: ~Copyable>(
  _ body: () throws(ProgramFailure) -> Result
) throws(CommandFailure) -> Result {
  do throws(ProgramFailure) {
    return try body()
  } catch {
    throw CommandFailure(error)
  }
}
