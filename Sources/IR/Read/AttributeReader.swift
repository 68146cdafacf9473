// Types, shapes and attributes as the text of the IR writes them, read back.

extension ValueType {
  /// Creates the type that is written `text`, or nil when it is none.
  init?(text: some StringProtocol) {
    let text = Substring(text)
    if text.hasPrefix("stack<"), text.hasSuffix(">") {
      guard let type = ValueType(text: text.dropFirst(6).dropLast()), !type.isStack else {
        return nil
      }
      self = type.stack
      return
    }
    let end = text.firstIndex(of: "[") ?? text.endIndex
    guard let element = Element(text[..<end]) else { return nil }
    guard end < text.endIndex else {
      self.init(element)
      return
    }
    guard let shape = Shape(text: text[end...]) else { return nil }
    self.init(element, shape)
  }
}

extension Shape {
  /// Creates the shape that is written `text`, or nil when it is none.
  init?(text: some StringProtocol) {
    guard text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 else { return nil }
    guard let dimensions = dimensionList(text.dropFirst().dropLast()) else { return nil }
    self.init(dimensions)
  }
}

/// Returns the dimensions between semicolons, or nil when one is malformed.
private func dimensionList(_ text: some StringProtocol) -> [Dimension]? {
  if text.isEmpty { return [] }
  var dimensions: [Dimension] = []
  for part in text.split(separator: ";", omittingEmptySubsequences: false) {
    guard let dimension = Dimension(text: part) else { return nil }
    dimensions.append(dimension)
  }
  return dimensions
}

extension Dimension {
  /// Creates the dimension that is written `text`, or nil when it is none.
  init?(text: some StringProtocol) {
    var rest = Array(text.unicodeScalars)[...]
    guard let dimension = Dimension.sum(&rest, depth: 0), rest.isEmpty else { return nil }
    self = dimension
  }

  private static func sum(_ rest: inout ArraySlice<Unicode.Scalar>, depth: Int) -> Dimension? {
    guard depth < 20 else { return nil }
    var sum = Dimension(0)
    var sign = rest.first == "-" ? -1 : 1
    if rest.first == "-" { rest.removeFirst() }
    while true {
      guard let term = product(&rest, depth: depth) else { return nil }
      sum = sum + Dimension(sign) * term
      guard let next = rest.first, next == "+" || next == "-" else { return sum }
      sign = next == "-" ? -1 : 1
      rest.removeFirst()
    }
  }

  private static func product(_ rest: inout ArraySlice<Unicode.Scalar>, depth: Int) -> Dimension? {
    guard var product = factor(&rest, depth: depth) else { return nil }
    while rest.first == "*" {
      rest.removeFirst()
      guard let next = factor(&rest, depth: depth) else { return nil }
      product = product * next
    }
    return product
  }

  private static func factor(_ rest: inout ArraySlice<Unicode.Scalar>, depth: Int) -> Dimension? {
    guard rest.first != "<" else {
      rest.removeFirst()
      guard let inner = sum(&rest, depth: depth + 1), rest.first == "/" else { return nil }
      rest.removeFirst()
      let isNegative = rest.first == "-"
      if isNegative { rest.removeFirst() }
      guard let divisor = Int(word(&rest)), divisor != 0, rest.first == ">" else { return nil }
      rest.removeFirst()
      return inner.dividedRoundingDown(by: isNegative ? -divisor : divisor)
    }
    let word = word(&rest)
    guard let first = word.unicodeScalars.first else { return nil }
    guard ("0"..."9").contains(first) else { return Dimension(symbol: word) }
    return Int(word).map { Dimension($0) }
  }

  private static func word(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
    let scalars = rest.prefix { !"+-*/<>;@|[]".unicodeScalars.contains($0) }
    rest = rest[scalars.endIndex...]
    return String(String.UnicodeScalarView(scalars))
  }
}

extension Attribute {
  /// Creates the attribute of an `op` that is written `text`, or nil when it is none.
  init?(_ op: Op, text: String) {
    guard text.hasPrefix("<"), text.hasSuffix(">"), text.count >= 2 else { return nil }
    let inner = text.dropFirst().dropLast()
    let parts = inner.split(separator: ";", omittingEmptySubsequences: false)
    let read: Attribute? =
      switch op {
      case .dimension: Dimension(text: inner).map { .dimension($0) }
      case .array: Attribute.elements(inner)
      case .iota, .broadcast, .reshape: Shape(text: inner).map { .shape($0) }
      case .randomUniform, .randomNormal: Attribute.random(inner)
      case .transpose: Attribute.permutation(inner, parts)
      case .slice, .sliceAdd, .sliceSet: Attribute.window(inner, parts)
      case .cumsum: Attribute.scan(parts)
      case .matmul: Attribute.transposes(parts)
      case .derivative: DerivativeKind(rawValue: String(inner)).map { .derivative($0) }
      default: Int(inner).map { .axis($0) }
      }
    guard let read else { return nil }
    self = read
  }

  private static func permutation(_ text: Substring, _ parts: [Substring]) -> Attribute? {
    let axes = text.isEmpty ? [] : parts.map { Int($0) ?? -1 }
    return .permutation(axes)
  }

  private static func scan(_ parts: [Substring]) -> Attribute? {
    guard parts.count == 2, let axis = Int(parts[0]), ["forward", "backward"].contains(parts[1])
    else { return nil }
    return .scan(axis: axis, isReversed: parts[1] == "backward")
  }

  private static func transposes(_ parts: [Substring]) -> Attribute? {
    let words: [Substring: Bool] = ["plain": false, "transposed": true]
    guard parts.count == 2, let first = words[parts[0]], let second = words[parts[1]]
    else { return nil }
    return .transposes(first: first, second: second)
  }

  private static func window(_ text: Substring, _ parts: [Substring]) -> Attribute? {
    var extents: [Extent] = []
    for part in text.isEmpty ? [] : parts {
      let pair = part.split(separator: "@", omittingEmptySubsequences: false)
      guard pair.count <= 2, let count = Dimension(text: pair[0]),
        let step = pair.count == 2 ? Dimension(text: pair[1]) : Dimension(1)
      else { return nil }
      extents.append(Extent(count, step: step))
    }
    return .window(extents)
  }

  private static func elements(_ text: Substring) -> Attribute? {
    let pair = text.split(separator: "|", omittingEmptySubsequences: false)
    guard pair.count == 2, let type = ValueType(text: pair[0]) else { return nil }
    var numbers: [Double] = []
    for part in pair[1].isEmpty ? [] : pair[1].split(separator: ";") {
      guard let number = Double(part), type.holds(number) else { return nil }
      numbers.append(number)
    }
    return .elements(Elements(numbers, type))
  }

  private static func random(_ text: Substring) -> Attribute? {
    let pair = text.split(separator: "|", omittingEmptySubsequences: false)
    guard pair.count == 2, let shape = Shape(text: pair[0]), let seed = Int(pair[1])
    else { return nil }
    return .random(shape, seed: seed)
  }
}
