extension OpInfo {
  /// The way a program calls the operation, with the defaults of its parameters.
  package var call: String {
    let list = parameters.map { parameter in
      parameter.defaultValue.map { "\(parameter.name): \($0)" } ?? parameter.name
    }
    return "\(name)(\(list.joined(separator: ", "))\(isVariadic ? ", …" : ""))"
  }
}

extension OpTable {
  /// The operations with their meanings and derivatives, as Markdown: docs/Operations.md.
  package static var reference: String {
    var text = """
      # Operations

      Printed from the operation table by `bpc help operations`. `y` is the value, `dy` its adjoint;
      the derivative is the adjoint of each operand. *Ratio* is the number of operations of value and
      derivative together over that of the value alone.

      | operation | value | derivative | ratio |
      |---|---|---|---|

      """
    for op in Op.allCases {
      let info = op.info
      guard case .structure = info.meaning else {
        text += "| `\(info.call)` | \(info.value) | \(info.derivative) | \(op.costRatio) |\n"
        continue
      }
    }
    return text + arrayReference
  }
}

extension OpTable {
  /// The functions of arrays, and the operations that they are made of.
  private static var arrayReference: String {
    var text = """

      # Functions of arrays

      They are made of the operations below and of those above, element by element, and their
      derivatives follow from these.

      | function | value |
      |---|---|

      """
    for function in ArrayFunctions.all { text += "| `\(function.call)` | \(function.sentence) |\n" }
    text += """

      # Operations on arrays

      They stand in the IR; programs write them as operators, indices and the functions above.

      | operation | value |
      |---|---|

      """
    for op in Op.allCases where op.isArrayOperation {
      text += "| `\(op.info.call)` | \(op.info.sentence) |\n"
    }
    return text
  }
}

extension OpInfo {
  /// What the operation computes: the sentence, and the formula of a derived one.
  fileprivate var value: String {
    guard case .formula(let formula) = meaning else { return sentence }
    return "\(sentence) `\(formula.text(parameters.map(\.name)))`"
  }

  /// The adjoint of each operand.
  fileprivate var derivative: String {
    switch rule {
    case .zero: "0"
    case .structure: ""
    case .pullback(let formulas): list(formulas)
    case .variadicPullback(_, let formulas): list(formulas(2))
    }
  }

  private func list(_ formulas: [Formula]) -> String {
    zip(parameters, formulas).filter { $0.1 != .number(0) }
      .map { "`\($0.1.text(parameters.map(\.name)))`" }.joined(separator: ", ")
  }
}

extension Formula {
  /// The formula as a program would write it, with `names` for the operands.
  package func text(_ names: [String]) -> String { text(names, above: 0) }

  private func text(_ names: [String], above outer: Int) -> String {
    switch self {
    case .operand(let position): return names[position]
    case .result: return "y"
    case .adjoint: return "dy"
    case .number(let number):
      let text = number.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .integer(let number): return "\(number)"
    case .apply(let op, let arguments): return text(of: op, arguments, names, above: outer)
    }
  }

  private func text(
    of op: Op, _ arguments: [Formula], _ names: [String], above outer: Int
  ) -> String {
    switch op.info.swift {
    case .infix(let sign):
      let precedence = ["*", "/"].contains(sign) ? 3 : ["+", "-"].contains(sign) ? 2 : 1
      let a = arguments[0].text(names, above: precedence - 1)
      let b = arguments[1].text(names, above: precedence)
      let text = "\(a) \(sign == "&&" ? "and" : sign == "||" ? "or" : sign) \(b)"
      return precedence <= outer ? "(\(text))" : text
    case .prefix(let sign):
      let text = (sign == "!" ? "not " : sign) + arguments[0].text(names, above: 3)
      return outer >= 2 ? "(\(text))" : text
    default:
      return "\(op)(\(arguments.map { $0.text(names, above: 0) }.joined(separator: ", ")))"
    }
  }
}
