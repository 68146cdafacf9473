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

// MARK: - Text

/// A sum as Swift writes it: terms with their signs.
struct SwiftSum {
  private var terms: [(text: String, isNegative: Bool)] = []

  /// Adds a term that binds tighter than a sum.
  mutating func add(_ text: String, isNegative: Bool = false) { terms.append((text, isNegative)) }

  /// Adds a size.
  mutating func add(_ dimension: Dimension, _ names: [String: String]) {
    for term in dimension.terms { add(term.swift(names), isNegative: term.coefficient < 0) }
    if dimension.constant != 0 {
      let digits = SwiftBody.grouped(Double(dimension.constant.magnitude))
      add(digits, isNegative: dimension.constant < 0)
    }
  }

  /// Adds `index` times `stride`.
  mutating func add(_ index: String, times stride: Dimension, _ names: [String: String]) {
    if stride.terms.isEmpty {
      guard stride.constant != 0 else { return }
      let factor = SwiftBody.grouped(Double(stride.constant.magnitude))
      add(factor == "1" ? index : "\(index) * \(factor)", isNegative: stride.constant < 0)
    } else if stride.terms.count == 1, stride.constant == 0 {
      let isNegative = stride.terms[0].coefficient < 0
      add("\(index) * \(stride.terms[0].swift(names))", isNegative: isNegative)
    } else {
      add("\(index) * (\(stride.swift(names)))")
    }
  }

  /// How many terms there are.
  var count: Int { terms.count }

  /// The sum, starting with a term without a sign where there is one.
  var text: String {
    var ordered = terms
    if let first = ordered.firstIndex(where: { !$0.isNegative }) {
      ordered.insert(ordered.remove(at: first), at: 0)
    }
    var text = ""
    for term in ordered {
      text += text.isEmpty ? (term.isNegative ? "-" : "") : term.isNegative ? " - " : " + "
      text += term.text
    }
    return text.isEmpty ? "0" : text
  }
}

extension Dimension {
  /// The dimension as Swift computes it, where `names` are the names of the symbols.
  func swift(_ names: [String: String]) -> String {
    var sum = SwiftSum()
    sum.add(self, names)
    return sum.text
  }

  /// The same where an operator of multiplication takes it.
  func swiftFactor(_ names: [String: String]) -> String {
    let text = swift(names)
    return terms.count + (constant == 0 ? 0 : 1) > 1 || text.contains(" ") ? "(\(text))" : text
  }
}

extension Dimension.Term {
  /// The term without its sign.
  fileprivate func swift(_ names: [String: String]) -> String {
    let magnitude = coefficient.magnitude
    let number = magnitude == 1 ? [] : [SwiftBody.grouped(Double(magnitude))]
    let factors = factors.map { factor in
      switch factor {
      case .symbol(let name): names[name] ?? name
      case .quotient(let inner, let divisor):
        "(\(inner.swiftFactor(names)) / \(divisor < 0 ? "(\(divisor))" : "\(divisor)"))"
      }
    }
    return (factors + number).joined(separator: " * ")
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
