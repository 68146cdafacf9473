import BPLexer

/// Returns the functions that `source` writes in the text form of the IR, and what is wrong with it.
///
/// It is the inverse of `Module.text`. Reading ends at the first mistake; the functions above it are
/// returned, and each function that is returned is sound.
package func readModule(_ source: Source) -> (functions: [Function], diagnostics: [Diagnostic]) {
  var reader = TextReader(source)
  do {
    try reader.readModule()
    return (reader.functions, [])
  } catch {
    return (reader.functions, [error.diagnostic])
  }
}

/// A mistake that ends the reading.
struct MalformedText: Error {
  /// What is wrong.
  let diagnostic: Diagnostic

  /// Creates the error that reports `diagnostic`.
  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

/// A walk over the text of the IR that builds its functions: one method for each kind of line.
///
/// The conditionals and loops that are open stand in an array and not on the stack, so that no depth is too
/// deep for it.
struct TextReader {
  /// The most conditionals and loops that may be open: those who walk over a function recurse.
  static let deepestNesting = 10_000

  var scanner: TextScanner
  /// The functions that have been read.
  private(set) var functions: [Function] = []
  /// The builder of the function that is being read; it keeps every instruction as it is.
  var builder = TextReader.builder("")
  /// The values of that function.
  var values = NumberedValues()
  /// Its conditionals and loops whose ends have not been read.
  var constructs: [OpenConstruct] = []

  /// Creates a walk from the start of `source`.
  init(_ source: Source) { scanner = TextScanner(source) }

  private static func builder(_ name: String) -> Builder {
    Builder(name: name, simplifies: false, shares: false)
  }

  mutating func readModule() throws(MalformedText) {
    skipLineEnds()
    guard scanner.next.kind != .end else { throw MalformedText(.noFunction(scanner)) }
    while scanner.next.kind != .end {
      try readFunction()
      skipLineEnds()
    }
  }

  // MARK: - Functions

  /// Reads `function name(parameters) {`, the lines, `return`, the names and `}`.
  private mutating func readFunction() throws(MalformedText) {
    try take(word: "function")
    builder = TextReader.builder(try takeName("the name of the function"))
    values = NumberedValues()
    try readParameters()
    try take(sign: "{")
    try takeLineEnd()
    while try readLine() {}
    while scanner.isNext("name") || scanner.isNext("inner") { try readNameLine() }
    try take(sign: "}")
    if scanner.next.kind != .end { try takeLineEnd() }
    functions.append(builder.function)
  }

  private mutating func readParameters() throws(MalformedText) {
    try take(sign: "(")
    guard !isNext(sign: ")") else { return try take(sign: ")") }
    repeat { try readParameter() } while takeComma()
    try take(sign: ")")
  }

  /// Reads `%0 name: type`.
  private mutating func readParameter() throws(MalformedText) {
    let number = try takeNumber()
    try values.announce(number)
    let name = try takeName("the name of the parameter")
    try take(sign: ":")
    let type = try takeType()
    values.define(number, as: builder.function.addParameter(name, type))
  }

  /// Reads `name f = %3`, or `inner f = %3`.
  private mutating func readNameLine() throws(MalformedText) {
    let isInner = scanner.isNext("inner")
    let start = scanner.take().span
    let name = try takeName("a name")
    try take(sign: "=")
    // A name stays with the value of an arm after its end.
    let value = try takeValue { (values, number) throws(MalformedText) in try values.value(number) }
    let span = start.union(scanner.previous.span)
    let named = NamedValue(value: value, name: name, span: span)
    builder.function.names.append(isInner ? named.within : named)
    try takeLineEnd()
    skipLineEnds()
  }

  // MARK: - Lines

  /// Reads a line of the body and returns whether another one follows.
  private mutating func readLine() throws(MalformedText) -> Bool {
    skipLineEnds()
    if scanner.isNext("return") {
      try readReturn()
      return false
    }
    if scanner.isNext("yield") { try readYield() } else { try readInstruction() }
    return true
  }

  private mutating func readReturn() throws(MalformedText) {
    if let open = constructs.last {
      throw MalformedText(.returnInArm(at: scanner.next.span, construct: open))
    }
    scanner.take()
    builder.close(yielding: try takeOperands().values)
    try takeLineEnd()
    skipLineEnds()
  }
}
