import BPIR
import BPLexer

extension Diagnostic {
  /// Returns an error for a text that is not JSON.
  static func malformedJSON(_ failure: JSONFailure, at span: Span) -> Diagnostic {
    Diagnostic(.malformedConfiguration, failure.problem, at: span)
  }

  /// Returns an error for a key that means nothing.
  static func unknownKey(_ key: String, among keys: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedConfiguration, "unknown key \(key.excerptInQuotes)", at: span,
      help: guess(key, among: keys) ?? "the keys are \(listed(keys, "and"))")
  }

  /// Returns an error for a value of another kind than the one that is due.
  static func wrongValue(
    of key: String?, _ value: JSONValue, due: String, at span: Span, help: String = ""
  ) -> Diagnostic {
    let place = key.map { "'\($0)'" } ?? "the file"
    return Diagnostic(
      .malformedConfiguration, "\(place) holds \(value.kind) where \(due) is due", at: span,
      help: help)
  }

  /// Returns an error for a value that is none of `words`.
  static func wrongChoice(
    of key: String, _ value: JSONValue, among words: [String], at span: Span
  ) -> Diagnostic {
    var help: String?
    if case .string(let word) = value.content { help = guess(word, among: words) }
    return Diagnostic(
      .malformedConfiguration, "'\(key)' is \(listed(words, "or")), and not \(value.kind)",
      at: span, help: help ?? "")
  }

  /// Returns an error for a list of names without any.
  static func noNames(of key: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedConfiguration, "'\(key)' names nothing", at: span,
      help: "without '\(key)' the derivatives are those by all that the program leaves open")
  }

  /// Returns an error for the name of a value that the program does not have.
  static func unknownValue(_ name: String, among names: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedConfiguration, "the program has no value \(name.excerptInQuotes)", at: span,
      help: guess(name, among: names) ?? "")
  }

  /// Returns an error for the name of a program that is not there.
  static func unknownProgram(_ path: String, among programs: [String], at span: Span) -> Diagnostic
  {
    Diagnostic(
      .malformedConfiguration,
      "there is no program \(path.excerptInQuotes) in the folder of the module", at: span,
      help: guess(path, among: programs) ?? "")
  }

  /// Returns an error for a namespace that Swift does not take.
  static func wrongNamespace(_ value: JSONValue, at span: Span) -> Diagnostic {
    Diagnostic(
      .malformedConfiguration, "\(value.kind) cannot be the name of an enum", at: span,
      help: "a namespace is a name that Swift itself does not use, such as \"Building\"")
  }

  /// Returns an error for a namespace that two programs are given.
  static func repeatedNamespace(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .malformedConfiguration, "another program has the namespace '\(name)' already", at: span,
      notes: [Note("it was given here", at: first)])
  }

  /// Returns an error for a program that is given a namespace twice.
  static func namedTwice(_ path: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .malformedConfiguration, "\(path.excerptInQuotes) has a namespace already", at: span,
      notes: [Note("it was given here", at: first)])
  }

  /// Returns an error for a program whose namespace is that of the one at `other`, too.
  static func equalNamespaces(_ name: String, _ path: String, _ other: String) -> Diagnostic {
    Diagnostic(
      .equalNamespaces, "the namespace '\(name)' is that of \(other.quoted), too", at: .none,
      help: "give this program another one in bpc.json: \"names\": {\(path.json): \"…\"}")
  }

  /// Returns the question whether the one of `words` that is near `word` was meant.
  private static func guess(_ word: String, among words: [String]) -> String? {
    nearest(to: word, among: words).map { "did you mean '\($0)'?" }
  }

  /// Returns `words` in quotes, with `conjunction` before the last one.
  private static func listed(_ words: [String], _ conjunction: String) -> String {
    let quoted = words.map { "'\($0)'" }
    let first = quoted.dropLast().joined(separator: ", ")
    return ([first] + quoted.suffix(1)).joined(separator: " \(conjunction) ")
  }
}
