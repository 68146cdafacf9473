/// What `bpc help` says of a function of the language, from the tables.
package enum FunctionPage {
  /// The names of the functions, sorted.
  package static let names = Set(OpTable.functions.keys)
    .union(ArrayFunctions.all.map(\.name)).sorted()

  /// Returns the page of the function `name`; nil where there is none.
  package static func text(_ name: String) -> String? {
    let ofNumbers = OpTable.functions[name].map(\.info.page)
    let ofArrays = ArrayFunctions.byName[name].map(\.page)
    let pages = [ofNumbers, ofArrays].compactMap { $0 }
    return pages.isEmpty ? nil : pages.joined(separator: "\n")
  }

  /// Returns what is called `word` in other languages or libraries.
  package static func foreign(_ word: String) -> String? { Library.foreignNames[word] }
}

extension OpInfo {
  /// The page of a function of numbers.
  fileprivate var page: String {
    let computed = formulaText.map { "  = \($0)\n" } ?? ""
    return "\(call)\n  \(sentence)\n\(computed)\(derivativeLines)"
  }

  /// What is computed, as people write it, where a formula says it.
  private var formulaText: String? {
    let names = parameters.map(\.name)
    if let reading { return reading.text(names) }
    guard case .formula(let meaning) = meaning else { return nil }
    return meaning.text(names)
  }

  private var derivativeLines: String {
    let slopes = slopes
    if slopes.isEmpty { return "Its derivative is 0.\n" }
    let names = parameters.map(\.name)
    let lines = zip(names, slopes).map { "  d/d\($0) = \($1.text(names))\n" }
    let takesResult = slopes.contains(where: \.usesResult)
    return "Its \(lines.count > 1 ? "derivatives" : "derivative")"
      + (takesResult ? ", where y is its value" : "") + ":\n" + lines.joined()
      + helpers(slopes).map { "  where \($0)\n" }.joined()
  }

  /// The derivatives with respect to the operands; none where all are 0.
  private var slopes: [Formula] {
    switch rule {
    case .zero, .structure: []
    case .pullback(let rules): rules.map(\.slope)
    case .variadicPullback(_, let rules): rules(2).map(\.slope)
    }
  }

  /// Says what the operations in `slopes` are that programs cannot call.
  private func helpers(_ slopes: [Formula]) -> [String] {
    let used = Set(slopes.flatMap(\.operations))
    return Op.allCases.filter { used.contains($0) && $0.info.isNamedHelper }.map { op in
      op.info.formulaText.map { "\(op.info.call) = \($0)" }
        ?? "\(op.info.call): \(op.info.sentence)"
    }
  }

  /// Whether formulas call the operation by its name, and programs do not.
  private var isNamedHelper: Bool {
    switch swift {
    case .infix, .prefix: false
    default: !isCallable
    }
  }
}

extension ArrayFunction {
  /// The page of a function of arrays.
  fileprivate var page: String {
    "\(call)\n  \(sentence)\n"
      + "Its derivative follows from those of the operations that it is made of.\n"
  }
}

extension Formula {
  /// The operations in the formula.
  fileprivate var operations: [Op] {
    guard case .apply(let op, let arguments) = self else { return [] }
    return [op] + arguments.flatMap(\.operations)
  }

  /// Whether the value stands in the formula.
  fileprivate var usesResult: Bool {
    switch self {
    case .result: true
    case .apply(_, let arguments): arguments.contains(where: \.usesResult)
    case .operand, .adjoint, .number, .integer: false
    }
  }

  /// The formula of an adjoint for an adjoint 1 of the value, without the products that this makes trivial.
  fileprivate var slope: Formula {
    switch self {
    case .adjoint: return .number(1)
    case .apply(let op, let arguments):
      let parts = arguments.map(\.slope)
      if op == .multiply, parts[0] == .number(1) { return parts[1] }
      if op == .multiply, parts[1] == .number(1) { return parts[0] }
      if op == .divide, parts[1] == .number(1) { return parts[0] }
      return .apply(op, parts)
    default: return self
    }
  }
}
