import BPInterp

/// A random program of arrays with a point at which it is finite.
package struct RandomArrayProgram {
  /// The leaves with their values at the point.
  package private(set) var leaves: [(name: String, declaration: String, value: Tensor)] = []
  /// The statements after the declarations.
  package private(set) var body = ""
  /// The operations that were drawn.
  package private(set) var drawn: [String] = []
  /// What data gives the symbols of the shapes.
  package private(set) var sizes: [String: Int] = [:]

  /// A size, and whether it is known before data arrives.
  struct Size: Equatable {
    var number: Int
    var isKnown = true

    /// Whether it is stretched.
    var isOne: Bool { isKnown && number == 1 }
  }

  /// A name with its shape and a bound of the magnitude of its elements.
  struct Named {
    let name: String
    let shape: [Size]
    var bound = 2.0

    var rank: Int { shape.count }
    var count: Int { shape.reduce(1) { $0 * $1.number } }
  }

  /// A use of an operation; `§` in its text stands for the name that is defined.
  typealias Drawn = (text: String, shape: [Size], bound: Double)

  var generator: SeededGenerator
  var names: [Named] = []
  private(set) var count = 0

  /// Creates the program that `seed` gives, with `size` statements.
  package init(seed: UInt64, size: Int) {
    generator = SeededGenerator(seed: seed)
    sizes = ["n": number(2...5), "m": number(2...5)]
    for rank in 0..<4 { addLeaf("x\(rank)", rank) }
    addLeaf("x4", number(0...3))
    addIndices()
    for _ in 0..<size { addStatement() }
    let terms = names.suffix(3).map { "sum(sin(\($0.name)))" }
    let moving = leaves.map(\.name).filter { $0 != "at" }.map { "0.5*sum(\($0))" }
    body += "f = \((terms + moving).joined(separator: " + "))\n"
  }

  /// The program, with symbols in its declared shapes.
  package var text: String { leaves.map(\.declaration).joined() + body }

  /// The program with numbers in their place.
  package var literalText: String {
    let declarations = leaves.map(\.declaration).joined()
    return sizes.reduce(declarations) { text, size in
      text.replacing("[\(size.key)", with: "[\(size.value)").replacing(
        ", \(size.key)", with: ", \(size.value)")
    } + body
  }

  // MARK: - Leaves

  private mutating func addLeaf(_ name: String, _ rank: Int) {
    var shape: [Size] = []
    var words: [String] = []
    for _ in 0..<rank {
      if let symbol = Bool.random(using: &generator) ? nil : ["n", "m"][number(0...1)] {
        shape.append(Size(number: sizes[symbol] ?? 1, isKnown: false))
        words.append(symbol)
      } else {
        shape.append(Size(number: number(1...4)))
        words.append("\(shape[shape.count - 1].number)")
      }
    }
    let named = Named(name: name, shape: shape)
    let values = (0..<named.count).map { _ in
      (Double.random(in: -2...2, using: &generator) * 1000).rounded() / 1000
    }
    let declared = rank == 0 ? "" : ": [\(words.joined(separator: ", "))]"
    leaves.append(
      (name, "param \(name)\(declared)\n", Tensor(shape: shape.map(\.number), values: values)))
    names.append(named)
  }

  /// Adds a vector of indices that fit every axis.
  private mutating func addIndices() {
    let values = (0..<3).map { _ in Double(number(-1...0)) }
    leaves.append(("at", "input at: int [3]\n", Tensor(shape: [3], values: values)))
  }

  // MARK: - Statements

  private mutating func addStatement() {
    for _ in 0..<60 {
      let operation = RandomArrayProgram.operations[
        number(0...RandomArrayProgram.operations.count - 1)]
      guard let made = drawn(operation), made.shape.count <= 4,
        made.shape.reduce(1, { $0 * $1.number }) <= 120
      else { continue }
      drawn.append(operation)
      return define(made)
    }
  }

  private mutating func define(_ made: Drawn) {
    let name = "v\(count)"
    count += 1
    let isLarge = made.bound > 3
    let text = made.text.contains("§") ? made.text : "§ = \(made.text)"
    body += text.replacing("§", with: name) + (isLarge ? "; \(name) = 2*sin(\(name))\n" : "\n")
    names.append(Named(name: name, shape: made.shape, bound: isLarge ? 2 : made.bound))
  }

  // MARK: - Choices

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  mutating func chance() -> Bool { Bool.random(using: &generator) }

  mutating func pick() -> Named { names.randomElement(using: &generator) ?? names[0] }

  mutating func pick(where fits: (Named) -> Bool) -> Named? {
    names.filter(fits).randomElement(using: &generator)
  }

  mutating func array() -> Named { pick { $0.rank > 0 } ?? names[1] }

  /// Returns two names that broadcast, with the shape of the result.
  mutating func pair() -> (a: Named, b: Named, shape: [Size]) {
    var a = pick()
    if a.rank == 1, chance() { a = column(a) }
    let b = pick { RandomArrayProgram.broadcast(a.shape, $0.shape) != nil } ?? names[0]
    return (a, b, RandomArrayProgram.broadcast(a.shape, b.shape) ?? a.shape)
  }

  /// Returns a vector as a column.
  private func column(_ x: Named) -> Named {
    Named(name: "reshape(\(x.name), [-1, 1])", shape: x.shape + [Size(number: 1)], bound: x.bound)
  }

  /// Returns the shape that two shapes are stretched to.
  static func broadcast(_ a: [Size], _ b: [Size]) -> [Size]? {
    let rank = max(a.count, b.count)
    let one = Size(number: 1)
    var shape: [Size] = []
    for axis in 0..<rank {
      let x = axis < rank - a.count ? one : a[axis - rank + a.count]
      let y = axis < rank - b.count ? one : b[axis - rank + b.count]
      guard x.isOne || y.isOne || x.number == y.number else { return nil }
      shape.append(x.isOne ? y : x)
    }
    return shape
  }
}
