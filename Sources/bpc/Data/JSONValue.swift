/// A value of JSON (RFC 8259), with its place in the text.
struct JSONValue: Equatable {
  /// What a value is.
  enum Content: Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
  }

  /// What it is.
  let content: Content
  /// Where it begins in the text, in bytes.
  let offset: Int
}

/// A name with its value in an object of JSON.
struct JSONMember: Equatable {
  /// The name.
  let name: String
  /// Where the name begins in the text, in bytes.
  let offset: Int
  /// The value.
  let value: JSONValue
}

/// A reason why a text of JSON was not taken.
struct JSONFailure: Error, Equatable {
  /// Where the text is wrong, in bytes.
  let offset: Int
  /// What is wrong.
  let problem: String

  /// Returns the failure of the file `name`, which holds `bytes`.
  func inFile(_ name: String, _ bytes: [UInt8]) -> DataFailure {
    let before = bytes[..<min(offset, bytes.count)]
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: before[lineStart...], as: UTF8.self).count + 1
    return .malformed(name, at: .init(line: line, column: column), problem)
  }
}

extension JSONValue {
  /// What messages call such a value.
  var kind: String {
    switch content {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number: "a number"
    case .string(let text): "the text \(text.excerptInQuotes)"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
