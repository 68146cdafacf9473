@_spi(_Unicode) import Swift

/// Returns the tokens of `source` and what is wrong with its characters.
///
/// Any bytes give tokens that end in `.end`; what is no part of the language is skipped with a
/// diagnostic.
package func tokenize(_ source: Source) -> (tokens: TokenList, diagnostics: [Diagnostic]) {
  var tokenizer = Tokenizer(source)
  tokenizer.run()
  return (tokenizer.list, tokenizer.diagnostics)
}

/// The state of one walk over a source.
struct Tokenizer {
  private let source: Source
  private var cursor: Cursor
  private var startsLine = true
  private var nameIndices: [String: UInt32] = [:]
  fileprivate(set) var list = TokenList()
  fileprivate(set) var diagnostics: [Diagnostic] = []

  init(_ source: Source) {
    self.source = source
    cursor = Cursor(bytes: source.bytes)
    list.tokens.reserveCapacity(source.bytes.count / 3 + 1)
  }

  mutating func run() {
    if cursor.starts(with: "\u{FEFF}") { cursor.offset += 3 }
    while let byte = cursor.peek { read(byte) }
    emit(.end, from: cursor.offset)
  }

  /// Reads the blank, comment, token or mistake that starts with `byte`.
  private mutating func read(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\n"):
      cursor.offset += 1
      startsLine = true
    case UInt8(ascii: " "), UInt8(ascii: "\t"): cursor.offset += 1
    case UInt8(ascii: "\r") where cursor.peek(1) == UInt8(ascii: "\n"): cursor.offset += 1
    case UInt8(ascii: "#"): cursor.skip { $0 != UInt8(ascii: "\n") }
    case _ where byte.isDigit: readNumber()
    case UInt8(ascii: ".") where cursor.peek(1)?.isDigit == true: readNumber()
    case _ where byte.startsName || byte >= 0x80: readWord()
    default: readPunctuation()
    }
  }

  private mutating func emit(_ kind: Token.Kind, from start: Int, payload: UInt32 = 0) {
    let span = Span(start..<cursor.offset)
    list.tokens.append(
      Token(kind: kind, startsLine: startsLine, payload: payload, span: span))
    startsLine = false
  }

  private mutating func readPunctuation() {
    let start = cursor.offset
    for (spelling, kind) in Token.Kind.punctuation where cursor.starts(with: spelling) {
      cursor.offset += spelling.utf8.count
      return emit(kind, from: start)
    }
    cursor.offset += 1
    // A run of the same unreadable byte is one mistake.
    let byte = cursor.bytes[start]
    cursor.skip { $0 == byte }
    diagnostics.append(.unexpectedCharacter(Unicode.Scalar(byte), at: Span(start..<cursor.offset)))
  }
}

// MARK: - Words

extension Tokenizer {
  /// Reads a name or keyword, or skips characters that no name starts with.
  private mutating func readWord() {
    let start = cursor.offset
    skipWord()
    guard cursor.offset > start else { return skipForeignCharacter() }
    let bytes = cursor.bytes[start..<cursor.offset]
    let text = String(decoding: bytes, as: UTF8.self)
    if let keyword = Token.Kind.keywords[text] { return emit(keyword, from: start) }
    emit(.name, from: start, payload: index(ofName: text))
  }

  private mutating func skipWord() {
    var isFirst = true
    while let byte = cursor.peek {
      if byte < 0x80 {
        guard byte.startsName || (!isFirst && byte.isDigit) else { return }
        cursor.offset += 1
      } else {
        guard case .scalar(let scalar, let length) = cursor.character(),
          isFirst ? scalar.startsName : scalar.continuesName
        else { return }
        cursor.offset += length
      }
      isFirst = false
    }
  }

  /// Returns the index of `text` among the names, which are kept in Normalization Form C.
  private mutating func index(ofName text: String) -> UInt32 {
    // Strings are equal when they are canonically equivalent, so that the lookup needs no form.
    if let index = nameIndices[text] { return index }
    let index = UInt32(list.names.count)
    let normal =
      text.utf8.allSatisfy { $0 < 0x80 } ? text : String(String.UnicodeScalarView(text._nfc))
    list.names.append(normal)
    nameIndices[normal] = index
    return index
  }

  private mutating func skipForeignCharacter() {
    let start = cursor.offset
    switch cursor.character() {
    case .scalar(let scalar, let length):
      cursor.offset += length
      diagnostics.append(.unexpectedCharacter(scalar, at: Span(start..<cursor.offset)))
    case .invalid:
      while cursor.offset < cursor.bytes.count, case .invalid(let length) = cursor.character() {
        cursor.offset += max(1, length)
      }
      diagnostics.append(.invalidText(at: Span(start..<cursor.offset)))
    }
  }
}

// MARK: - Numbers

extension Tokenizer {
  /// Reads `12`, `0.5`, `.5`, `1e-3`, `1_000`.
  private mutating func readNumber() {
    let start = cursor.offset
    skipDigits()
    var isWhole = true
    if cursor.peek == UInt8(ascii: "."), cursor.peek(1)?.isDigit == true {
      isWhole = false
      cursor.offset += 1
      skipDigits()
    }
    if skipExponent() { isWhole = false }
    let span = Span(start..<cursor.offset)
    let text = source.text(span).filter { $0 != "_" }
    let value = Double(text) ?? .nan
    check(value, text, at: span)
    // A whole number that Float64 does not hold exactly is a real number.
    isWhole = isWhole && value <= 0x1p53
    list.numbers.append(value)
    emit(isWhole ? .wholeNumber : .number, from: start, payload: UInt32(list.numbers.count - 1))
  }

  private mutating func skipDigits() {
    cursor.skip { $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  /// Moves past an exponent and returns whether there is one.
  private mutating func skipExponent() -> Bool {
    guard let letter = cursor.peek, letter | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = cursor.peek(1) == UInt8(ascii: "-") || cursor.peek(1) == UInt8(ascii: "+") ? 1 : 0
    guard cursor.peek(1 + sign)?.isDigit == true else { return false }
    cursor.offset += 1 + sign
    skipDigits()
    return true
  }

  private mutating func check(_ value: Double, _ text: String, at span: Span) {
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }
    let isZero = !mantissa.contains { ("1"..."9").contains($0) }
    if cursor.bytes[span.range].last == UInt8(ascii: "_") || source.text(span).contains("__") {
      diagnostics.append(.malformedNumber(text, at: span))
    } else if value.isInfinite || (value == 0 && !isZero) {
      diagnostics.append(.numberOutOfRange(isHuge: value.isInfinite, at: span))
    } else if cursor.peek == UInt8(ascii: "."), cursor.peek(1) != UInt8(ascii: "."),
      cursor.peek(1)?.startsName != true
    {
      diagnostics.append(.pointWithoutDigits(text, at: Span(Int(span.start)..<cursor.offset + 1)))
      cursor.offset += 1
    }
  }
}
