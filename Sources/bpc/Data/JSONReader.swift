/// A reader of JSON (RFC 8259).
struct JSONReader {
  /// The text in UTF-8.
  let bytes: [UInt8]
  /// The next byte.
  var place = 0
  /// How many arrays and objects are open.
  private var depth = 0

  /// How many arrays and objects may be inside each other.
  static let depthLimit = 128

  /// Creates a reader of `bytes`.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns the value that the whole text is.
  mutating func document() throws(JSONFailure) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    skipBlanks()
    if place == bytes.count { throw failure("the file is empty") }
    let value = try value()
    skipBlanks()
    if place < bytes.count { throw failure("\(nextThing) follows the end of the value") }
    return value
  }

  /// Reads a value.
  private mutating func value() throws(JSONFailure) -> JSONValue {
    skipBlanks()
    let start = place
    guard place < bytes.count else { throw failure("a value is due where the file ends") }
    let content: JSONValue.Content
    switch bytes[place] {
    case UInt8(ascii: "["):
      content = .array(try nested { (reader) throws(JSONFailure) in try reader.elements() })
    case UInt8(ascii: "{"):
      content = .object(try nested { (reader) throws(JSONFailure) in try reader.members() })
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = .number(try number())
    default: content = try word()
    }
    return JSONValue(content: content, offset: start)
  }

  /// Reads what is between two brackets.
  private mutating func nested<Result>(
    _ read: (inout JSONReader) throws(JSONFailure) -> Result
  ) throws(JSONFailure) -> Result {
    guard depth < JSONReader.depthLimit else {
      throw failure("brackets are nested more than \(JSONReader.depthLimit) deep")
    }
    depth += 1
    place += 1
    let result = try read(&self)
    depth -= 1
    return result
  }

  /// Reads values up to a `]`.
  private mutating func elements() throws(JSONFailure) -> [JSONValue] {
    var elements: [JSONValue] = []
    if take("]") { return elements }
    while true {
      elements.append(try value())
      if take("]") { return elements }
      guard take(",") else { throw failure("\(nextThing) stands where ',' or ']' is due") }
    }
  }

  /// Reads names and values up to a `}`.
  private mutating func members() throws(JSONFailure) -> [JSONMember] {
    var members: [JSONMember] = []
    var names: Set<String> = []
    if take("}") { return members }
    while true {
      let member = try member()
      guard names.insert(member.name).inserted else {
        throw JSONFailure(
          offset: member.offset, problem: "the name \(member.name.excerptInQuotes) is there twice")
      }
      members.append(member)
      if take("}") { return members }
      guard take(",") else { throw failure("\(nextThing) stands where ',' or '}' is due") }
    }
  }

  /// Reads a name and its value.
  private mutating func member() throws(JSONFailure) -> JSONMember {
    skipBlanks()
    let start = place
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
      throw failure("\(nextThing) stands where a name in quotes is due")
    }
    let name = try string()
    guard take(":") else { throw failure("\(nextThing) stands where ':' is due") }
    return JSONMember(name: name, offset: start, value: try value())
  }

  /// Reads `null`, `true` or `false`.
  private mutating func word() throws(JSONFailure) -> JSONValue.Content {
    let letters = bytes[place...].prefix(20).prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    let content: JSONValue.Content
    switch String(decoding: letters, as: UTF8.self) {
    case "null": content = .null
    case "true": content = .boolean(true)
    case "false": content = .boolean(false)
    case "NaN", "nan": throw failure("NaN is written in quotes in JSON: \"NaN\"")
    case "Infinity", "inf": throw failure("infinity is written in quotes in JSON: \"inf\"")
    default: throw failure("\(nextThing) stands where a value is due")
    }
    place += letters.count
    return content
  }
}
