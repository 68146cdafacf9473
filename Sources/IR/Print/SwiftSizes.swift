/// Where an emitted function finds the sizes that data gives: the counts of its arguments, or
/// parameters where those do not tell.
struct SwiftSizes {
  /// Where a size comes from.
  enum Origin {
    /// It is a whole input of the program.
    case leaf
    /// It is the count of an array less `rest`, divided by `factor`.
    case count(leaf: String, rest: Dimension, factor: Dimension)
    /// Nothing else tells it.
    case parameter
  }

  /// The symbols with their origins; each needs only those before it.
  private(set) var symbols: [(name: String, origin: Origin)] = []

  /// Finds the sizes of the shapes of `leaves`.
  init(_ leaves: [Leaf]) {
    let arrays = leaves.filter { !$0.type.isScalar }
    let names = arrays.flatMap { $0.type.shape.dimensions.flatMap(\.symbols) }
    for leaf in leaves where leaf.type == .integer {
      symbols.append((leaf.name, .leaf))
    }
    solve(arrays)
    while let unknown = names.first(where: { !isKnown($0) }) {
      symbols.append((cheapest(names, arrays) ?? unknown, .parameter))
      solve(arrays)
    }
  }

  /// The symbols that functions take as parameters of their own.
  var parameters: [String] {
    symbols.compactMap { symbol in if case .parameter = symbol.origin { symbol.name } else { nil } }
  }

  /// The symbols that are no leaves.
  var computed: [String] {
    symbols.compactMap { symbol in if case .leaf = symbol.origin { nil } else { symbol.name } }
  }

  /// Returns the symbols in the order in which they are found; with `names`, those and what they are
  /// computed from.
  func neededSymbols(_ names: [String]?) -> [String] {
    guard let names else { return symbols.map(\.name) }
    var needed = Set(names)
    for symbol in symbols.reversed() where needed.contains(symbol.name) {
      if case .count(_, let rest, let factor) = symbol.origin {
        needed.formUnion(rest.symbols + factor.symbols)
      }
    }
    return symbols.map(\.name).filter(needed.contains)
  }

  private func isKnown(_ name: String) -> Bool { symbols.contains { $0.name == name } }

  /// Finds what follows from the counts of `arrays` by one linear equation each.
  private mutating func solve(_ arrays: [Leaf]) {
    var isDone = false
    while !isDone {
      isDone = true
      for leaf in arrays {
        let count = leaf.type.shape.count
        let unknowns = count.symbols.filter { !isKnown($0) }
        guard unknowns.count == 1, let (factor, rest) = count.linear(in: unknowns[0]) else {
          continue
        }
        symbols.append((unknowns[0], .count(leaf: leaf.name, rest: rest, factor: factor)))
        isDone = false
      }
    }
  }

  /// Returns the symbol that leaves the fewest unknown once it is a parameter.
  private func cheapest(_ names: [String], _ arrays: [Leaf]) -> String? {
    var best: (name: String, known: Int)?
    for name in names where !isKnown(name) {
      var trial = self
      trial.symbols.append((name, .parameter))
      trial.solve(arrays)
      if trial.symbols.count > best?.known ?? 0 { best = (name, trial.symbols.count) }
    }
    return best?.name
  }
}

extension Dimension {
  /// Returns the parts `factor` and `rest` of the dimension as `factor * symbol + rest`, or nil when
  /// it is of no such form.
  fileprivate func linear(in symbol: String) -> (factor: Dimension, rest: Dimension)? {
    let rest = substituting([symbol: Dimension(0)])
    let factor = substituting([symbol: Dimension(1)]) - rest
    return factor * Dimension(symbol: symbol) + rest == self ? (factor, rest) : nil
  }

  /// The dimension without a number that divides it.
  var primitive: Dimension {
    let numbers = (terms.map(\.coefficient) + [constant]).map { Int($0.magnitude) }
    let divisor = numbers.reduce(0, greatestCommonDivisor)
    return divisor > 1 ? dividedRoundingDown(by: divisor) : self
  }

  /// Whether it is known to be at least 0, as every symbol is.
  var isNeverNegative: Bool {
    constant >= 0 && terms.allSatisfy { $0.coefficient > 0 && $0.factors.allSatisfy(\.isSymbol) }
  }
}

extension Dimension.Factor {
  fileprivate var isSymbol: Bool {
    if case .symbol = self { true } else { false }
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
