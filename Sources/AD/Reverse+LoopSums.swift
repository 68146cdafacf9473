import BPIR

extension Reverse {
  /// Returns the contributions to a number outside with what no turn changes told apart; nil where there
  /// is no such thing.
  mutating func factoredTerms(
    _ part: LoopPart, _ scope: Scope, _ body: RegionID, _ sums: inout LoopSums
  ) -> [(sum: Int, term: FactoredTerm)]? {
    guard case .outer(let value) = part.role, options.simplifies, !options.takesMagnitudes,
      !part.form.isMasked, part.form.type == .real, let recorded = scope.terms[value],
      let terms = recorded
    else { return nil }
    let factored = terms.map { FactoredTerm($0, builder.function, in: body) }
    guard factored.contains(where: { !$0.factors.isEmpty }) else { return nil }
    var result: [(sum: Int, term: FactoredTerm)] = []
    for term in factored {
      let product = term.variantProduct(in: &builder)
      result.append((sums.sum(of: product, body, in: &builder), term))
    }
    return result
  }

  /// Adds what was factored to the results of the parts, which did not carry it.
  mutating func apply(
    _ factored: [[(sum: Int, term: FactoredTerm)]?], _ totals: [Value], _ parts: [LoopPart],
    _ results: inout [Value]
  ) {
    var place = 0
    for (part, terms) in zip(parts, factored) {
      for (number, (sum, term)) in (terms ?? []).enumerated() {
        let value = term.applied(to: totals[sum], in: &builder)
        let isFirst = number == 0 && part.initial == nil
        results[place] = isFirst ? value : builder.append(.add, results[place], value)
      }
      place += part.form.count
    }
  }
}
