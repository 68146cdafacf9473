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
