/// The length of an array along one axis: a polynomial with whole coefficients in sizes that data
/// gives.
///
/// It is kept in normal form, so that two dimensions are the same exactly when they are equal as
/// polynomials.
package struct Dimension: Hashable, Sendable {
  /// The part that depends on no symbol.
  package let constant: Int
  /// The other parts, in the order of their factors.
  package let terms: [Term]

  /// A product of sizes with a coefficient that is not 0.
  package struct Term: Hashable, Sendable {
    package let factors: [Factor]
    package let coefficient: Int
  }

  /// A size that is not known before data arrives.
  package indirect enum Factor: Hashable, Sendable {
    /// The size that a declaration names.
    case symbol(String)
    /// A dimension divided by a number, rounded down.
    case quotient(Dimension, by: Int)
  }

  /// Beyond this no array has elements; sizes stay here once they reach it.
  package static let largest = 1 << 53

  /// The dimension of `number` elements.
  package init(_ number: Int) {
    constant = min(max(number, -Dimension.largest), Dimension.largest)
    terms = []
  }

  /// The dimension that the declaration of `name` gives.
  package init(symbol name: String) {
    self.init(constant: 0, terms: [Term(factors: [.symbol(name)], coefficient: 1)])
  }

  init(constant: Int, terms: [Term]) {
    self.constant = min(max(constant, -Dimension.largest), Dimension.largest)
    self.terms = terms
  }

  /// The number of elements, or nil when it is not known before data arrives.
  package var number: Int? { terms.isEmpty ? constant : nil }
}

// MARK: - Arithmetic

extension Dimension {
  package static func + (a: Dimension, b: Dimension) -> Dimension {
    if a.terms.isEmpty, b.terms.isEmpty { return Dimension(a.constant + b.constant) }
    return Dimension(constant: a.constant + b.constant, terms: collected(a.terms + b.terms))
  }

  package static func - (a: Dimension, b: Dimension) -> Dimension { a + Dimension(-1) * b }

  package static func * (a: Dimension, b: Dimension) -> Dimension {
    if a.terms.isEmpty, b.terms.isEmpty { return Dimension(product(a.constant, b.constant)) }
    var terms: [Term] = []
    for term in a.terms { terms.append(term.times(b.constant)) }
    for term in b.terms { terms.append(term.times(a.constant)) }
    for x in a.terms {
      for y in b.terms {
        terms.append(
          Term(
            factors: (x.factors + y.factors).sorted { $0.text < $1.text },
            coefficient: product(x.coefficient, y.coefficient)))
      }
    }
    return Dimension(constant: product(a.constant, b.constant), terms: collected(terms))
  }

  /// Returns the dimension divided by `divisor`, which is not 0, rounded down.
  package func dividedRoundingDown(by divisor: Int) -> Dimension {
    if divisor == 1 { return self }
    if let number { return Dimension(floorQuotient(number, divisor)) }
    if divisor == -1 { return Dimension(-1) * self }
    if constant % divisor == 0, terms.allSatisfy({ $0.coefficient % divisor == 0 }) {
      return Dimension(
        constant: constant / divisor,
        terms: terms.map { Term(factors: $0.factors, coefficient: $0.coefficient / divisor) })
    }
    let factor = Factor.quotient(self, by: divisor)
    return Dimension(constant: 0, terms: [Term(factors: [factor], coefficient: 1)])
  }

  /// Returns the dimension divided by `other` when that is a polynomial again, or nil.
  package func divided(exactlyBy other: Dimension) -> Dimension? {
    if self == other, self != Dimension(0) { return Dimension(1) }
    if let divisor = other.number {
      guard divisor != 0, constant % divisor == 0,
        terms.allSatisfy({ $0.coefficient % divisor == 0 })
      else { return nil }
      return dividedRoundingDown(by: divisor)
    }
    guard other.terms.count == 1, other.constant == 0, constant == 0 else { return nil }
    var quotient = Dimension(0)
    for term in terms {
      guard let part = term.divided(by: other.terms[0]) else { return nil }
      quotient = quotient + part
    }
    return quotient
  }

  /// Returns the sum of terms with the same factors, without those that cancel.
  private static func collected(_ terms: [Term]) -> [Term] {
    var sums: [[Factor]: Int] = [:]
    for term in terms {
      let sum = sums[term.factors, default: 0] + term.coefficient
      sums[term.factors] = min(max(sum, -largest), largest)
    }
    return sums.filter { $0.value != 0 }
      .map { Term(factors: $0.key, coefficient: $0.value) }
      .sorted { ($0.factors.count, $0.text) < ($1.factors.count, $1.text) }
  }

  fileprivate static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? ((a < 0) == (b < 0) ? largest : -largest) : product
  }
}

/// Returns `a` divided by `b`, which is not 0, rounded down.
func floorQuotient(_ a: Int, _ b: Int) -> Int {
  let quotient = a / b
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
}

extension Dimension.Term {
  fileprivate func times(_ number: Int) -> Dimension.Term {
    Dimension.Term(factors: factors, coefficient: Dimension.product(coefficient, number))
  }

  fileprivate func divided(by other: Dimension.Term) -> Dimension? {
    guard coefficient % other.coefficient == 0 else { return nil }
    var rest = factors
    for factor in other.factors {
      guard let index = rest.firstIndex(of: factor) else { return nil }
      rest.remove(at: index)
    }
    let number = Dimension(coefficient / other.coefficient)
    return rest.reduce(number) { $0 * Dimension(factor: $1) }
  }
}

// MARK: - Text

extension Dimension: CustomStringConvertible {
  /// The dimension as declarations and messages write it: `3`, `n`, `2*n + 1`.
  package var description: String {
    var text = ""
    for term in terms { Dimension.append(term.text, negative: term.coefficient < 0, to: &text) }
    if constant != 0 || terms.isEmpty {
      Dimension.append("\(constant.magnitude)", negative: constant < 0, to: &text)
    }
    return text
  }

  private static func append(_ part: String, negative: Bool, to text: inout String) {
    if text.isEmpty {
      text = negative ? "-\(part)" : part
    } else {
      text += negative ? " - \(part)" : " + \(part)"
    }
  }
}

extension Dimension.Term {
  /// The term without its sign.
  fileprivate var text: String {
    let product = factors.map(\.text).joined(separator: "*")
    return coefficient.magnitude == 1 ? product : "\(coefficient.magnitude)*\(product)"
  }
}

extension Dimension.Factor {
  fileprivate var text: String {
    switch self {
    case .symbol(let name): String(name.prefix { $0 != Dimension.turnMark })
    case .quotient(let dimension, let divisor): "floor((\(dimension)) / \(divisor))"
    }
  }
}
