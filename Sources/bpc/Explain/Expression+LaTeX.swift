import BackpropCompiler

extension Expression {
  /// The expression as LaTeX writes it in mathematics.
  var latex: String { latex(in: 0) }

  /// The expression in parentheses, where it holds together less than `precedence`.
  private func latex(in precedence: Int) -> String {
    let isLoose = self.precedence < precedence
    return isLoose ? "\\left(\(bareLatex)\\right)" : bareLatex
  }

  private var bareLatex: String {
    switch self {
    case .name(let name): return name.latexName
    case .number(let number): return number.latex
    case .array(let shape, let elements): return Expression.latex(shape, elements)
    case .derivative(let of, let by, let isPartial):
      let d = isPartial ? "\\partial " : "d\\,"
      return "\\frac{\(d)\(of.latex(in: 9))}{\(d)\(by.latex(in: 9))}"
    case .infix(.over, let a, let b): return "\\frac{\(a.latex)}{\(b.latex)}"
    case .infix(let infix, let a, let b):
      let left = a.latex(in: infix.precedence)
      let right = b.precedence == 6 ? 7 : max(infix.precedence + 1, 5)
      return "\(left) \(infix.latex) \(b.latex(in: right))"
    case .negated(let a): return "-" + a.latex(in: 7)
    case .power(let base, let exponent): return "{\(base.latex(in: 8))}^{\(exponent.latex)}"
    case .call(let function, let arguments):
      let list = arguments.map(\.latex).joined(separator: ", ")
      return "\(function.latexFunction)\\left(\(list)\\right)"
    case .transposed(let a): return "{\(a.latex(in: 8))}^{\\mathsf{T}}"
    case .placed(let a, .number(0), let place):
      return "\(a.latex) \\text{ at } \\left[\(place.latexText)\\right]"
    case .placed(let a, let array, let place):
      let part = "\(a.latex) \\text{ at } \\left[\(place.latexText)\\right]"
      return "\(array.latex) + \\left(\(part)\\right)"
    case .replaced(let a, let array, let place):
      return
        "\(array.latex) \\text{, but } \(a.latex) \\text{ at } \\left[\(place.latexText)\\right]"
    case .part(let a, let indices):
      return "{\(a.latex(in: 8))}_{\\left[\(indices.latexText)\\right]}"
    }
  }

  private static func latex(_ shape: [Int], _ elements: [Double]) -> String {
    guard shape.count <= 2 else {
      return "\\left[" + elements.map(\.latex).joined(separator: ", ") + "\\right]"
    }
    // A vector stands upright where its numbers are too long for a line.
    let isLong = shape.count == 1 && elements.reduce(0) { $0 + $1.stepText.count } > 50
    let width = isLong ? 1 : max(1, shape.last ?? 1)
    let rows = stride(from: 0, to: elements.count, by: width).map { start in
      elements[start..<min(start + width, elements.count)].map(\.latex).joined(separator: " & ")
    }
    return "\\begin{bmatrix}" + rows.joined(separator: " \\\\ ") + "\\end{bmatrix}"
  }
}

extension Expression.Operator {
  /// The sign in mathematics.
  fileprivate var latex: String {
    switch self {
    case .times: "\\cdot"
    case .product: "\\,"
    case .equal: "="
    case .notEqual: "\\neq"
    case .lessEqual: "\\leq"
    case .greaterEqual: "\\geq"
    case .and: "\\wedge"
    case .or: "\\vee"
    case .plus, .minus, .less, .greater, .over: rawValue
    }
  }
}

extension Double {
  /// The number with its power of ten.
  fileprivate var latex: String {
    if isNaN { return "\\mathrm{NaN}" }
    if isInfinite { return sign == .minus ? "-\\infty" : "\\infty" }
    let parts = stepText.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return stepText }
    return "\(parts[0]) \\cdot 10^{\(exponent)}"
  }
}

extension String {
  /// The text with what LaTeX takes for its own set apart.
  var latexText: String {
    reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\textbackslash{}"
      case "{", "}", "_", "#", "$", "%", "&": text += "\\\(character)"
      case "^", "~": text += "\\\(character){}"
      default: text.append(character)
      }
    }
  }

  /// A function, where LaTeX knows it by its name.
  fileprivate var latexFunction: String {
    let known = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min"]
    return known.contains(self) ? "\\\(self)" : "\\operatorname{\(latexText)}"
  }
}
