/// How the elements of a file of NumPy's NPY format are stored.
struct NPYElement: Equatable {
  /// What an element is.
  enum Kind: Character {
    case floatingPoint = "f"
    case signedInteger = "i"
    case unsignedInteger = "u"
    case boolean = "b"
  }

  /// What an element is.
  let kind: Kind
  /// The number of bytes of an element.
  let size: Int
  /// Whether the most significant byte comes first.
  let isBigEndian: Bool

  /// Creates the element that NumPy describes as `text`, such as `<f8`, or nil if it is not a kind
  /// that a Float64 can stand for.
  init?(_ text: String) {
    let characters = Array(text)
    guard characters.count == 3, "<>|".contains(characters[0]),
      let kind = Kind(rawValue: characters[1]), let size = characters[2].wholeNumberValue,
      NPYElement.sizes(of: kind).contains(size), size == 1 || characters[0] != "|"
    else { return nil }
    self.kind = kind
    self.size = size
    isBigEndian = characters[0] == ">"
  }

  /// Returns the numbers of bytes that an element of `kind` may have.
  private static func sizes(of kind: Kind) -> [Int] {
    switch kind {
    case .floatingPoint: [4, 8]
    case .signedInteger, .unsignedInteger: [1, 2, 4, 8]
    case .boolean: [1]
    }
  }
}

extension NPYElement {
  /// Returns the elements that `bytes` hold, each as the nearest Float64.
  func decode(_ bytes: ArraySlice<UInt8>) -> [Double] {
    switch (kind, size) {
    case (.floatingPoint, 4): decode(bytes) { (bits: UInt32) in Double(Float(bitPattern: bits)) }
    case (.floatingPoint, _): decode(bytes) { (bits: UInt64) in Double(bitPattern: bits) }
    case (.signedInteger, 1): decode(bytes) { (number: Int8) in Double(number) }
    case (.signedInteger, 2): decode(bytes) { (number: Int16) in Double(number) }
    case (.signedInteger, 4): decode(bytes) { (number: Int32) in Double(number) }
    case (.signedInteger, _): decode(bytes) { (number: Int64) in Double(number) }
    case (.unsignedInteger, 1): decode(bytes) { (number: UInt8) in Double(number) }
    case (.unsignedInteger, 2): decode(bytes) { (number: UInt16) in Double(number) }
    case (.unsignedInteger, 4): decode(bytes) { (number: UInt32) in Double(number) }
    case (.unsignedInteger, _): decode(bytes) { (number: UInt64) in Double(number) }
    case (.boolean, _): decode(bytes) { (number: UInt8) in number == 0 ? 0 : 1 }
    }
  }

  /// Returns what `number` makes of each integer that `bytes` hold.
  private func decode<Stored: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, _ number: (Stored) -> Double
  ) -> [Double] {
    bytes.withUnsafeBytes { buffer in
      (0..<buffer.count / size).map { index in
        let stored = buffer.loadUnaligned(fromByteOffset: index * size, as: Stored.self)
        return number(isBigEndian ? Stored(bigEndian: stored) : Stored(littleEndian: stored))
      }
    }
  }
}

/// What stands before the elements in a file of NumPy's NPY format.
struct NPYHeader: Equatable {
  /// How an element is stored, as NumPy describes it.
  let description: String
  /// Whether the first dimension runs fastest.
  let isColumnMajor: Bool
  /// The length of each dimension.
  let shape: [Int]

  /// What every file begins with.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The number of bytes that a header is filled up to a multiple of.
  static let alignment = 64
}
