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
    let width = max(1, shape.last ?? 1)
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
    return parts.count == 2 ? "\(parts[0]) \\cdot 10^{\(parts[1])}" : stepText
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

  /// A name of a program in mathematics: a letter as it is, a word upright.
  fileprivate var latexName: String {
    if contains(" ") { return "\\text{\(latexText)}" }
    let parts = split(separator: "#", maxSplits: 1)
    let base = String(parts.first ?? "")
    let turn = parts.count == 2 ? "^{(\(parts[1]))}" : ""
    let letters = base.prefix { !$0.isNumber }
    let digits = base.dropFirst(letters.count)
    let isIndexed = letters.count == 1 && !digits.isEmpty && digits.allSatisfy(\.isNumber)
    if isIndexed { return "\(letters)_{\(digits)}\(turn)" }
    return (base.count == 1 ? base : "\\mathrm{\(base.latexText)}") + turn
  }

  /// A function, where LaTeX knows it by its name.
  fileprivate var latexFunction: String {
    let known = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min"]
    return known.contains(self) ? "\\\(self)" : "\\operatorname{\(latexText)}"
  }
}
