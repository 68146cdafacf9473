extension Dimension {
  /// The dimension that is one factor.
  init(factor: Factor) {
    self.init(constant: 0, terms: [Term(factors: [factor], coefficient: 1)])
  }

  /// Returns the dimension with each symbol replaced by what `sizes` says.
  package func substituting(_ sizes: [String: Dimension]) -> Dimension {
    guard !terms.isEmpty, !sizes.isEmpty else { return self }
    var sum = Dimension(constant)
    for term in terms {
      var product = Dimension(term.coefficient)
      for factor in term.factors {
        switch factor {
        case .symbol(let name): product = product * (sizes[name] ?? Dimension(symbol: name))
        case .quotient(let inner, let divisor):
          product = product * inner.substituting(sizes).dividedRoundingDown(by: divisor)
        }
      }
      sum = sum + product
    }
    return sum
  }

  /// The symbols in it, each once, in the order of the text.
  package var symbols: [String] {
    var names: [String] = []
    for factor in terms.flatMap(\.factors) {
      let inner: [String] =
        switch factor {
        case .symbol(let name): [name]
        case .quotient(let dimension, _): dimension.symbols
        }
      names += inner.filter { !names.contains($0) }
    }
    return names
  }

  /// Whether it is a multiple of a product of sizes, and 0 only where there are no elements.
  package var isMultiple: Bool { constant == 0 && terms.count == 1 }

  /// Whether only data tells if it is 0.
  package var isOpen: Bool { number == nil && !isMultiple }

  /// Returns a symbol and what it must be for the dimension to be 0, when one can be told.
  package var root: (symbol: String, value: Dimension)? {
    for term in terms {
      guard case .symbol(let name)? = term.factors.first, term.factors.count == 1 else { continue }
      let rest = self - Dimension(constant: 0, terms: [term])
      // What differs from turn to turn is not told by an equation, and tells nothing.
      guard !rest.symbols.contains(name), !isTurnSized else { continue }
      let negated = Dimension(-1) * rest
      if let value = negated.divided(exactlyBy: Dimension(term.coefficient)) {
        return (name, value)
      }
    }
    return nil
  }
}
