import BPLexer

/// A piece of the text of the IR.
struct TextToken {
  /// What kind of piece it is.
  enum Kind: Equatable {
    /// `function`, `add`, `%3`, `@0`, `-1.5e-10` or a name such as `t[0]`.
    case word
    /// A name in quotes.
    case quoted
    /// One of `( ) { } , : =`.
    case sign(UInt8)
    /// The end of a line.
    case lineEnd
    /// The end of the text.
    case end
    /// What is no part of the text of the IR.
    case foreign
  }

  /// What kind of piece it is.
  let kind: Kind
  /// Where it is.
  let span: Span
}

/// A walk over the text of the IR, piece by piece.
struct TextScanner {
  /// The text.
  let source: Source
  /// The piece that is read next.
  private(set) var next = TextToken(kind: .end, span: .none)
  /// The piece that was read last.
  private(set) var previous = TextToken(kind: .lineEnd, span: .none)
  private var offset: Int

  /// Creates a walk from the start of `source`.
  init(_ source: Source) {
    self.source = source
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    offset = source.bytes.starts(with: byteOrderMark) ? 3 : 0
    next = scan()
  }

  /// The bytes of the next piece.
  var nextBytes: ArraySlice<UInt8> { source.bytes[next.span.range] }

  /// Returns whether the next piece is the word `word`.
  func isNext(_ word: String) -> Bool {
    next.kind == .word && nextBytes.elementsEqual(word.utf8)
  }

  /// Moves past the next piece and returns it; the end stays.
  @discardableResult
  mutating func take() -> TextToken {
    previous = next
    if next.kind != .end { next = scan() }
    return previous
  }

  // MARK: - Pieces

  private var byte: UInt8? { offset < source.bytes.count ? source.bytes[offset] : nil }

  private mutating func scan() -> TextToken {
    skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
    let start = offset
    let kind = scanKind()
    return TextToken(kind: kind, span: Span(start..<offset))
  }

  private mutating func scanKind() -> TextToken.Kind {
    guard let first = byte else { return .end }
    if first.isPartOfWord {
      skip(while: \.isPartOfWord)
      return .word
    }
    offset += 1
    switch first {
    case UInt8(ascii: "\n"): return .lineEnd
    case UInt8(ascii: "\""): return scanQuoted()
    case _ where "(){},:=".utf8.contains(first): return .sign(first)
    default: return .foreign
    }
  }

  /// Reads to the closing quote, or to the end of the line where there is none.
  private mutating func scanQuoted() -> TextToken.Kind {
    while let byte, byte != UInt8(ascii: "\n") {
      offset += 1
      if byte == UInt8(ascii: "\"") { return .quoted }
      if byte == UInt8(ascii: "\\"), self.byte != UInt8(ascii: "\n") {
        offset = min(offset + 1, source.bytes.count)
      }
    }
    return .foreign
  }

  private mutating func skip(while predicate: (UInt8) -> Bool) {
    while let byte, predicate(byte) { offset += 1 }
  }
}

extension UInt8 {
  /// Whether the byte is part of words, numbers, values and bare names.
  fileprivate var isPartOfWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
    default: "_[]%@.+-;*/<>|".utf8.contains(self)
    }
  }
}
