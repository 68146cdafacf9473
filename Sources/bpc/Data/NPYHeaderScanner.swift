/// A scanner for the literal of Python's that describes the elements of an NPY file.
struct NPYHeaderScanner {
  /// A reason why a literal was not understood.
  struct Failure: Error, Equatable {
    /// What is wrong.
    let problem: String
  }

  /// What was not read yet.
  private var rest: ArraySlice<UInt8>
  private var description: String?
  private var isColumnMajor: Bool?
  private var shape: [Int]?

  /// Creates a scanner of the literal that `bytes` spell.
  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Returns the header.
  mutating func header() throws(Failure) -> NPYHeader {
    try expect("{")
    while !take("}") {
      try entry()
      if take(",") { continue }
      try expect("}")
      break
    }
    skipBlanks()
    guard rest.isEmpty else { throw Failure(problem: "the header goes on after its '}'") }
    guard let description, let isColumnMajor, let shape else {
      throw Failure(problem: "the header lacks 'descr', 'fortran_order' or 'shape'")
    }
    return NPYHeader(description: description, isColumnMajor: isColumnMajor, shape: shape)
  }

  /// Reads one name with its value.
  private mutating func entry() throws(Failure) {
    let name = try string()
    try expect(":")
    switch name {
    case "descr" where description == nil: description = try elementDescription()
    case "fortran_order" where isColumnMajor == nil: isColumnMajor = try boolean()
    case "shape" where shape == nil: shape = try lengths()
    default: throw Failure(problem: "the header has an unexpected entry \(name.excerptInQuotes)")
    }
  }

  /// Reads how an element is stored.
  private mutating func elementDescription() throws(Failure) -> String {
    skipBlanks()
    guard rest.first != UInt8(ascii: "[") else {
      throw Failure(problem: "the elements are records, and only plain numbers can be read")
    }
    return try string()
  }

  /// Reads a string in single or double quotes, without escapes.
  private mutating func string() throws(Failure) -> String {
    skipBlanks()
    guard let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let end = rest.dropFirst().firstIndex(of: quote)
    else { throw Failure(problem: "the header lacks a string where one is due") }
    let text = String(decoding: rest[rest.startIndex + 1..<end], as: UTF8.self)
    rest = rest[(end + 1)...]
    return text
  }

  /// Reads `True` or `False`.
  private mutating func boolean() throws(Failure) -> Bool {
    skipBlanks()
    for (word, value) in [("True", true), ("False", false)] where rest.starts(with: word.utf8) {
      rest = rest.dropFirst(word.utf8.count)
      return value
    }
    throw Failure(problem: "'fortran_order' is neither True nor False")
  }

  /// Reads a tuple of whole numbers, in which a single one is followed by a comma.
  private mutating func lengths() throws(Failure) -> [Int] {
    try expect("(")
    var lengths: [Int] = []
    while !take(")") {
      lengths.append(try length())
      if take(",") { continue }
      guard lengths.count != 1 else { throw Failure(problem: "the shape is no tuple") }
      try expect(")")
      break
    }
    return lengths
  }

  /// Reads the length of a dimension.
  private mutating func length() throws(Failure) -> Int {
    skipBlanks()
    let digits = rest.prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
    let text = String(decoding: digits, as: UTF8.self)
    rest = rest.dropFirst(digits.count)
    if text.isEmpty { throw Failure(problem: "the shape lacks a number where one is due") }
    if text.hasPrefix("-") {
      throw Failure(problem: "the shape has the negative length \(text.excerptInQuotes)")
    }
    guard let length = Int(text) else {
      throw Failure(problem: "the shape has the length \(text.excerptInQuotes), which is too large")
    }
    return length
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(Failure) {
    guard take(mark) else { throw Failure(problem: "the header lacks a '\(mark)' where it is due") }
  }

  /// Reads `mark` if it comes next, and returns whether it did.
  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
  }
}
