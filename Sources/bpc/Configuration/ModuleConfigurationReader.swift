import BPIR
import BPInterp
import BPLexer

/// A walk over a `bpc.json` that finds what it says, and all its mistakes.
struct ModuleConfigurationReader {
  /// The text.
  private let source: Source
  /// Whether there is a file at a path in the folder.
  private let exists: (String) -> Bool
  /// The programs of the module, which a path may have meant.
  private let programs: [String]
  /// What the text says.
  private(set) var configuration = ModuleConfiguration()
  /// What is wrong with it.
  private(set) var diagnostics: [Diagnostic] = []
  /// Where each namespace was given.
  private var places: [String: Span] = [:]

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
      case nil:
        report(.unknownKey(member.name, at: source.span(ofTokenAt: member.offset)))
      }
    }
  }

  private mutating func readPrecision(_ member: JSONMember) {
    configuration.precision = choice(member) ?? .float64
  }

  /// Returns the choice that the value of `member` spells.
  private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
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
      let place = source.span(ofTokenAt: name.offset)
      if !name.name.hasSuffix(".bp") || !exists(name.name) {
        report(.unknownProgram(name.name, among: programs, at: place))
      }
      if let namespace = namespace(name) {
        configuration.names.append(.init(path: name.name, namespace: namespace))
      }
    }
  }

  /// Returns the namespace that the value of `member` is, if no program has it yet.
  private mutating func namespace(_ member: JSONMember) -> String? {
    let place = span(member.value)
    guard case .string(let name) = member.value.content, SwiftModel.isNamespace(name) else {
      report(.wrongNamespace(member.value, at: place))
      return nil
    }
    if let first = places.updateValue(place, forKey: name) {
      report(.repeatedNamespace(name, at: place, first: first))
    }
    return name
  }

  private func span(_ value: JSONValue) -> Span { source.span(ofTokenAt: value.offset) }

  private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}

extension Source {
  /// Returns the span of the string, word or sign of JSON at `offset`.
  fileprivate func span(ofTokenAt offset: Int) -> Span {
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
