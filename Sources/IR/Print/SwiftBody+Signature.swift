// What functions of programs with arrays take and give.

extension SwiftBody {
  /// Gives the sizes that data gives their names, and returns these.
  mutating func nameSizes() -> [String: String] {
    var found: [String: String] = [:]
    for (name, leaf) in zip(parameterNames, printer.model.leaves) where leaf.type == .integer {
      found[leaf.name] = name
    }
    for symbol in printer.sizes.computed {
      found[symbol] = SwiftNames.escaped(names.unique(symbol))
    }
    return found
  }

  /// Has the arguments that are arrays, and the constants, be read from memory; returns the constants.
  mutating func nameConstants() -> [(name: String, type: String)] {
    for (index, value) in function.parameters.enumerated()
    where !function.type(of: value).isScalar {
      arrays.memories[value] = SwiftMemory(
        name: parameterNames[index], holdsIntegers: function.type(of: value).isInteger)
      valueNames[value.position] = nil
    }
    var found: [(name: String, type: String)] = []
    for instruction in function.instructions where instruction.op == .array {
      guard case .elements(let elements) = function.attribute(of: instruction),
        let index = printer.constants.firstIndex(of: elements)
      else { continue }
      let name = "constant\(index + 1)"
      let type = SwiftBody.constantType(elements.type)
      arrays.memories[instruction.result] = SwiftMemory(name: name, holdsIntegers: type == "Int")
      if !found.contains(where: { $0.name == name }) { found.append((name, type)) }
    }
    return found
  }

  /// Returns the type in which a constant holds its elements.
  static func constantType(_ type: ValueType) -> String { type.isInteger ? "Int" : "Double" }

  /// Names what results after the first are written to, and has them be computed there.
  mutating func nameTargets(_ independents: [String]) -> [String] {
    let targets = independents.map { SwiftNames.escaped(names.unique("d" + $0)) }
    let values = Array(function.results.dropFirst())
    let memories = zip(targets, values).map { name, value in
      function.type(of: value).isScalar ? nil : SwiftMemory(name: name, holdsIntegers: false)
    }
    aim(values, memories, in: .body)
    return targets
  }

  /// Writes the results after the first to `targets`.
  mutating func writeResults(_ targets: [String], _ writer: inout LineWriter) {
    for (target, value) in zip(targets, function.results.dropFirst()) {
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
