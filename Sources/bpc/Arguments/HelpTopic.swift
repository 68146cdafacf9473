import BPIR

/// Something other than a command that `bpc help` explains.
enum HelpTopic: Equatable, Sendable {
  /// The code of a message, in capitals: `BP0012`.
  case code(String)
  /// The functions that programs may call.
  case functions
  /// The operations and their derivatives.
  case operations
  /// A function of the language.
  case function(String)
  /// A part of the language.
  case chapter(HelpChapter)

  /// The topics that are plain words.
  static let words =
    ["functions", "operations"] + HelpChapter.all.map(\.word) + FunctionPage.names

  /// Creates the topic that `arguments` name.
  init(_ arguments: GatheredArguments) throws(UsageError) {
    let text = arguments.value("topic") ?? ""
    guard let topic = HelpTopic(text) else { throw .unknownTopic(text) }
    self = topic
  }

  /// Creates the topic that is written `text`, or nil if there is none.
  init?(_ text: String) {
    switch text {
    case "functions": self = .functions
    case "operations": self = .operations
    case _ where FunctionPage.names.contains(text): self = .function(text)
    case _ where text.isDiagnosticCode: self = .code(text.uppercased())
    default:
      guard let chapter = HelpChapter.named(text) else { return nil }
      self = .chapter(chapter)
    }
  }
}

extension String {
  /// Whether the text is `BP` and four digits, in either case.
  fileprivate var isDiagnosticCode: Bool {
    utf8.count == 6 && lowercased().hasPrefix("bp")
      && utf8.dropFirst(2).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
