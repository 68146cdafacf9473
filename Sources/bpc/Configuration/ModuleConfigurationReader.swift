import BPIR
import BPInterp
import BPLexer

/// A walk over a `bpc.json` that finds what it says, and all its mistakes.
struct ModuleConfigurationReader {
  /// The text.
  let source: Source
  /// Whether there is a file at a path in the folder.
  private let exists: (String) -> Bool
  /// The programs of the module, which a path may have meant.
  private let programs: [String]
  /// What the text says.
  var configuration = ModuleConfiguration()
  /// What is wrong with it.
  private(set) var diagnostics: [Diagnostic] = []
  /// Where each namespace was given.
  private var places: [String: Span] = [:]
  /// Where each program was given one.
  private var namedPrograms: [String: Span] = [:]

  /// Reads `source`.
  init(_ source: Source, programs: [String] = [], exists: @escaping (String) -> Bool) {
    self.source = source
    self.programs = programs
    self.exists = exists
    var reader = JSONReader(source.bytes)
    do throws(JSONFailure) {
      read(try reader.document())
    } catch {
      diagnostics.append(.malformedJSON(error, at: source.span(ofTokenAt: error.offset)))
    }
  }

  private mutating func read(_ document: JSONValue) {
    guard case .object(let members) = document.content else {
      return report(.wrongValue(of: nil, document, due: "an object", at: span(document)))
    }
    for member in members {
      switch ModuleConfiguration.Key(rawValue: member.name) {
      case .access: configuration.access = choice(member) ?? .internal
      case .precision: readPrecision(member)
      case .names: readNames(member)
      case .files: readPrograms(member)
      case nil:
        let keys = ModuleConfiguration.Key.allCases.map(\.rawValue)
        report(.unknownKey(member.name, among: keys, at: source.span(ofTokenAt: member.offset)))
      }
    }
  }

  private mutating func readPrecision(_ member: JSONMember) {
    configuration.precision = choice(member) ?? .float64
  }

  /// Returns the choice that the value of `member` spells.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ member: JSONMember
  ) -> Choice? {
    if case .string(let word) = member.value.content, let choice = Choice(rawValue: word) {
      return choice
    }
    let words = Choice.allCases.map(\.rawValue)
    report(.wrongChoice(of: member.name, member.value, among: words, at: span(member.value)))
    return nil
  }

  private mutating func readNames(_ member: JSONMember) {
    guard case .object(let names) = member.value.content else {
      let due = "an object of files and their namespaces"
      return report(.wrongValue(of: "names", member.value, due: due, at: span(member.value)))
    }
    for name in names {
      checkProgram(name)
      readName(name.value, ofProgramAt: name.name)
    }
  }

  /// Checks that the name of `member` is the path of a program.
  mutating func checkProgram(_ member: JSONMember) {
    guard !member.name.hasSuffix(".bp") || !exists(member.name) else { return }
    let place = source.span(ofTokenAt: member.offset)
    report(.unknownProgram(member.name, among: programs, at: place))
  }

  /// Reads the namespace of the program at `path`, which has no other and which no other has.
  mutating func readName(_ value: JSONValue, ofProgramAt path: String) {
    let place = span(value)
    if let first = namedPrograms.updateValue(place, forKey: path) {
      return report(.namedTwice(path, at: place, first: first))
    }
    guard case .string(let name) = value.content, SwiftModel.isNamespace(name) else {
      return report(.wrongNamespace(value, at: place))
    }
    if let first = places.updateValue(place, forKey: name) {
      report(.repeatedNamespace(name, at: place, first: first))
    }
    configuration.names.append(.init(path: path, namespace: name))
  }

  /// Returns where `value` begins.
  func span(_ value: JSONValue) -> Span { source.span(ofTokenAt: value.offset) }

  /// Notes a mistake.
  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}

extension Source {
  /// Returns the span of the string, word or sign of JSON at `offset`.
  func span(ofTokenAt offset: Int) -> Span {
    let start = min(offset, bytes.count)
    let rest = bytes[start...]
    guard rest.first == UInt8(ascii: "\"") else {
      let word = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || isDigit($0) }
      return Span(start..<min(start + max(1, word.count), bytes.count))
    }
    var end = start + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\n") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return Span(start..<min(end + 1, bytes.count))
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
