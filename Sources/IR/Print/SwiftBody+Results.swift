// What emitted functions of programs with arrays give, and where it is computed.

extension SwiftBody {
  /// Names what results after the first are written to, and has them be computed there.
  mutating func nameTargets(_ independents: [String]) -> [String] {
    nameTargets(independents.map { "d" + $0 }, for: Array(function.results.dropFirst()))
  }

  /// Names what `values` are written to, and has them be computed there.
  mutating func nameTargets(_ wished: [String], for values: [Value]) -> [String] {
    let targets = wished.map { SwiftNames.escaped(names.unique($0)) }
    let memories = zip(targets, values).map { name, value in
      function.type(of: value).isScalar ? nil : SwiftMemory(name: name, holdsIntegers: false)
    }
    aim(values, memories, in: .body)
    return targets
  }

  /// Has the values that `region` makes be computed where they are wanted.
  mutating func aim(_ values: [Value], _ memories: [SwiftMemory?], in region: RegionID) {
    for (value, memory) in zip(values, memories) {
      var root = value
      while let instruction = function.instruction(defining: root), instruction.op == .reshape {
        root = function.operand(0, of: instruction)
      }
      while let memory, arrays.targets[root] == nil,
        let instruction = function.instruction(defining: root), instruction.region == region,
        !function.isView(instruction)
      {
        arrays.targets[root] = memory
        guard let whole = wholeChangedInPlace(by: instruction) else { break }
        root = whole
      }
    }
  }

  /// Returns the array that `instruction` gives other elements, or more, when nothing else reads it.
  private func wholeChangedInPlace(by instruction: Instruction) -> Value? {
    switch instruction.op {
    case .sliceSet, .sliceAdd, .scatterSet, .scatterAdd:
      let whole = function.operand(0, of: instruction)
      return useCounts[whole.position] == 1 && !function.results.contains(whole) ? whole : nil
    default: return nil
    }
  }

  /// Writes the last results to `targets`.
  mutating func writeResults(_ targets: [String], _ writer: inout LineWriter) {
    for (target, value) in zip(targets, function.results.suffix(targets.count)) {
      guard function.type(of: value).isScalar else {
        write(value, to: SwiftMemory(name: target, holdsIntegers: false), &writer)
        continue
      }
      let prepared = prepare([value], &writer)
      writer.line("\(target) = \(atom(value))")
      forget(prepared)
    }
  }

  /// Writes the return of the first result.
  mutating func writeValue(_ writer: inout LineWriter) {
    let prepared = prepare([function.results[0]], &writer)
    writer.line("return \(atom(function.results[0]))")
    forget(prepared)
  }
}
