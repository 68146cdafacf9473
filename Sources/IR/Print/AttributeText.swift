// Types, shapes and attributes as the text of the IR writes them: each one word, without spaces, so
// that a line is a list of words.

extension Dimension {
  /// The dimension without spaces: `2*n+1`, `<n+1/2>` for the quotient rounded down.
  package var text: String {
    var text = ""
    for term in terms {
      let names = term.factors.map(\.text)
      let product =
        (term.coefficient.magnitude == 1 ? [] : ["\(term.coefficient.magnitude)"]) + names
      text += sign(term.coefficient, isFirst: text.isEmpty) + product.joined(separator: "*")
    }
    if constant != 0 || terms.isEmpty {
      text += sign(constant, isFirst: text.isEmpty) + "\(constant.magnitude)"
    }
    return text
  }

  private func sign(_ number: Int, isFirst: Bool) -> String {
    number < 0 ? "-" : isFirst ? "" : "+"
  }
}

extension Dimension.Factor {
  fileprivate var text: String {
    switch self {
    case .symbol(let name): name
    case .quotient(let dimension, let divisor): "<\(dimension.text)/\(divisor)>"
    }
  }
}

extension Shape {
  /// The shape without spaces: `[n;3]`.
  package var text: String { "[\(dimensions.map(\.text).joined(separator: ";"))]" }
}

extension ValueType {
  /// The type without spaces: `real[n;3]`, `stack<real>`.
  package var text: String {
    if isStack { return "stack<\(unstacked.text)>" }
    return isScalar ? element.description : element.description + shape.text
  }
}

extension Attribute {
  /// The attribute without spaces, in pointed brackets: `<0>`, `<[n;3]>`, `<3;n@2>`.
  package var text: String {
    switch self {
    case .dimension(let dimension): "<\(dimension.text)>"
    case .shape(let shape): "<\(shape.text)>"
    case .axis(let axis): "<\(axis)>"
    case .scan(let axis, let isReversed): "<\(axis);\(isReversed ? "backward" : "forward")>"
    case .permutation(let axes): "<\(axes.map { "\($0)" }.joined(separator: ";"))>"
    case .window(let extents): "<\(extents.map(\.text).joined(separator: ";"))>"
    case .transposes(let first, let second):
      "<\(first ? "transposed" : "plain");\(second ? "transposed" : "plain")>"
    case .elements(let elements): "<\(elements.type.text)|\(elements.text)>"
    case .derivative(let kind): "<\(kind.rawValue)>"
    case .random(let shape, let seed): "<\(shape.text)|\(seed)>"
    }
  }
}

extension Attribute.Extent {
  fileprivate var text: String {
    step == Dimension(1) ? count.text : "\(count.text)@\(step.text)"
  }
}

extension Attribute.Elements {
  fileprivate var text: String {
    numbers.map { number in
      type.isReal ? number.description : "\(Int(exactly: number) ?? 0)"
    }.joined(separator: ";")
  }
}
