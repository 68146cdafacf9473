import BPLexer

/// What is wrong with a formula, or what ended its evaluation.
public struct FormulaError: Error, Sendable {
  /// What is wrong, in a sentence or several.
  public let message: String
  /// The same for each place of the text; empty where it is about what the formula was given.
  public let diagnostics: [FormulaDiagnostic]

  private init(message: String, diagnostics: [FormulaDiagnostic]) {
    self.message = message
    self.diagnostics = diagnostics
  }

  init(_ diagnostics: [Diagnostic], in source: Source) {
    self.init(.diagnostics(diagnostics, in: source))
  }

  init(_ failure: ProgramFailure) {
    self.init(
      message: failure.source.map { DiagnosticRendering(source: $0).render(failure.diagnostics) }
        ?? failure.message,
      diagnostics: failure.source.map { source in
        failure.diagnostics.map { FormulaDiagnostic($0, in: source) }
      } ?? [])
  }
}

extension FormulaError: CustomStringConvertible {
  /// The message, with the lines of the text that it is about.
  public var description: String { message }
}

/// What is wrong at one place of the text of a formula.
public struct FormulaDiagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    /// The formula has no meaning.
    case error
    /// It has one that is perhaps not meant.
    case warning
    /// Something that explains another message.
    case note
  }

  /// How bad it is.
  public let severity: Severity
  /// The stable code of this kind of message, such as `BP0012`.
  public let code: String
  /// What is wrong, in lower case and without a full stop.
  public let message: String
  /// How to mend it, or nothing.
  public let help: String
  /// The line, counted from 1.
  public let line: Int
  /// The column in that line, counted in characters from 1.
  public let column: Int
  /// The piece of the text that it is about, as offsets into its UTF-8.
  public let range: Range<Int>

  init(_ diagnostic: Diagnostic, in source: Source) {
    severity = Severity(rawValue: diagnostic.severity.rawValue) ?? .error
    code = diagnostic.code.description
    message = diagnostic.message
    help = diagnostic.help
    (line, column) = source.position(at: diagnostic.span.start)
    range = Int(diagnostic.span.start)..<Int(diagnostic.span.end)
  }
}

/// Returns what `body` gives; what fails in a program fails the formula.
func formulating<Result: ~Copyable>(
  _ body: () throws(ProgramFailure) -> Result
) throws(FormulaError) -> Result {
  do throws(ProgramFailure) {
    return try body()
  } catch {
    throw FormulaError(error)
  }
}
