/// A message about a program, as a value: what is wrong, where, and how to mend it.
///
/// Each message of the compiler is made by one factory, named after the mistake, in the
/// `Diagnostic+….swift` of the module that finds it.
package struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  package enum Severity: String, Hashable, Sendable {
    case error, warning, note
  }

  /// A further place that explains the message.
  package struct Note: Hashable, Sendable {
    /// Where it is.
    package let span: Span
    /// What is to be seen there.
    package let message: String
  }

  /// How bad it is.
  package let severity: Severity
  /// What `bpc help CODE` explains.
  package let code: DiagnosticCode
  /// What is wrong, in lower case and without a full stop.
  package let message: String
  /// Where it is.
  package let span: Span
  /// The words beside the caret, or nothing.
  package let label: String
  /// How to mend it, or nothing.
  package let help: String
  /// Further places.
  package let notes: [Note]

  /// Creates a message.
  package init(
    _ code: DiagnosticCode, _ message: String, at span: Span, severity: Severity = .error,
    label: String = "", help: String = "", notes: [Note] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.help = help
    self.notes = notes
  }
}

extension Diagnostic.Note {
  /// Creates a note that says `message` at `span`.
  package init(_ message: String, at span: Span) {
    self.init(span: span, message: message)
  }
}

extension [Diagnostic] {
  /// Whether one of them is an error.
  package var haveErrors: Bool { contains { $0.severity == .error } }

  /// Returns the messages in the order of the text, each once.
  package func inTextOrder() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }
      .enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }
}
