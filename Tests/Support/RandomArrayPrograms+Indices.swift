extension RandomArrayProgram {
  /// An entry of an index: its text, and the sizes that it leaves of the axis.
  private typealias Entry = (text: String, sizes: [Size])

  /// Returns a use of an index, or an assignment at one.
  mutating func index(_ operation: String, _ x: Named) -> Drawn? {
    let words = operation.split(separator: " ")
    guard let kind = words.last, ["index", "slice", "gather"].contains(kind) else { return nil }
    let entries = (0..<number(1...x.rank)).map { entry(x.shape[$0], kind) }
    let index = entries.map(\.text).joined(separator: ", ")
    let shape = entries.flatMap(\.sizes) + x.shape[entries.count...]
    if words.count == 1 { return ("\(x.name)[\(index)]", shape, x.bound) }
    let value = pick { RandomArrayProgram.fits($0.shape, into: shape) } ?? names[0]
    let text = "§ = \(x.name); §[\(index)] = \(value.name)"
    return (text, x.shape, max(x.bound, value.bound))
  }

  /// Whether a value of shape `a` can be stretched to `b`.
  private static func fits(_ a: [Size], into b: [Size]) -> Bool {
    broadcast(a, b).map { $0.map(\.number) } == b.map(\.number)
      && zip(a.suffix(b.count), b.suffix(a.count)).allSatisfy { $0.isOne || $0.number == $1.number }
  }

  private mutating func entry(_ size: Size, _ kind: Substring) -> Entry {
    switch number(0...2) {
    case 0: return chance() ? (":", [size]) : position(size)
    case 1 where kind == "gather": return range(size)
    default:
      return kind == "index" ? position(size) : kind == "slice" ? range(size) : gather(size)
    }
  }

  private mutating func position(_ size: Size) -> Entry {
    let place = number(-size.number...size.number - 1)
    return ("\(place)", [])
  }

  private mutating func gather(_ size: Size) -> Entry {
    let places = (0..<4).map { _ in number(-size.number...size.number - 1) }
    switch number(0...3) {
    case 0: return ("at", [Size(number: 3)])
    case 1:
      return (
        "[[\(places[0]), \(places[1])], [\(places[2]), \(places[3])]]",
        [Size(number: 2), Size(number: 2)]
      )
    case 2 where pick { $0.rank == 2 && $0.shape[0].number == size.number } != nil:
      guard let y = pick(where: { $0.rank == 2 && $0.shape[0].number == size.number }) else {
        return (":", [size])
      }
      return ("argmax(\(y.name), axis: 0)", [y.shape[1]])
    default: return ("[\(places[0]), \(places[1]), \(places[2])]", [Size(number: 3)])
    }
  }

  private mutating func range(_ size: Size) -> Entry {
    let (a, b) = (number(0...size.number - 1), number(0...size.number - 1))
    let (low, high) = (min(a, b), max(a, b))
    let step = number(1...3)
    let count = Size(number: (high - low) / step + 1)
    if chance() { return ("\(high)...\(low) by -\(step)", [count]) }
    let by = step == 1 ? "" : " by \(step)"
    // A bound from the end makes the length a matter of data.
    let isFromEnd = chance()
    let part = Size(number: count.number, isKnown: count.isKnown && (!isFromEnd || size.isKnown))
    if chance() { return ("\(low)...\(isFromEnd ? high - size.number : high)\(by)", [part]) }
    let end = high + 1
    guard isFromEnd, end < size.number else { return ("\(low)..<\(end)\(by)", [count]) }
    return ("\(low)..<\(end - size.number)\(by)", [part])
  }
}
