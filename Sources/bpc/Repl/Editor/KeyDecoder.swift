/// A walk over the bytes of a terminal that finds keys, by the sequences of ECMA-48 and xterm.
struct KeyDecoder {
  /// Returns the next byte, or nil at the end of the input.
  let nextByte: () -> UInt8?
  /// Returns whether a byte comes at once, which tells a sequence from the Escape key.
  let isByteWaiting: () -> Bool

  /// Returns the next key, or nil at the end of the input.
  func next() -> Key? {
    guard let byte = nextByte() else { return nil }
    switch byte {
    case 0x1B: return isByteWaiting() ? sequence() : .escape
    case 0..<0x20, 0x7F: return KeyDecoder.controls[byte] ?? .unknown
    default: return character(byte)
    }
  }

  private static let controls: [UInt8: Key] = [
    1: .home, 2: .left, 3: .interrupt, 4: .endOfInput, 5: .end, 6: .right, 8: .backspace, 9: .tab,
    10: .enter, 11: .killToEnd, 12: .clearScreen, 13: .enter, 14: .down, 16: .up, 18: .search,
    20: .transpose, 21: .killToStart, 23: .killWordBefore, 25: .yank, 26: .suspend,
    0x7F: .backspace,
  ]

  /// Returns the character that starts with `first`, in UTF-8; combining marks that wait belong to it.
  private func character(_ first: UInt8) -> Key {
    let count = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
    var bytes = [first]
    for _ in 0..<count { bytes += nextByte().map { [$0] } ?? [] }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.count == 1 ? text.first.map(Key.character) ?? .unknown : .paste(text)
  }

  // MARK: - Sequences

  private func sequence() -> Key {
    switch nextByte() {
    case UInt8(ascii: "["): return controlSequence()
    case UInt8(ascii: "O"): return KeyDecoder.finals[nextByte() ?? 0] ?? .unknown
    case UInt8(ascii: "b"): return .wordLeft
    case UInt8(ascii: "f"): return .wordRight
    case UInt8(ascii: "d"): return .killWordAfter
    case 0x7F, 8: return .killWordBefore
    default: return .unknown
    }
  }

  private static let finals: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
  ]

  private static let numbered: [String: Key] = [
    "1": .home, "3": .delete, "4": .end, "7": .home, "8": .end,
  ]

  private func controlSequence() -> Key {
    var parameters: [UInt8] = []
    while let byte = nextByte() {
      if 0x40...0x7E ~= byte { return key(String(decoding: parameters, as: UTF8.self), byte) }
      if parameters.count < 16 { parameters.append(byte) }
    }
    return .unknown
  }

  private func key(_ parameters: String, _ final: UInt8) -> Key {
    if final == UInt8(ascii: "~") {
      return parameters == "200" ? .paste(pasted()) : KeyDecoder.numbered[parameters] ?? .unknown
    }
    // With Ctrl or Alt, xterm sends 1;5C.
    let isWord = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
    switch KeyDecoder.finals[final] {
    case .left where isWord: return .wordLeft
    case .right where isWord: return .wordRight
    case let key: return key ?? .unknown
    }
  }

  /// Returns the text up to the end of what is pasted.
  private func pasted() -> String {
    let end = Array("\u{1B}[201~".utf8)
    var bytes: [UInt8] = []
    while let byte = nextByte() {
      bytes.append(byte)
      if byte == end[end.count - 1], bytes.suffix(end.count).elementsEqual(end) {
        return String(decoding: bytes.dropLast(end.count), as: UTF8.self)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
